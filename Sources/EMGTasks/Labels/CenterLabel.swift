package import Documents

/// The label of the sample in the middle (the later one of two).
package struct CenterLabel: LabelRule {
    /// The rule.
    package init() {}

    /// The name in documents.
    package static let key = "center"
    /// The sentence that lists and schemas say of it.
    package static let documentation = "The label of the sample in the middle."
    /// It has no members.
    package static let fields: Fields<Self> = []

    /// That sample's label.
    package func label(of labels: ArraySlice<UInt8>) -> UInt8? {
        labels[labels.startIndex + labels.count / 2]
    }

    /// Labels windows that slide along a recording.
    package func append(
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
    package static var center: CenterLabel { CenterLabel() }
}
