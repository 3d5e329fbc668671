internal import EMGSignal

/// What corners the samples of a recording can hold: those below half the rate at which the
/// samples really change.
struct CornerLimits {
    /// The declared rate.
    let samplingRate: SamplingRate
    /// The rate at which samples really change.
    let effectiveRate: SamplingRate

    /// The share of Nyquist that an upper corner nobody stated is lowered to.
    static let shareOfNyquist = 0.9

    private var nyquist: Double { min(effectiveRate.nyquist, samplingRate.nyquist) }

    /// Refuses a corner at or above Nyquist of the effective rate.
    func check(_ corner: Double) throws(FilterError) {
        guard corner >= nyquist else { return }
        throw FilterError(
            .cornerNotBelowNyquist(
                corner: corner, nyquist: nyquist,
                effectiveRate: min(effectiveRate.hertz, samplingRate.hertz),
                declaredRate: samplingRate.hertz),
            hint: "choose a corner below \(nyquist.plain) Hz or leave the stage out; what lies "
                + "above is not in the samples")
    }

    /// The upper corner of a band-pass: the stated one, or the default, lowered if it must be.
    func highCorner(stated: Double?, warnings: inout [String]) throws(FilterError) -> Double {
        if let stated {
            try check(stated)
            return stated
        }
        let usual = ConditioningStage.defaultHighCorner
        guard usual >= nyquist else { return usual }
        let lowered = Self.shareOfNyquist * nyquist
        warnings.append(
            "the upper corner, \(usual.plain) Hz when not stated, is lowered to "
                + "\(lowered.plain) Hz: the samples hold nothing at or above "
                + "\(nyquist.plain) Hz (effective rate \(effectiveRate.hertz.plain) Hz)")
        return lowered
    }

    /// The multiples of a network frequency that lie below Nyquist.
    func harmonics(
        of mains: Double, count: Int, warnings: inout [String]
    ) throws(FilterError) -> [Double] {
        guard count >= 1 else {
            throw FilterError(
                .unusableParameter(
                    name: "the number of harmonics", expected: "at least 1",
                    found: Double(count)),
                hint: "1 notches the network's frequency alone, 4 its first four multiples")
        }
        try check(mains)
        guard mains.isFinite, mains > 0 else {
            throw FilterError(
                .unusableParameter(
                    name: "the network's frequency", expected: "above 0 Hz", found: mains),
                hint: "50 or 60 Hz, depending on the country")
        }
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
