package import EMGSignal

extension LabelTrack {
    /// What people do when they do nothing: the class of the first labels, with which sessions of
    /// cues begin; `nil` when nobody labeled a sample.
    package var firstClass: String? {
        let none = unlabeled
        return values.first { $0 != none }.map { classNames[Int($0)] }
    }

    /// The segments that are of some class and not rest, each of one class.
    ///
    /// - Parameter rest: The class of rest.
    /// - Returns: The segments in order, with their classes.
    package func efforts(besides rest: String) -> [(range: SampleRange, className: String)] {
        runs.compactMap { run in
            let name = classNames[Int(run.label)]
            return name == rest || name == Self.unlabeledName ? nil : (run.range, name)
        }
    }

    /// The class of the cue that a movement follows: of the last that began before it, or as little
    /// after it as somebody who expects it begins too early.
    ///
    /// - Parameters:
    ///   - movement: The movement.
    ///   - cues: The segments that are no rest, in order.
    ///   - lead: By how many samples a movement may begin before its cue.
    /// - Returns: The class; `nil` for a movement before all cues.
    package static func cue(
        followedBy movement: SampleRange, among cues: [(range: SampleRange, className: String)],
        lead: Int
    ) -> String? {
        cues.last { $0.range.start <= movement.start + lead }?.className
    }
}
