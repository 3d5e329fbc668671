internal import SeededRandom

extension SeededGenerator {
    /// A whole number drawn uniformly from a range.
    mutating func count(in range: ClosedRange<Int>) -> Int {
        range.lowerBound + integer(below: range.count)
    }

    /// So many of the elements, drawn without putting back, in order.
    mutating func sample(_ count: Int, of elements: [Int]) -> [Int] {
        shuffled(elements).prefix(count).sorted()
    }
}
