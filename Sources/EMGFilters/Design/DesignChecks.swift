internal import EMGSignal

/// What every design checks of the numbers it is given, before anything is computed from them.
enum DesignChecks {
    /// Refuses a cut-off that is not a number above 0 or not below Nyquist.
    static func check(cutoff: Double, samplingRate: SamplingRate) throws(FilterError) {
        guard cutoff.isFinite, cutoff > 0 else {
            throw FilterError(
                .unusableParameter(
                    name: "a cut-off", expected: "a frequency above 0 Hz", found: cutoff),
                hint: "give the cut-off in hertz, above 0 and below \(samplingRate.nyquist.plain)")
        }
        guard cutoff < samplingRate.nyquist else {
            throw FilterError(
                .cutoffNotBelowNyquist(
                    cutoff: cutoff, nyquist: samplingRate.nyquist,
                    effectiveRate: samplingRate.hertz, declaredRate: samplingRate.hertz),
                hint: "choose a cut-off below \(samplingRate.nyquist.plain) Hz")
        }
    }

    /// Refuses a band that is empty, turned round or has an unusable cut-off.
    static func check(low: Double, high: Double, samplingRate: SamplingRate) throws(FilterError) {
        try check(cutoff: low, samplingRate: samplingRate)
        try check(cutoff: high, samplingRate: samplingRate)
        guard low < high else {
            throw FilterError(
                .cutoffsOutOfOrder(low: low, high: high), hint: "state the lower cut-off first")
        }
    }

    /// The highest order that is designed.
    static let highestOrder = 64

    /// Refuses an order that no filter has.
    static func check(order: Int) throws(FilterError) {
        guard (1...highestOrder).contains(order) else {
            throw FilterError(
                .unusableParameter(
                    name: "the order", expected: "a whole number from 1 to \(highestOrder)",
                    found: Double(order)),
                hint: "the field uses 1 to 10, most often 2 or 4")
        }
    }
}
