package import EMGSignal

/// The whole numbers by which one sampling rate becomes another, exactly or nearly.
package struct RateRatio: Sendable, Hashable {
    /// The factor up, in lowest terms.
    package let up: Int
    /// The factor down, in lowest terms.
    package let down: Int

    /// How far the rate may be off, in parts of it. Printed rates have six digits or more; a clock
    /// of a device is not better.
    package static let tolerance = 1e-6

    /// The ratio of two rates: exact when factors up to ``Resampler/largestFactor`` are, else the
    /// one of the smallest factors within ``tolerance``.
    ///
    /// - Parameters:
    ///   - rate: The rate that is there.
    ///   - target: The rate that is wanted.
    /// - Throws: ``FilterError`` when the rates are too far apart for such factors.
    package init(from rate: SamplingRate, to target: SamplingRate) throws(FilterError) {
        if let exact = Self.exact(rate.hertz, target.hertz) {
            self = exact
            return
        }
        let ratio = target.hertz / rate.hertz
        let largest = Double(Resampler.largestFactor)
        guard ratio > 1 / largest, ratio < largest,
            let (up, down) = Self.simplest(
                from: ratio * (1 - Self.tolerance), to: ratio * (1 + Self.tolerance)),
            max(up, down) <= Resampler.largestFactor
        else {
            let (lowest, highest) = (rate.hertz / largest, rate.hertz * largest)
            throw FilterError(
                .unusableParameter(
                    name: "the rate to resample \(rate.hertz.plain) Hz to",
                    expected: "between \(lowest.plain) and \(highest.plain) Hz",
                    found: target.hertz),
                hint: "is \"rate_hz\" in hertz?")
        }
        (self.up, self.down) = (up, down)
    }

    private init(up: Int, down: Int) {
        self.up = up
        self.down = down
    }

    /// The ratio of rates that a thousand-fold makes whole numbers.
    private static func exact(_ rate: Double, _ target: Double) -> RateRatio? {
        for factor in 1...1_000 {
            let (up, down) = (target * Double(factor), rate * Double(factor))
            guard up == up.rounded(), down == down.rounded(), max(up, down) < 1e15 else {
                continue
            }
            let divisor = Resampler.divisor(Int(up), Int(down))
            let (least, most) = (Int(up) / divisor, Int(down) / divisor)
            return max(least, most) <= Resampler.largestFactor
                ? RateRatio(up: least, down: most) : nil
        }
        return nil
    }

    /// The fraction of the smallest numbers in an interval of positive numbers, by the continued
    /// fractions of its ends: as long as they agree, their terms are the fraction's; where they
    /// part it ends with the least whole number between them (Stern-Brocot tree).
    ///
    /// - Returns: `nil` when the numbers would not fit.
    package static func simplest(from low: Double, to high: Double) -> (Int, Int)? {
        var (low, high) = (low, high)
        // Numerators and denominators of the last two convergents.
        var (before, last) = ((0, 1), (1, 0))
        while true {
            let whole = low.rounded(.up) <= high ? low.rounded(.up) : low.rounded(.down)
            guard let term = Int(exactly: whole), term < 1 << 31, last.0 < 1 << 31, last.1 < 1 << 31
            else { return nil }
            (before, last) = (last, (term * last.0 + before.0, term * last.1 + before.1))
            if whole >= low { return last }
            (low, high) = (1 / (high - whole), 1 / (low - whole))
        }
    }
}
