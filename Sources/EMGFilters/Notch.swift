public import EMGSignal

/// Notch filters: one frequency taken out by a pair of zeros on the unit circle with a pair of
/// poles close behind (the design of `scipy.signal.iirnotch`; S. J. Orfanidis, Introduction to
/// Signal Processing, 1996, §11.3).
public enum Notch {
    /// A notch of a quality factor.
    ///
    /// - Parameters:
    ///   - center: The frequency taken out, in hertz, above 0 and below Nyquist.
    ///   - quality: The center over the width between the -3 dB points of one pass, above 0.
    ///   - samplingRate: The rate of the signals it is for.
    /// - Returns: The design.
    /// - Throws: ``FilterError`` for a center or a quality that cannot be.
    public static func design(
        center: Double, quality: Double, samplingRate: SamplingRate
    ) throws(FilterError) -> FilterDesign {
        try DesignChecks.check(corner: center, samplingRate: samplingRate)
        guard quality.isFinite, quality > 0 else {
            throw FilterError(
                .unusableParameter(
                    name: "the quality of a notch", expected: "above 0", found: quality),
                hint: "30 takes out \((center / 30).plain) Hz around \(center.plain) Hz")
        }
        return try design(
            center: center, bandwidth: center / quality, samplingRate: samplingRate)
    }

    /// A notch of a bandwidth.
    ///
    /// - Parameters:
    ///   - center: The frequency taken out, in hertz, above 0 and below Nyquist.
    ///   - bandwidth: The width between the -3 dB points of one pass, in hertz, above 0 and below
    ///     Nyquist.
    ///   - samplingRate: The rate of the signals it is for.
    /// - Returns: The design.
    /// - Throws: ``FilterError`` for a center or a bandwidth that cannot be.
    public static func design(
        center: Double, bandwidth: Double, samplingRate: SamplingRate
    ) throws(FilterError) -> FilterDesign {
        try DesignChecks.check(corner: center, samplingRate: samplingRate)
        guard bandwidth.isFinite, bandwidth > 0, bandwidth < samplingRate.nyquist else {
            throw FilterError(
                .unusableParameter(
                    name: "the bandwidth of a notch",
                    expected: "above 0 and below \(samplingRate.nyquist.plain) Hz",
                    found: bandwidth),
                hint: "1 to 3 Hz is usual for mains hum")
        }
        let rate = samplingRate.hertz
        let band = BilinearBand(center: center / rate, bandwidth: bandwidth / rate)
        let factor = BilinearSection(
            numerator: [band.centerSquared, 0, 1],
            denominator: [band.centerSquared, band.width, 1])
        return try FilterDesign(
            shape: .notch(center: center, bandwidth: bandwidth), order: 1,
            samplingRate: samplingRate, factors: [factor])
    }
}
