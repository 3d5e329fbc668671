import MyoTask

/// The label that most samples of a window have, when they are enough of them: a window in which
/// the gesture changes is left out.
struct Quorum: LabelRule {
    /// Which share of a window's samples must have the label.
    var share = 0.8

    static let key = "quorum"
    static let documentation = "The label of at least a share of the samples; others are left out."
    static let fields: Fields<Self> = [
        Field("share", \.share, .number(in: 0.5...1), "Which share of the samples.")
    ]

    func label(of labels: ArraySlice<UInt8>) -> UInt8? {
        var counts: [UInt8: Int] = [:]
        for label in labels { counts[label, default: 0] += 1 }
        guard let most = counts.max(by: { ($0.value, $0.key) < ($1.value, $1.key) }),
            Double(most.value) >= share * Double(labels.count)
        else { return nil }
        return most.key
    }
}
