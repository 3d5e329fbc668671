/// Which columns of a table of events mean what; what is left open is found by its name.
package struct LabelTableLayout: Sendable, Hashable {
    /// What times are counted in.
    package enum TimeUnit: String, Sendable, Hashable, CaseIterable {
        case seconds = "s"
        case milliseconds = "ms"
        case samples
    }

    /// The column of begins.
    package var onset: String?
    /// The column of durations.
    package var duration: String?
    /// The column of ends, for tables that have these in place of durations.
    package var end: String?
    /// The column of labels.
    package var label: String?
    /// What times are counted in; what the names of columns say, or seconds, when `nil`.
    package var unit: TimeUnit?

    /// Creates a layout; all is found by default.
    package init(
        onset: String? = nil, duration: String? = nil, end: String? = nil, label: String? = nil,
        unit: TimeUnit? = nil
    ) {
        self.onset = onset
        self.duration = duration
        self.end = end
        self.label = label
        self.unit = unit
    }

    /// A column that was found.
    struct Column: Sendable, Hashable {
        let index: Int
        let unit: TimeUnit
    }

    /// What columns are called, without their units; earlier names come first.
    private enum Names {
        static let onset = [
            "onset", "start", "begin", "start_time", "begin_time", "onset_time", "tmin", "time",
            "latency", "start_sample", "sample",
        ]
        static let duration = ["duration", "length", "dur"]
        static let end = [
            "end", "stop", "offset", "end_time", "stop_time", "offset_time", "tmax", "end_sample",
        ]
        static let label = [
            "trial_type", "label", "class", "class_name", "gesture", "movement", "description",
            "annotation", "event", "event_type", "name", "type", "value", "marker", "condition",
        ]
    }

    /// The columns of a table.
    struct Found: Sendable, Hashable {
        let onset: Column
        let duration: Column?
        let end: Column?
        let label: Int
    }

    /// Finds the columns.
    ///
    /// - Parameters:
    ///   - names: The names in the head of the table.
    ///   - place: Where the head stands.
    /// - Returns: Their places.
    /// - Throws: ``IngestError`` for a column that is not there.
    func found(
        in names: [String], at place: SourceLocation
    ) throws(IngestError) -> Found {
        func index(
            _ given: String?, _ known: [String], _ what: String?
        ) throws(IngestError) -> Int? {
            if let given {
                guard let index = names.firstIndex(of: given) else {
                    throw IngestError(
                        .missingColumn(name: given, found: names), at: place,
                        hint: "name one of the columns that are there")
                }
                return index
            }
            let bare = names.map { Self.parts($0).name }
            for name in known {
                if let index = bare.firstIndex(of: name) { return index }
            }
            guard let what else { return nil }
            throw IngestError(
                .missingColumn(name: what, found: names), at: place,
                hint: "say which column it is (--\(what)-column NAME)")
        }
        func column(_ index: Int) -> Column {
            Column(index: index, unit: unit ?? Self.parts(names[index]).unit ?? .seconds)
        }
        guard let onset = try index(onset, Names.onset, "onset"),
            let label = try index(label, Names.label, "label")
        else { preconditionFailure("a column that is not there was refused") }
        let duration = try index(duration, end == nil ? Names.duration : [], nil)
        let end = try index(end, duration == nil ? Names.end : [], nil)
        return Found(
            onset: column(onset), duration: duration.map(column), end: end.map(column),
            label: label)
    }

    /// The name of a column in lower case without its unit, and the unit.
    private static func parts(_ title: String) -> (name: String, unit: TimeUnit?) {
        let lower = title.lowercased()
        let words = lower.split { " _-()[]/".contains($0) }.map(String.init)
        let unit: TimeUnit? =
            switch words.last {
            case "s", "sec", "secs", "second", "seconds": .seconds
            case "ms", "msec", "millisecond", "milliseconds": .milliseconds
            case "sample", "samples", "frame", "frames": .samples
            default: nil
            }
        // A column that is called nothing but its unit keeps its name.
        let name = (unit != nil && words.count > 1 ? words.dropLast() : words[...])
            .joined(separator: "_")
        return (name, unit)
    }
}
