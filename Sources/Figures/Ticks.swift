private import Foundation

/// The numbers along an axis: round, evenly spread, with as many digits as they need.
package struct Ticks: Sendable, Hashable {
    /// Where they stand, ascending.
    package let values: [Double]
    /// What is written there.
    package let labels: [String]
    /// Where shorter marks stand between them.
    let minor: [Double]

    /// The steps of 1, 2 or 5 times a power of ten.
    struct Step: Sendable, Hashable {
        let mantissa: Int
        let exponent: Int

        /// The smallest step of which at most `count` lie in a span.
        init(span: Double, count: Int) {
            let raw = span / Double(max(1, count))
            var exponent = Int(log10(raw).rounded(.down))
            var mantissa = 1
            // The logarithm may be off by one in its last digit.
            while Self.value(10, exponent) < raw { exponent += 1 }
            while Self.value(1, exponent) > raw { exponent -= 1 }
            for candidate in [1, 2, 5, 10] {
                mantissa = candidate
                if Self.value(candidate, exponent) >= raw * (1 - 1e-9) { break }
            }
            self.mantissa = mantissa == 10 ? 1 : mantissa
            self.exponent = mantissa == 10 ? exponent + 1 : exponent
        }

        private static func value(_ count: Int, _ exponent: Int) -> Double {
            // One rounding only: 3 · 10⁻¹ is 3 / 10.
            exponent < 0
                ? Double(count) / pow(10, Double(-exponent))
                : Double(count) * pow(10, Double(exponent))
        }

        /// The multiple of an index.
        func callAsFunction(_ index: Int) -> Double { Self.value(index * mantissa, exponent) }

        var size: Double { self(1) }
    }

    /// Round numbers within a range.
    ///
    /// - Parameters:
    ///   - low: The lower end.
    ///   - high: The upper end, above `low` by more than a billionth of their magnitude.
    ///   - count: How many there are at most, roughly; at least 1.
    /// - Returns: The numbers, ascending.
    package static func linear(from low: Double, to high: Double, count: Int) -> Ticks {
        // A wide step may have no multiple in the range.
        for count in count...count + 8 {
            let step = Step(span: high - low, count: count)
            let first = Int((low / step.size - 1e-9).rounded(.up))
            let last = Int((high / step.size + 1e-9).rounded(.down))
            if first <= last { return linear(indices: first...last, step: step) }
        }
        return Ticks(values: [], labels: [], minor: [])
    }

    /// Round numbers of which the first is at or below `low`, the last at or above `high`.
    package static func covering(from low: Double, to high: Double, count: Int) -> Ticks {
        let step = Step(span: high - low, count: count)
        let first = Int((low / step.size + 1e-9).rounded(.down))
        let last = Int((high / step.size - 1e-9).rounded(.up))
        return linear(indices: first...max(first + 1, last), step: step)
    }

    private static func linear(indices: ClosedRange<Int>, step: Step) -> Ticks {
        let values = indices.map { step($0) }
        return Ticks(values: values, labels: labels(values, exponent: step.exponent), minor: [])
    }

    /// The labels of multiples of a power of ten.
    private static func labels(_ values: [Double], exponent: Int) -> [String] {
        let largest = values.reduce(0) { max($0, abs($1)) }
        guard largest >= 1e6 || exponent < -5, largest > 0 else {
            return values.map { PlainText.number($0, decimals: max(0, -exponent)) }
        }
        // All with the power of ten of the largest.
        let power = Int(log10(largest).rounded(.down))
        let unit = pow(10, Double(power))
        return values.map { value in
            value == 0
                ? "0"
                : PlainText.number(value / unit, decimals: min(12, max(0, power - exponent)))
                    + "e\(power)"
        }
    }

    /// Powers of ten within a range, with their multiples by 2 and 5 where there are few.
    ///
    /// - Parameters:
    ///   - low: The lower end, above 0.
    ///   - high: The upper end, above `low`.
    ///   - count: How many there are at most, roughly; at least 1.
    /// - Returns: The numbers, ascending.
    package static func logarithmic(from low: Double, to high: Double, count: Int) -> Ticks {
        let first = Int(log10(low).rounded(.down))
        let last = Int(log10(high).rounded(.up))
        let decades = log10(high) - log10(low)
        guard decades > 0.5 else { return linear(from: low, to: high, count: count) }
        let isIn: (Double) -> Bool = { $0 >= low * (1 - 1e-9) && $0 <= high * (1 + 1e-9) }
        let multiples =
            decades * 3 <= Double(count) ? [1, 2, 5] : decades * 2 <= Double(count) ? [1, 3] : [1]
        let stride = max(1, Int((decades / Double(max(1, count))).rounded(.up)))
        var values: [Double] = []
        var minor: [Double] = []
        for power in first...max(first, last) where power.isMultiple(of: stride) {
            for multiple in 1...9 {
                let value = Double(multiple) * pow(10, Double(power))
                guard value.isFinite, isIn(value) else { continue }
                if multiples.contains(multiple) {
                    values.append(value)
                } else if stride == 1 {
                    minor.append(value)
                }
            }
        }
        guard !values.isEmpty else { return linear(from: low, to: high, count: count) }
        return Ticks(values: values, labels: values.map(powerLabel), minor: minor)
    }

    private static func powerLabel(_ value: Double) -> String {
        let power = Int((log10(value) + 1e-9).rounded(.down))
        if (-4..<0).contains(power) { return PlainText.number(value, decimals: -power) }
        if (0..<5).contains(power) { return PlainText.number(value, decimals: 0) }
        let mantissa = PlainText.number(value / pow(10, Double(power)), decimals: 0)
        return "\(mantissa)e\(power)"
    }
}
