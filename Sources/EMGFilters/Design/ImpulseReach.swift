private import Foundation

/// How far the impulse response of a cascade reaches: after how many samples what is left of it
/// no longer matters.
///
/// The poles say how long to look: the slowest one decays by its ``BilinearSection/decayRate``
/// each sample. Within that time the response itself is computed, because poles alone do not say
/// their residues, and clustered poles have residues that cancel. A recursion started from one
/// impulse keeps its relative precision down to the smallest tail, which a Fourier transform
/// would bury in rounding noise.
struct ImpulseReach: Sendable {
    /// For each lag, the sum of magnitudes from it on; of lag 0, the whole sum. For zero phase,
    /// one side only. Empty for a response too long to be computed.
    private let tails: [Double]
    private let decayRate: Double

    /// Nepers after which even the lag times exponential of a pole of high multiplicity is
    /// beyond double precision.
    private static let nepers = 64.0
    /// The longest response that is computed, in samples.
    private static let longestComputed = 1 << 20

    /// Computes the response.
    ///
    /// - Parameters:
    ///   - sections: The cascade.
    ///   - decayRate: That of its slowest pole, above 0.
    ///   - isZeroPhase: Whether it runs backward too.
    init(_ sections: SecondOrderSections, decayRate: Double, isZeroPhase: Bool) {
        self.decayRate = decayRate
        guard decayRate * Double(Self.longestComputed) > Self.nepers else {
            tails = []
            return
        }
        let poles = 2 * sections.sections.count
        var response = [Double](
            repeating: 0, count: Int(Self.nepers / decayRate) + 8 * poles + 1)
        response[0] = 1
        var filter = IIRFilter(sections, channelCount: 1)
        filter.process(&response)
        if isZeroPhase {
            response.reverse()
            filter.reset()
            filter.process(&response)
            response.reverse()
        }
        var sum = 0.0
        for index in response.indices.reversed() {
            sum += abs(response[index])
            response[index] = sum
        }
        tails = response
    }

    /// The smallest number of samples beyond which the magnitudes of the response, on one side,
    /// sum to at most `level` times their whole sum.
    ///
    /// A disturbance no larger than the signal's peak that ends this long ago, such as a wrong
    /// continuation at an edge, changes the result by at most `level` times what the largest
    /// signal of that peak could come out as.
    ///
    /// - Parameter level: Above 0 and below 1.
    /// - Returns: A count of samples.
    func samples(toLevel level: Double) -> Int {
        precondition(level > 0 && level < 1, "a level lies between 0 and 1, got \(level)")
        guard let whole = tails.first else {
            // e⁸ for the residues of clustered poles.
            return Int(((8 - log(level)) / decayRate).rounded(.up))
        }
        var (low, high) = (0, tails.count)
        while low < high {
            let middle = (low + high) / 2
            if tails[middle] > level * whole { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
