internal import EMGSignal
internal import PrintableText

/// Samples of a binary format that are not finite: refused or marked, as the caller says.
struct MissingSamples: Sendable, Hashable {
    /// How many were marked.
    private(set) var count = 0

    private let policy: ReadOptions.MissingPolicy
    private let location: SourceLocation

    /// Begins to count.
    ///
    /// - Parameters:
    ///   - policy: What to do with one.
    ///   - location: Where the samples are.
    init(_ policy: ReadOptions.MissingPolicy, at location: SourceLocation) {
        self.policy = policy
        self.location = location
    }

    /// Looks at samples that were read.
    ///
    /// - Parameters:
    ///   - samples: The samples of a block; those that are not finite become not-a-number.
    ///   - first: The first that is new.
    ///   - row: Its row in the recording.
    ///   - channels: The names of the channels.
    /// - Throws: ``IngestError`` at the first one that is not finite, where that is refused.
    mutating func take(
        _ samples: inout [Float], from first: Int, row: Int, channels: [Channel]
    ) throws(IngestError) {
        for index in first..<samples.count where !samples[index].isFinite {
            if policy == .reject {
                let place = index - first
                let name = channels[place % channels.count].name
                throw IngestError(
                    .missingValue(found: "\(samples[index])"),
                    at: SourceLocation(
                        file: location.file, field: name, byte: location.byte,
                        object: location.object ?? "row \(row + place / channels.count)"))
            }
            samples[index] = .nan
            count += 1
        }
    }

    /// What is said at the end.
    var warnings: [IngestWarning] {
        guard count > 0 else { return [] }
        return [
            IngestWarning(
                .missingValues, at: location, count: count,
                message: "\(count, of: "sample is", plural: "samples are") not finite and marked "
                    + "as missing")
        ]
    }
}
