public import Documents

/// The label of the sample in the middle (the later one of two).
public struct CenterLabel: LabelRule {
    /// The rule.
    public init() {}

    /// The name in documents.
    public static let key = "center"
    /// What it is.
    public static let documentation = "The label of the sample in the middle."
    /// It has no members.
    public static let fields: Fields<Self> = []

    /// That sample's label.
    public func label(of labels: ArraySlice<UInt8>) -> UInt8? {
        labels[labels.startIndex + labels.count / 2]
    }

    /// Labels windows that slide along a recording.
    public func append(
        _ starts: StrideThrough<Int>, length: Int, labels: [UInt8],
        to windows: inout LabeledWindows
    ) {
        let place = length / 2
        windows.starts.append(contentsOf: starts)
        for start in starts { windows.labels.append(labels[start + place]) }
    }
}

extension LabelRule where Self == CenterLabel {
    /// The label of the sample in the middle (the later one of two).
    public static var center: CenterLabel { CenterLabel() }
}
