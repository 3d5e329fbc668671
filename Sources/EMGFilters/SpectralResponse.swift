internal import FFTW

/// A ``ZeroPhaseResponse`` at the bins of one transform, ready to be multiplied with.
struct SpectralResponse<Number: FFTNumber>: Sendable {
    /// The transform.
    let plan: ComplexFFTPlan<Number>
    /// Samples on each side that a result depends on.
    let reach: Int
    /// What a constant is multiplied by.
    let constantGain: Number
    /// How stretches are continued.
    let edges: EdgePolicy
    /// Two equal numbers a bin.
    private let gains: [Number]

    /// Samples of the transform.
    var length: Int { plan.length }

    init(_ response: ZeroPhaseResponse, length: Int, edges: EdgePolicy) {
        plan = .shared(length: length)
        reach = response.reach
        constantGain = Number(response.constantGain)
        self.edges = edges
        let half = response.scaledGains(length: length)
        var gains: [Number] = []
        gains.reserveCapacity(2 * length)
        for bin in 0..<length {
            let gain = Number(half[min(bin, length - bin)])
            gains.append(gain)
            gains.append(gain)
        }
        self.gains = gains
    }

    /// Multiplies a spectrum, real and imaginary parts in turn, by the response.
    func multiply(_ spectrum: inout MutableSpan<Number>) {
        let gains = gains.span
        precondition(spectrum.count == gains.count)
        for index in 0..<gains.count {
            unsafe spectrum[unchecked: index] *= gains[unchecked: index]
        }
    }
}
