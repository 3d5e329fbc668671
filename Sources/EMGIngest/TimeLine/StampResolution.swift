/// The smallest step that time stamps can make: their greatest common divisor.
///
/// Stamps are written with so many decimals, or count the ticks of a clock; either way they are
/// whole numbers of a power of ten, which is found with the divisor of these whole numbers.
package struct StampResolution: Sendable, Hashable {
    /// The step in seconds. Where there is no coarser one, it is what a `Double` of the stamps'
    /// size distinguishes.
    package let seconds: Double
    /// The power of ten that the step is a whole number of; the step where there is none.
    package let decimal: Double
    /// What a `Double` of the stamps' size distinguishes, in seconds: differences of stamps are
    /// known no better.
    package let precision: Double

    /// Collects time stamps one after another.
    struct Survey {
        /// Steps below a picosecond are not looked for.
        private static let mostDecimals = 12

        private var first: Double?
        private var largest = 0.0
        private var decimals = 0
        private var scale = 1.0
        private var divisor: UInt64 = 0
        private var isDecimal = true

        mutating func add(_ time: Double) {
            largest = max(largest, time.magnitude)
            guard let first else {
                first = time
                return
            }
            let distance = (time - first).magnitude
            // Both stamps are rounded, by half of the last bit each, and so is the quotient that
            // they are compared with.
            let tolerance = largest.ulp + distance * 1e-15
            while isDecimal {
                guard 3 * tolerance * scale < 1, distance * scale < 0x1p53 else {
                    isDecimal = false
                    return
                }
                let steps = (distance * scale).rounded()
                if (distance - steps / scale).magnitude <= tolerance {
                    divisor = Self.divisor(of: divisor, UInt64(steps))
                    return
                }
                decimals += 1
                scale *= 10
                let (product, overflows) = divisor.multipliedReportingOverflow(by: 10)
                divisor = product
                isDecimal = decimals <= Self.mostDecimals && !overflows
            }
        }

        var resolution: StampResolution {
            guard isDecimal, divisor > 0 else {
                return StampResolution(
                    seconds: largest.ulp, decimal: largest.ulp, precision: largest.ulp)
            }
            return StampResolution(
                seconds: Double(divisor) / scale, decimal: 1 / scale, precision: largest.ulp)
        }

        private static func divisor(of one: UInt64, _ other: UInt64) -> UInt64 {
            var (large, small) = (other, one)
            while small > 0 { (large, small) = (small, large % small) }
            return large
        }
    }
}
