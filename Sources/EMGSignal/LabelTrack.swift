/// The class of every sample of a recording.
public struct LabelTrack: Sendable, Hashable {
    /// What each label value means: value *i* is `classNames[i]`.
    public let classNames: [String]
    /// One label a sample, each below `classNames.count`.
    public let values: [UInt8]

    /// Creates a track.
    ///
    /// - Parameters:
    ///   - classNames: At most 256 names.
    ///   - values: One label a sample.
    /// - Throws: ``SignalError`` when a value has no name.
    public init(classNames: [String], values: [UInt8]) throws(SignalError) {
        if let sample = values.firstIndex(where: { Int($0) >= classNames.count }) {
            throw SignalError(
                .labelOutOfRange(
                    found: Int(values[sample]), classes: classNames.count, sample: sample),
                hint: "the classes are \(classNames.joined(separator: ", "))")
        }
        self.classNames = classNames
        self.values = values
    }

    /// A stretch of samples with one label.
    public struct Run: Sendable, Hashable {
        /// The class of every sample in the run.
        public let label: UInt8
        /// The samples.
        public let range: SampleRange

        /// Creates a run.
        public init(label: UInt8, range: SampleRange) {
            self.label = label
            self.range = range
        }
    }

    /// The stretches of equal label, in order; together they are the whole track.
    public var runs: [Run] {
        var result: [Run] = []
        var start = 0
        for index in values.indices
        where index + 1 == values.count || values[index + 1] != values[index] {
            result.append(
                Run(label: values[index], range: SampleRange(start: start, end: index + 1)))
            start = index + 1
        }
        return result
    }
}
