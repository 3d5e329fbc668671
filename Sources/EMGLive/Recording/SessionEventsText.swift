private import EMGFormats
import EMGSignal

/// The labels of a recording as a table of events in the form of BIDS.
enum SessionEventsText {
    /// The table.
    ///
    /// - Parameters:
    ///   - segments: The holds that were carried out.
    ///   - first: The sample that the first row of the recording is: onsets count from there.
    ///   - rate: Samples a second.
    /// - Returns: The text.
    static func table(
        _ segments: [SessionSegment], from first: Int, rate: SamplingRate
    ) -> String {
        let columns: [String] =
            [.onset, .duration, .trialType].map { (column: BIDS.EventColumn) in column.rawValue }
            + ["prompt", "prompt_onset", "cycle", "repetition", "reaction_s"]
        let rows = segments.map { segment in
            let reaction = segment.reactionSeconds.map { "\($0)" } ?? BIDS.unknown
            return [
                "\(rate.seconds(ofSamples: segment.range.start - first))",
                "\(rate.seconds(ofSamples: segment.range.count))", segment.className,
                segment.text.map { $0 == "\t" || $0.isNewline ? " " : String($0) }.joined(),
                "\(rate.seconds(ofSamples: segment.prompt - first))", "\(segment.cycle)",
                "\(segment.repetition)", reaction,
            ]
        }
        return ([columns] + rows).map { $0.joined(separator: "\t") + "\n" }.joined()
    }
}
