// Sums over many numbers in eight lanes: no chain of additions to wait for, and less rounding
// than one after the other.

extension Span where Element == Double {
    /// The sum of the numbers.
    package var sum: Double { sum { $0 } }

    /// Whether every number is finite.
    package var isFinite: Bool {
        // Zero times a number is zero, but for infinities and not-a-numbers.
        sum { $0 * 0 } == 0
    }

    @inline(__always)
    private func sum(_ term: (SIMD8<Double>) -> SIMD8<Double>) -> Double {
        var sums = SIMD8<Double>.zero
        var index = 0
        while index + 8 <= count {
            sums += term(
                unsafe SIMD8(
                    self[unchecked: index], self[unchecked: index &+ 1],
                    self[unchecked: index &+ 2], self[unchecked: index &+ 3],
                    self[unchecked: index &+ 4], self[unchecked: index &+ 5],
                    self[unchecked: index &+ 6], self[unchecked: index &+ 7]))
            index += 8
        }
        var sum = sums.sum()
        while index < count {
            sum += term(SIMD8(repeating: self[index])).x
            index += 1
        }
        return sum
    }
}

extension SIMD8 {
    fileprivate var x: Scalar { self[0] }
}
