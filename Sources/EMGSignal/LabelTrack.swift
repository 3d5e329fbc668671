/// The class of every sample of a recording.
///
/// Samples that nobody labeled have the reserved name ``unlabeledName``: it is no class. They are
/// in no window and no fit, unless a configuration gives them the name of a class.
public struct LabelTrack: Sendable, Hashable {
    /// The reserved name of samples that nobody labeled, in memory, in archives and from every
    /// reader. A source that has a class of this name says the same.
    public static let unlabeledName = "unlabeled"

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

    /// The label of samples that nobody labeled; `nil` when every label is a class.
    public var unlabeled: UInt8? {
        classNames.firstIndex(of: Self.unlabeledName).flatMap { UInt8(exactly: $0) }
    }

    /// A segment of samples with one label.
    public struct Run: Sendable, Hashable {
        /// The class of every sample in the run.
        public let label: UInt8
        /// The samples.
        public let range: SampleRange

        /// Creates a run.
        package init(label: UInt8, range: SampleRange) {
            self.label = label
            self.range = range
        }
    }

    /// The segments of equal label, in order; together they are the whole track.
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
