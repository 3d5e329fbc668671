/// Whether the labels of a calibration look exchanged: a decoder that was trained on others decides
/// clearly, but for other classes than the labels say.
///
/// A model adapts to exchanged labels as well as to right ones, and what is held out is labeled in
/// the same way: only the decoder as it was can tell. The classes are exchanged among the labels so
/// that its decisions agree best; when it decides about most windows of the exchanged classes as
/// the exchange says and hardly any as the labels say, the labels are held for wrong.
enum ExchangedLabels {
    /// How many windows must agree with the exchange, on the mean over the exchanged classes.
    private static let agreement = 0.6
    /// How many may agree with the labels at most.
    private static let disagreement = 0.25

    /// Finds the exchange.
    ///
    /// - Parameter confusion: What the decoder decided of what the labels say.
    /// - Returns: For each label that looks wrong the class that was decided instead; empty when
    ///   labels look right.
    static func found(in confusion: ConfusionMatrix) -> [(label: Int, decided: Int)] {
        let labels = (0..<confusion.classCount).filter { confusion.asked($0) > 0 }
        var decided = Array(0..<confusion.classCount)
        func recall(_ label: Int, _ other: Int) -> Double {
            Double(confusion[label, other]) / Double(max(1, confusion.asked(label)))
        }
        // Exchanges two at a time until none is gained by.
        var isBetter = true
        while isBetter {
            isBetter = false
            for (place, one) in labels.enumerated() {
                for other in labels.dropFirst(place + 1) {
                    let now = recall(one, decided[one]) + recall(other, decided[other])
                    let exchanged = recall(one, decided[other]) + recall(other, decided[one])
                    if exchanged > now + 1e-9 {
                        decided.swapAt(one, other)
                        isBetter = true
                    }
                }
            }
        }
        let moved = labels.filter { decided[$0] != $0 }
        guard !moved.isEmpty else { return [] }
        let count = Double(moved.count)
        let agreed = moved.reduce(0) { $0 + recall($1, decided[$1]) } / count
        let asLabeled = moved.reduce(0) { $0 + recall($1, $1) } / count
        guard agreed >= agreement, asLabeled <= disagreement else { return [] }
        return moved.map { ($0, decided[$0]) }
    }
}
