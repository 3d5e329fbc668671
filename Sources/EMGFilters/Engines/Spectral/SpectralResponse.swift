internal import FFTW

/// A ``ZeroPhaseResponse`` at the bins of one transform, ready to be multiplied with.
struct SpectralResponse<Number: SpectralNumber>: Sendable {
    /// The transform.
    let plan: ComplexFFTPlan<Number>
    /// Samples on each side that a result depends on, at the rate of the transform.
    let reach: Int
    /// The gains of the bins `0...length / 2`; those above mirror them.
    private let gains: [Number]

    /// Samples of the transform.
    var length: Int { plan.length }

    /// Prepares a response.
    ///
    /// - Parameters:
    ///   - response: The response.
    ///   - segments: The lengths of the segments that are to be filtered, for the length of the
    ///     transform.
    ///   - reduction: The lower rate to transform at, if any.
    init(_ response: ZeroPhaseResponse, segments: [Int], reduction: RateReduction?) {
        let factor = reduction?.factor ?? 1
        reach = (response.reach + factor - 1) / factor
        let length = BlockLength.best(
            reach: reach, segments: segments.map { ($0 + factor - 1) / factor })
        plan = .shared(length: length)
        let scaled =
            reduction == nil
            ? response.scaledGains(length: length) : response.scaledReducedGains(length: length)
        gains = scaled.map { Number($0) }
    }

    /// Multiplies a spectrum, real and imaginary parts in turn, by the response.
    func multiply(_ spectrum: inout MutableSpan<Number>) {
        precondition(spectrum.count == 2 * length && gains.count == length / 2 + 1)
        unsafe spectrum.withUnsafeMutableBufferPointer { spectrum in
            unsafe gains.withUnsafeBufferPointer { gains in
                guard let spectrum = spectrum.baseAddress, let gains = gains.baseAddress else {
                    return
                }
                unsafe Number.scale(spectrum, length, gains)
            }
        }
    }
}
