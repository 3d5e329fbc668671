package import Documents

/// The label that all samples share; windows with several labels are left out.
package struct PureLabel: LabelRule {
    /// The rule.
    package init() {}

    /// The name in documents.
    package static let key = "pure"
    /// The sentence that lists and schemas say of it.
    package static let documentation =
        "The label that all samples share; windows with several labels are left out."
    /// It has no members.
    package static let fields: Fields<Self> = []

    /// The label when there is one alone.
    package func label(of labels: ArraySlice<UInt8>) -> UInt8? {
        guard let first = labels.first, labels.allSatisfy({ $0 == first }) else { return nil }
        return first
    }

    /// Labels windows that slide along a recording: the last change of label before a window's
    /// end lies at or before its start. Each label is looked at once, whatever the length.
    package func append(
        _ starts: StrideThrough<Int>, length: Int, labels: [UInt8],
        to windows: inout LabeledWindows
    ) {
        var next = starts.first(where: { _ in true }) ?? 0
        var change = next
        for start in starts {
            next = max(next, start + 1)
            change = max(change, start)
            while next < start + length {
                if labels[next] != labels[next - 1] { change = next }
                next += 1
            }
            guard change <= start else { continue }
            windows.starts.append(start)
            windows.labels.append(labels[start])
        }
    }
}

extension LabelRule where Self == PureLabel {
    /// The label that all samples share; windows with several labels are left out.
    package static var pure: PureLabel { PureLabel() }
}
