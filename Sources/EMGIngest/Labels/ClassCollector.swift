private import EMGSignal

/// Gives class numbers to labels that are names or numbers of any size, in the order in which
/// they come, and settles their final order at the end: natural order of names, so that files
/// with the same classes agree whichever comes first. The name of samples that no label covers,
/// `LabelTrack.unlabeledName`, comes before all classes.
package struct ClassCollector: Sendable {
    private var numbers: [String: UInt8] = [:]
    private var names: [String] = []
    private var lastName = ""
    private var lastNumber: UInt8?

    /// Creates a collector that has seen nothing.
    package init() {}

    /// The provisional number of a class.
    ///
    /// - Parameter name: Its name; numbers are classes named by their decimal text.
    /// - Returns: A number below 256; `nil` when there are too many classes for labels.
    package mutating func number(of name: String) -> UInt8? {
        if let lastNumber, name == lastName { return lastNumber }
        if numbers[name] == nil {
            guard let next = UInt8(exactly: names.count) else { return nil }
            numbers[name] = next
            names.append(name)
        }
        lastName = name
        lastNumber = numbers[name]
        return lastNumber
    }

    /// The classes in their final order, and what each provisional number becomes.
    package func settled() -> (classNames: [String], labelMap: [UInt8]) {
        let order = names.indices.sorted { left, right in
            let isLeftNone = names[left] == LabelTrack.unlabeledName
            let isRightNone = names[right] == LabelTrack.unlabeledName
            if isLeftNone != isRightNone { return isLeftNone }
            return NaturalOrder.precedes(names[left], names[right])
        }
        var map = [UInt8](repeating: 0, count: names.count)
        for (final, provisional) in order.enumerated() { map[provisional] = UInt8(final) }
        return (order.map { names[$0] }, map)
    }
}
