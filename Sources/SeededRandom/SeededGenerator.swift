/// A seeded pseudo-random generator whose sequence is the same on every platform.
///
/// xoshiro256** (Blackman and Vigna, "Scrambled linear pseudorandom number generators", ACM
/// Trans. Math. Softw. 47, 2021), its state filled by SplitMix64. Everything that ends up in a
/// file is drawn from it: only integer arithmetic and exact operations on `Double` are used, so
/// that a seed names the same bytes everywhere.
public struct SeededGenerator: RandomNumberGenerator, Sendable, Hashable {
    /// The seed of whatever is drawn without one being given: of trainings, collections, synthetic
    /// laboratories, sinusoids and resampling alike.
    public static let defaultSeed: UInt64 = 45

    private var state: (UInt64, UInt64, UInt64, UInt64)

    /// Creates the generator of a seed, or of one named stream of it.
    ///
    /// - Parameters:
    ///   - seed: Any value.
    ///   - stream: A name for an independent sequence of the same seed, so that drawing more
    ///     numbers for one purpose does not move those of another.
    public init(seed: UInt64, stream: String = "") {
        // FNV-1a of the stream's name, mixed into the seed before SplitMix64.
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in stream.utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
        var mixer = stream.isEmpty ? seed : seed ^ hash
        state = (
            Self.splitMix(&mixer), Self.splitMix(&mixer), Self.splitMix(&mixer),
            Self.splitMix(&mixer)
        )
    }

    /// Restores a generator from ``stateWords``.
    ///
    /// - Parameter stateWords: Four words, not all of them zero.
    public init?(stateWords: [UInt64]) {
        guard stateWords.count == 4, stateWords.contains(where: { $0 != 0 }) else { return nil }
        state = (stateWords[0], stateWords[1], stateWords[2], stateWords[3])
    }

    /// The state, for saving in a checkpoint.
    public var stateWords: [UInt64] { [state.0, state.1, state.2, state.3] }

    /// The next 64 random bits.
    public mutating func next() -> UInt64 {
        let result = Self.rotateLeft(state.1 &* 5, by: 7) &* 9
        let shifted = state.1 << 17
        state.2 ^= state.0
        state.3 ^= state.1
        state.1 ^= state.2
        state.0 ^= state.3
        state.2 ^= shifted
        state.3 = Self.rotateLeft(state.3, by: 45)
        return result
    }

    /// A number drawn uniformly from [0, 1), a multiple of 2⁻⁵³.
    public mutating func uniform() -> Double {
        Double(next() >> 11) * 0x1p-53
    }

    /// A number drawn uniformly from `range`.
    public mutating func uniform(in range: Range<Double>) -> Double {
        range.lowerBound + uniform() * (range.upperBound - range.lowerBound)
    }

    /// An integer drawn uniformly from `0..<bound`, without bias (Lemire 2019).
    ///
    /// - Parameter bound: At least 1.
    /// - Returns: A whole number of at least 0 and below `bound`.
    public mutating func integer(below bound: Int) -> Int {
        precondition(bound >= 1, "bound must be at least 1, got \(bound)")
        let limit = UInt64(bound)
        var product = next().multipliedFullWidth(by: limit)
        if product.low < limit {
            let threshold = (0 &- limit) % limit
            while product.low < threshold { product = next().multipliedFullWidth(by: limit) }
        }
        return Int(product.high)
    }

    /// A number of mean 0 and variance 1: the sum of twelve uniform numbers, less six.
    ///
    /// Additions only, so the value does not depend on a platform's `log` or `cos`; its tails end
    /// at ±6.
    public mutating func nearlyNormal() -> Double {
        var sum = -6.0
        for _ in 0..<12 { sum += uniform() }
        return sum
    }

    /// The elements in random order (Fisher and Yates).
    public mutating func shuffled<Element>(_ elements: [Element]) -> [Element] {
        var result = elements
        for last in stride(from: result.count - 1, to: 0, by: -1) {
            result.swapAt(last, integer(below: last + 1))
        }
        return result
    }

    /// Whether two generators give the same sequence from here on.
    public static func == (left: Self, right: Self) -> Bool { left.state == right.state }

    /// Hashes the state.
    public func hash(into hasher: inout Hasher) { hasher.combine(stateWords) }

    private static func rotateLeft(_ value: UInt64, by count: UInt64) -> UInt64 {
        (value << count) | (value >> (64 - count))
    }

    private static func splitMix(_ state: inout UInt64) -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
