package import EMGSignal

/// What cut-offs the samples of a recording can hold: those below half the rate at which the
/// samples really change.
public struct CutoffLimits: Sendable, Hashable {
    /// The declared rate.
    package let samplingRate: SamplingRate
    /// The rate at which samples really change.
    package let effectiveRate: SamplingRate

    /// The limits of samples that change at the rate they are declared with, or at a lower one.
    ///
    /// - Parameters:
    ///   - samplingRate: The declared rate.
    ///   - effectiveRate: The rate at which samples really change; `nil` for the declared one.
    package init(_ samplingRate: SamplingRate, effectiveRate: SamplingRate? = nil) {
        self.samplingRate = samplingRate
        self.effectiveRate = effectiveRate ?? samplingRate
    }

    /// The lower of both rates' Nyquist frequencies, in hertz.
    public var nyquist: Double { min(effectiveRate.nyquist, samplingRate.nyquist) }

    /// Refuses a cut-off that is not a number above 0, or at or above ``nyquist``.
    ///
    /// - Parameter cutoff: The cut-off in hertz.
    /// - Throws: ``FilterError`` that names both rates.
    public func check(_ cutoff: Double) throws(FilterError) {
        guard cutoff.isFinite, cutoff > 0 else {
            throw FilterError(
                .unusableParameter(
                    name: "a cut-off", expected: "a frequency above 0 Hz", found: cutoff),
                hint: "give the cut-off in hertz, above 0 and below \(nyquist.plain)")
        }
        guard cutoff >= nyquist else { return }
        throw FilterError(
            .cutoffNotBelowNyquist(
                cutoff: cutoff, nyquist: nyquist,
                effectiveRate: min(effectiveRate.hertz, samplingRate.hertz),
                declaredRate: samplingRate.hertz),
            hint: "choose a cut-off below \(nyquist.plain) Hz or leave the stage out; what lies "
                + "above is not in the samples")
    }

    /// Refuses a band that is empty, turned round or has an unusable cut-off.
    ///
    /// - Parameters:
    ///   - low: The lower cut-off in hertz.
    ///   - high: The upper one.
    /// - Throws: ``FilterError`` for the first fault.
    package func check(low: Double, high: Double) throws(FilterError) {
        try check(low)
        try check(high)
        guard low < high else {
            throw FilterError(
                .cutoffsOutOfOrder(low: low, high: high), hint: "state the lower cut-off first")
        }
    }

    /// The multiples of a mains frequency that lie below ``nyquist``.
    ///
    /// - Parameters:
    ///   - mains: The mains frequency in hertz.
    ///   - count: How many multiples are wanted, the mains frequency being the first.
    ///   - warnings: Gets one when some are left out.
    /// - Returns: The multiples in hertz, at least one.
    /// - Throws: ``FilterError`` when the mains frequency itself is not below Nyquist.
    package func harmonics(
        of mains: Double, count: Int, warnings: inout [String]
    ) throws(FilterError) -> [Double] {
        guard count >= 1 else {
            throw FilterError(
                .unusableParameter(
                    name: "the number of harmonics", expected: "at least 1",
                    found: Double(count)),
                hint: "1 notches the network's frequency alone, 4 its first four multiples")
        }
        guard mains.isFinite, mains > 0 else {
            throw FilterError(
                .unusableParameter(
                    name: "the network's frequency", expected: "above 0 Hz", found: mains),
                hint: "50 or 60 Hz, depending on the country")
        }
        try check(mains)
        // Counted in floating point: a count may be as large as it likes.
        let fitting = min(Double(count), (nyquist / mains).rounded(.up) - 1)
        if fitting < Double(count) {
            let first = mains * (fitting + 1)
            warnings.append(
                "harmonics from \(first.plain) Hz on are left out: they reach "
                    + "\(nyquist.plain) Hz, half the effective rate")
        }
        return (1...Int(fitting)).map { mains * Double($0) }
    }
}
