internal import Documents

extension TrainingConfiguration {
    /// The configuration with every value that was left open.
    ///
    /// - Parameter threads: How many threads the run uses, when ``threads`` leaves it open; at
    ///   least 1.
    /// - Returns: The configuration.
    public func resolved(threads: Int) -> TrainingConfiguration {
        var settings = self
        settings.threads = self.threads ?? threads
        settings.queryBatchSize = queryBatchSize ?? inner.batchSize
        settings.taskMemoryMB = taskMemory >> 20
        return settings
    }

    /// The configuration as JSON with every value written out; reading it gives it back.
    ///
    /// - Parameter threads: How many threads the run uses, when ``threads`` leaves it open.
    /// - Returns: The text, ending in a line break.
    public func resolvedJSON(threads: Int) -> String {
        resolved(threads: threads).document.lines(indentation: "") + "\n"
    }

    /// The settings that a run's numbers depend on, as text.
    package var identity: String {
        var settings = self
        settings.threads = 1
        settings.checkpoints.every = nil
        settings.seeds = []
        settings.trajectoryBudgetMB = 1
        settings.taskMemoryMB = 1
        return settings.resolved(threads: 1).document.canonicalJSON
    }
}

extension DocumentValue {
    /// The value as JSON, each value on a line of its own.
    fileprivate func lines(indentation: String) -> String {
        let inner = indentation + "  "
        func joined(_ open: String, _ parts: [String], _ close: String) -> String {
            guard !parts.isEmpty else { return open + close }
            let lines = parts.map { inner + $0 }.joined(separator: ",\n")
            return "\(open)\n\(lines)\n\(indentation)\(close)"
        }
        return switch content {
        case .array(let values):
            joined("[", values.map { $0.lines(indentation: inner) }, "]")
        case .object(let members):
            joined(
                "{",
                members.map {
                    "\(Self.quoted($0.key)): \($0.value.lines(indentation: inner))"
                }, "}")
        case .null, .boolean, .integer, .number, .string: canonicalJSON
        }
    }
}
