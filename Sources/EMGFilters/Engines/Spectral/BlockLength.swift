private import Foundation

/// The length of the transforms of an overlap-save pass: long ones waste less on the overlap,
/// short ones stay in the cache.
enum BlockLength {
    /// Chooses the length that takes the least time.
    ///
    /// The choice depends on the signal and the response alone, not on the number of threads, so
    /// that the result does not either.
    ///
    /// - Parameters:
    ///   - reach: How far the response reaches to each side.
    ///   - segments: The lengths of the segments to be filtered, all lanes together, each
    ///     longer than `reach`.
    /// - Returns: The transform's length, more than twice the reach.
    static func best(reach: Int, segments: [Int]) -> Int {
        let longest = (segments.max() ?? 1) + 2 * reach
        var best = (length: 0, cost: Double.infinity)
        for length in candidates(from: 2 * reach + 1, upTo: longest) {
            let step = length - 2 * reach
            let blocks = segments.reduce(0) { $0 + ($1 + step - 1) / step }
            // Two blocks travel together as real and imaginary part.
            let cost = Double((blocks + 1) / 2) * transformCost(length: length)
            if cost < best.cost { best = (length, cost) }
        }
        return best.length
    }

    /// Lengths that FFTW is fast at, from the first that is at least `least` to the first that
    /// holds `most`.
    private static func candidates(from least: Int, upTo most: Int) -> [Int] {
        var lengths: [Int] = []
        var power = 64
        while true {
            for length in [power, power / 4 * 5, power / 2 * 3] where length >= least {
                lengths.append(length)
                if length >= most { return lengths }
            }
            power *= 2
        }
    }

    /// The time of a forward and an inverse transform and of what is done to each sample of a
    /// block beside them, in arbitrary units: n·log₂n, more where the buffers outgrow the
    /// second-level cache, and a little more for lengths with a factor of 3. Fitted to FFTW's
    /// `ESTIMATE` plans.
    private static func transformCost(length: Int) -> Double {
        let stages = log2(Double(length))
        let beyond = max(0, stages - 15)
        let odd = length.isMultiple(of: 3) ? 2.0 : 0
        return Double(length) * (stages + 12 + 4 * beyond * beyond + odd)
    }
}
