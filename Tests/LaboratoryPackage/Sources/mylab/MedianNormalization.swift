import MyoTask

/// Less the median, over the median distance from it: artifacts of the support, however large, move
/// neither.
struct MedianNormalization: NormalizationRule {
    static let key = "median"
    static let documentation = "Less the median, over the median distance from it."
    static let fields: Fields<Self> = []

    func map(of channel: SupportChannel) -> (offset: Double, scale: Double) {
        let values = channel.values.map(Double.init)
        let median = Self.median(values)
        return (median, Self.median(values.map { abs($0 - median) }))
    }

    private static func median(_ values: [Double]) -> Double {
        let sorted = values.sorted()
        let middle = sorted.count / 2
        return sorted.count.isMultiple(of: 2)
            ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
    }
}
