import EMGArchive
public import EMGSignal

/// Where the support and the query of a recording lie, and their windows.
public struct SplitParts: Sendable, Hashable {
    /// The ranges to adapt on.
    public let support: [SampleRange]
    /// The windows in them.
    public let supportWindows: LabeledWindows
    /// The ranges to be evaluated on; none shares a sample with ``support``.
    public let query: [SampleRange]
    /// The windows in them.
    public let queryWindows: LabeledWindows
    /// What is in neither part because nobody labeled it.
    package internal(set) var unlabeled = UnlabeledShare(samples: 0, windows: 0)

    /// Creates parts.
    ///
    /// - Parameters:
    ///   - support: The ranges to adapt on.
    ///   - supportWindows: The windows in them.
    ///   - query: The ranges to be evaluated on.
    ///   - queryWindows: The windows in them.
    public init(
        support: [SampleRange], supportWindows: LabeledWindows, query: [SampleRange],
        queryWindows: LabeledWindows
    ) {
        self.support = support
        self.supportWindows = supportWindows
        self.query = query
        self.queryWindows = queryWindows
    }

    init(
        support: [SampleRange], query: [SampleRange], layout: WindowLayout, labels: LabelTrack?
    ) {
        let values = labels?.values ?? []
        self.init(
            support: support, supportWindows: layout.windows(in: support, labels: values),
            query: query, queryWindows: layout.windows(in: query, labels: values))
    }
}
