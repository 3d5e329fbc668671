private import ComplexModule
public import EMGSignal
private import FFTW

/// Butterworth filters: as flat as can be in the pass band (S. Butterworth, Wireless Engineer 7
/// (1930) 536-541), by the bilinear transform with its cut-offs at the stated frequencies.
///
/// The transfer functions are those of `scipy.signal.butter`. The poles are placed in the plane of
/// the bilinear transform and pass from there to the coefficients without a difference of nearly
/// equal numbers, so that cut-offs at a hundred-thousandth of the sampling rate are as good as any.
public enum Butterworth {
    /// The order that is meant where none is stated.
    public static let usualOrder = 4
    /// The highest order that is designed.
    static let highestOrder = 64

    /// A low-pass filter.
    ///
    /// - Parameters:
    ///   - cutoff: The -3 dB cut-off of one pass, in hertz, above 0 and below Nyquist.
    ///   - order: From 1 to 64.
    ///   - samplingRate: The rate of the signals it is for.
    /// - Returns: The design.
    /// - Throws: ``FilterError`` for a cut-off or an order that cannot be.
    public static func lowPass(
        cutoff: Double, order: Int, samplingRate: SamplingRate
    ) throws(FilterError) -> FilterDesign {
        try check(order: order)
        try CutoffLimits(samplingRate).check(cutoff)
        let warped = tanPi(cutoff / samplingRate.hertz)
        let factors = dampings(order: order).map { damping in
            switch damping {
            case .single:
                BilinearSection(
                    numerator: [warped, 0, 0], denominator: [warped, 1, 0])
            case .pair(let sine, _):
                BilinearSection(
                    numerator: [warped * warped, 0, 0],
                    denominator: [warped * warped, 2 * sine * warped, 1])
            }
        }
        return try FilterDesign(
            shape: .lowPass(cutoff: cutoff), order: order, samplingRate: samplingRate,
            factors: factors)
    }

    /// A high-pass filter.
    ///
    /// - Parameters:
    ///   - cutoff: The -3 dB cut-off of one pass, in hertz, above 0 and below Nyquist.
    ///   - order: From 1 to 64.
    ///   - samplingRate: The rate of the signals it is for.
    /// - Returns: The design.
    /// - Throws: ``FilterError`` for a cut-off or an order that cannot be.
    public static func highPass(
        cutoff: Double, order: Int, samplingRate: SamplingRate
    ) throws(FilterError) -> FilterDesign {
        try check(order: order)
        try CutoffLimits(samplingRate).check(cutoff)
        let warped = tanPi(cutoff / samplingRate.hertz)
        let factors = dampings(order: order).map { damping in
            switch damping {
            case .single:
                BilinearSection(numerator: [0, 1, 0], denominator: [warped, 1, 0])
            case .pair(let sine, _):
                BilinearSection(
                    numerator: [0, 0, 1],
                    denominator: [warped * warped, 2 * sine * warped, 1])
            }
        }
        return try FilterDesign(
            shape: .highPass(cutoff: cutoff), order: order, samplingRate: samplingRate,
            factors: factors)
    }

    /// A band-pass filter.
    ///
    /// - Parameters:
    ///   - low: The lower -3 dB cut-off of one pass, in hertz, above 0.
    ///   - high: The upper one, above `low` and below Nyquist.
    ///   - order: From 1 to 64; the filter has twice as many poles.
    ///   - samplingRate: The rate of the signals it is for.
    /// - Returns: The design.
    /// - Throws: ``FilterError`` for cut-offs or an order that cannot be.
    public static func bandPass(
        low: Double, high: Double, order: Int, samplingRate: SamplingRate
    ) throws(FilterError) -> FilterDesign {
        try check(order: order)
        try CutoffLimits(samplingRate).check(low: low, high: high)
        let rate = samplingRate.hertz
        let band = BilinearSection.Band(low: low / rate, high: high / rate)
        let factors = dampings(order: order).flatMap { damping in
            switch damping {
            case .single:
                return [
                    BilinearSection(
                        numerator: [0, band.width, 0],
                        denominator: [band.centerSquared, band.width, 1])
                ]
            case .pair(let sine, let cosine):
                // The zeros at 0 Hz go to the lower poles, those at Nyquist to the upper ones.
                let edges = edgePolynomials(band: band, sine: sine, cosine: cosine)
                return [
                    BilinearSection(
                        numerator: [band.width * band.width, 0, 0], denominator: edges.upper),
                    BilinearSection(numerator: [0, 0, 1], denominator: edges.lower),
                ]
            }
        }
        return try FilterDesign(
            shape: .bandPass(low: low, high: high), order: order, samplingRate: samplingRate,
            factors: factors)
    }

