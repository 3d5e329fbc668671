package import Documents

/// The most frequent label; of several equally frequent ones the latest.
package struct MajorityLabel: LabelRule {
    /// The rule.
    package init() {}

    /// The name in documents.
    package static let key = "majority"
    /// The sentence that lists and schemas say of it.
    package static let documentation =
        "The most frequent label; of several equally frequent ones the latest."
    /// It has no members.
    package static let fields: Fields<Self> = []

    /// The most frequent label.
    package func label(of labels: ArraySlice<UInt8>) -> UInt8? {
        var counts = [Int](repeating: 0, count: 256)
        for label in labels { counts[Int(label)] += 1 }
        let most = counts.max()
        return labels.last { counts[Int($0)] == most }
    }

    /// Labels windows that slide along a recording: counts move along with them.
    package func append(
        _ starts: StrideThrough<Int>, length: Int, labels: [UInt8],
        to windows: inout LabeledWindows
    ) {
        var counts = [Int](repeating: 0, count: 256)
        var counted = 0..<0
        for start in starts {
            let window = start..<start + length
            if counted.upperBound <= start {
                counts = [Int](repeating: 0, count: 256)
                counted = start..<start
            }
            for index in counted.lowerBound..<start { counts[Int(labels[index])] -= 1 }
            for index in counted.upperBound..<window.upperBound { counts[Int(labels[index])] += 1 }
            counted = window
            let most = counts.max() ?? 0
            // Of several equally frequent ones the latest.
            var last = window.upperBound - 1
            while counts[Int(labels[last])] != most { last -= 1 }
            windows.starts.append(start)
            windows.labels.append(labels[last])
        }
    }
}

extension LabelRule where Self == MajorityLabel {
    /// The most frequent label; of several equally frequent ones the latest.
    package static var majority: MajorityLabel { MajorityLabel() }
}
