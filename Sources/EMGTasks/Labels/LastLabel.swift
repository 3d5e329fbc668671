public import Documents

/// The label of the last sample, as an online decoder sees it.
public struct LastLabel: LabelRule {
    /// The rule.
    public init() {}

    /// The name in documents.
    public static let key = "last"
    /// What it is.
    public static let documentation = "The label of the last sample."
    /// It has no members.
    public static let fields: Fields<Self> = []

    /// That sample's label.
    public func label(of labels: ArraySlice<UInt8>) -> UInt8? {
        labels[labels.startIndex + labels.count - 1]
    }

    /// Labels windows that slide along a recording.
    public func append(
        _ starts: StrideThrough<Int>, length: Int, labels: [UInt8],
        to windows: inout LabeledWindows
    ) {
        let place = length - 1
        windows.starts.append(contentsOf: starts)
        for start in starts { windows.labels.append(labels[start + place]) }
    }
}

extension LabelRule where Self == LastLabel {
    /// The label of the last sample, as an online decoder sees it.
    public static var last: LastLabel { LastLabel() }
}