    /// A band-stop filter.
    ///
    /// - Parameters:
    ///   - low: The lower -3 dB cut-off of one pass, in hertz, above 0.
    ///   - high: The upper one, above `low` and below Nyquist.
    ///   - order: From 1 to 64; the filter has twice as many poles.
    ///   - samplingRate: The rate of the signals it is for.
    /// - Returns: The design.
    /// - Throws: ``FilterError`` for cut-offs or an order that cannot be.
    public static func bandStop(
        low: Double, high: Double, order: Int, samplingRate: SamplingRate
    ) throws(FilterError) -> FilterDesign {
        try check(order: order)
        try CutoffLimits(samplingRate).check(low: low, high: high)
        let rate = samplingRate.hertz
        let band = BilinearSection.Band(low: low / rate, high: high / rate)
        let numerator: SIMD3<Double> = [band.centerSquared, 0, 1]
        let factors = dampings(order: order).flatMap { damping in
            switch damping {
            case .single:
                return [
                    BilinearSection(
                        numerator: numerator, denominator: [band.centerSquared, band.width, 1])
                ]
            case .pair(let sine, let cosine):
                let edges = edgePolynomials(band: band, sine: sine, cosine: cosine)
                return [
                    BilinearSection(numerator: numerator, denominator: edges.upper),
                    BilinearSection(numerator: numerator, denominator: edges.lower),
                ]
            }
        }
        return try FilterDesign(
            shape: .bandStop(low: low, high: high), order: order, samplingRate: samplingRate,
            factors: factors)
    }

    /// Refuses an order that no filter has.
    private static func check(order: Int) throws(FilterError) {
        guard (1...highestOrder).contains(order) else {
            throw FilterError(
                .unusableParameter(
                    name: "the order", expected: "a whole number from 1 to \(highestOrder)",
                    found: Double(order)),
                hint: "the field uses 1 to 10, most often 2 or 4")
        }
    }

    /// A pole of the normalized low-pass, or a pair of them, at -sine ± j·cosine.
    private enum Damping {
        case single
        case pair(sine: Double, cosine: Double)
    }

    /// The poles of the normalized low-pass, the most damped first: the sections that ring least
    /// come first in the cascade.
    private static func dampings(order: Int) -> [Damping] {
        let pairs = (0..<order / 2).reversed().map { index in
            let fraction = Double(2 * index + 1) / Double(2 * order)
            return Damping.pair(sine: sinPi(fraction), cosine: cosPi(fraction))
        }
        return order.isMultiple(of: 2) ? pairs : [.single] + pairs
    }

    /// The four poles that a pair of the low-pass becomes at the edges of a band, as the
    /// coefficients of 1, s and s² of two polynomials.
    ///
    /// They are the roots of s² - p·B·s + Ω₀² for p = -sine + j·cosine and their conjugates. The
    /// smaller root is Ω₀² over the larger one, not a difference.
    private static func edgePolynomials(
        band: BilinearSection.Band, sine: Double, cosine: Double
    ) -> (lower: SIMD3<Double>, upper: SIMD3<Double>) {
        let half = Complex(-sine, cosine) * Complex(band.width / 2)
        let root = Complex.sqrt(half * half - Complex(band.centerSquared))
        let isSameWay = half.real * root.real + half.imaginary * root.imaginary >= 0
        let larger = isSameWay ? half + root : half - root
        let smaller = Complex(band.centerSquared) / larger
        return (polynomial(root: smaller), polynomial(root: larger))
    }

    private static func polynomial(root: Complex<Double>) -> SIMD3<Double> {
        [root.real * root.real + root.imaginary * root.imaginary, -2 * root.real, 1]
    }
}
