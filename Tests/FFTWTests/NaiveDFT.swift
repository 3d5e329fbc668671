import Foundation

/// The transform by its definition: the oracle.
///
/// Twiddle factors are taken at the reduced index `k·n mod length`, and sums are compensated
/// (Neumaier), so that its own error stays below the bound the plans are held to.
enum NaiveDFT {
    static func forward(_ signal: [(Double, Double)]) -> [(Double, Double)] {
        let length = signal.count
        let twiddles = (0..<length).map { index in
            let angle = -2 * Double.pi * Double(index) / Double(length)
            return (cos(angle), sin(angle))
        }
        return (0..<length).map { bin in
            var real = CompensatedSum()
            var imaginary = CompensatedSum()
            for (index, value) in signal.enumerated() {
                let twiddle = twiddles[bin * index % length]
                real.add(value.0 * twiddle.0)
                real.add(-value.1 * twiddle.1)
                imaginary.add(value.0 * twiddle.1)
                imaginary.add(value.1 * twiddle.0)
            }
            return (real.value, imaginary.value)
        }
    }

    /// What a transform of `length` may be wrong by in one bin, for a signal of this norm: a few
    /// ulps for each of the log₂ n stages, plus the oracle's own rounded twiddles.
    static func bound(length: Int, norm: Double) -> Double {
        4 * Double.ulpOfOne * (1 + log2(Double(length))) * norm
    }
}

private struct CompensatedSum {
    private var sum = 0.0
    private var lost = 0.0

    var value: Double { sum + lost }

    mutating func add(_ term: Double) {
        let next = sum + term
        lost += abs(sum) >= abs(term) ? (sum - next) + term : (term - next) + sum
        sum = next
    }
}
