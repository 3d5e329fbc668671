package import Documents

/// The label of the last sample, as an online decoder sees it.
package struct LastLabel: LabelRule {
    /// The rule.
    package init() {}

    /// The name in documents.
    package static let key = "last"
    /// The sentence that lists and schemas say of it.
    package static let documentation = "The label of the last sample."
    /// It has no members.
    package static let fields: Fields<Self> = []

    /// That sample's label.
    package func label(of labels: ArraySlice<UInt8>) -> UInt8? {
        labels[labels.startIndex + labels.count - 1]
    }

    /// Labels windows that slide along a recording.
    package func append(
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
    package static var last: LastLabel { LastLabel() }
}
