/// Which label a window of several samples gets.
public enum LabelRule: String, Sendable, Hashable, CaseIterable {
    /// The label of the last sample: what the person intends now. The field's usual choice.
    case last
    /// The label of the middle sample (the later one of two).
    case center
    /// The most frequent label; of several equally frequent ones the one that occurs last.
    case majority
    /// The one label of all samples; a window with a label change is left out.
    case pure
}

extension LabelRule {
    /// The label of a window, or `nil` when the rule leaves the window out.
    ///
    /// - Parameter labels: The labels of the window's samples, at least one.
    func label(of labels: ArraySlice<UInt8>) -> UInt8? {
        switch self {
        case .last: return labels.last
        case .center: return labels[labels.startIndex + labels.count / 2]
        case .majority: return Self.majority(of: labels)
        case .pure:
            guard let first = labels.first, labels.allSatisfy({ $0 == first }) else { return nil }
            return first
        }
    }

    private static func majority(of labels: ArraySlice<UInt8>) -> UInt8? {
        var counts = [Int](repeating: 0, count: 256)
        for label in labels { counts[Int(label)] += 1 }
        guard let most = counts.max() else { return nil }
        return labels.last { counts[Int($0)] == most }
    }
}
