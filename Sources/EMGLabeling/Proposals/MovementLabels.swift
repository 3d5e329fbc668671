package import EMGSignal
package import EMGTasks

/// Which classes the movements of a recording get.
package struct MovementLabels: Sendable, Hashable {
    /// Where the class of a movement comes from.
    package enum Source: Sendable, Hashable {
        /// Every movement is of this class.
        case given(String)
        /// A movement is of the class of the cue that it follows: the labels that the recording has.
        case cues
    }

    /// Where the classes come from.
    package var source: Source
    /// The class of what lies between movements; `nil` for that of the first labels, and for nobody's
    /// where there are none.
    package var rest: String?

    /// Somebody who expects a cue may begin so much earlier, in seconds.
    private static let leadSeconds = 0.25

    /// Creates a choice.
    package init(_ source: Source, rest: String? = nil) {
        self.source = source
        self.rest = rest
    }

    /// The labels of movements.
    ///
    /// - Parameters:
    ///   - movements: The movements of a recording.
    ///   - track: The labels that it has.
    ///   - sampleCount: Its samples.
    ///   - rate: Samples a second.
    /// - Returns: Rest, or nobody's label, over the whole recording, then a label for each movement that
    ///   has a class; and how many have none.
    package func intervals(
        of movements: [SampleRange], over track: LabelTrack?, sampleCount: Int,
        rate: SamplingRate
    ) -> (intervals: [LabeledRange], unclassed: Int) {
        let rest = rest ?? track?.firstClass
        let cues = track.map { track in rest.map { track.efforts(besides: $0) } ?? [] } ?? []
        let lead = Int((Self.leadSeconds * rate.hertz).rounded())
        let labeled = movements.compactMap { movement -> LabeledRange? in
            let name: String? =
                switch source {
                case .given(let name): name
                case .cues: LabelTrack.cue(followedBy: movement, among: cues, lead: lead)
                }
            return name.map { LabeledRange(movement, className: $0) }
        }
        guard !labeled.isEmpty else { return ([], movements.count) }
        let ground = LabeledRange(
            SampleRange(start: 0, end: sampleCount),
            className: rest ?? LabelTrack.unlabeledName)
        // Where there are no labels, nobody's need not be painted.
        return (
            (track == nil && rest == nil ? [] : [ground]) + labeled,
            movements.count - labeled.count
        )
    }
}
