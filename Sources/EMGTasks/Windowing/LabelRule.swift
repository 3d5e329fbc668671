internal import EMGArchive

extension LabelRule {
    /// The label of a window, or `nil` when the rule leaves the window out.
    ///
    /// - Parameter labels: The labels of the window's samples, at least one.
    /// - Returns: The label.
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
