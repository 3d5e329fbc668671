package import EMGSignal
import PrintableText

/// What was filled.
package struct RepairOutcome: Sendable {
    /// What is read in the place of missing samples.
    package let patches: SamplePatches
    /// Where, as quality intervals.
    package let intervals: [QualityInterval]
    private let channels: [Channel]

    init(patches: [SamplePatches.Patch], channels: [Channel]) {
        self.patches = SamplePatches(patches)
        self.channels = channels
        intervals = patches.map {
            QualityInterval(
                range: SampleRange(start: $0.start, end: $0.end), channel: $0.channel,
                kind: .repaired)
        }
    }

    /// The step for the recording's history; `nil` when nothing was filled.
    func step(longestSeconds: Double) -> ProcessingStep? {
        guard !intervals.isEmpty else { return nil }
        return ProcessingStep(
            operation: "repair.interpolate",
            parameters: [
                "method": .text("pchip"), "longest_s": .number(longestSeconds),
                "segments": .integer(intervals.count),
                "samples": .integer(intervals.reduce(0) { $0 + $1.range.count }),
            ], software: SoftwareVersion.text)
    }

    /// One warning for each channel that was repaired.
    func warnings(at location: SourceLocation) -> [IngestWarning] {
        channels.indices.compactMap { channel in
            let own = intervals.filter { $0.channel == channel }
            guard !own.isEmpty else { return nil }
            let total = own.reduce(0) { $0 + $1.range.count }
            return IngestWarning(
                .repaired,
                at: SourceLocation(file: location.file, field: channels[channel].name),
                count: own.count,
                message:
                    "interpolated: \(total, of: "missing sample") in "
                    + "\(own.count, of: "segment", plural: "segments")"
            )
        }
    }
}
