/// How a segment of signal is continued beyond its ends, so that filters have something to start
/// from.
///
/// Whatever the policy, samples nearer to an edge than ``ConditioningChain/edgeTransient`` depend
/// on it and are not to be trusted.
public enum EdgePolicy: String, Sendable, Hashable, CaseIterable {
    /// Turned half round about its end points, `2·x[0] - x[k]`, as far as the response reaches.
    case oddReflection = "odd_reflection"
    /// As `scipy.signal.sosfiltfilt` has it: each filter by itself, odd reflection of a handful of
    /// samples and the steady state of the first one before; the two passes one after the other.
    /// Recursive engine only. A segment too short for that padding is padded by one sample less
    /// than it has, where scipy refuses it.
    case scipy
    /// Each end's last sample for ever.
    case constant
    /// Zeros: as if the electrode had been silent before and after.
    case none
}

extension EdgePolicy {
    /// The value `distance` samples beyond an end.
    ///
    /// - Parameters:
    ///   - edge: The end's sample.
    ///   - inside: The sample `distance` before the end.
    /// - Returns: The continuation.
    func value<Number: BinaryFloatingPoint>(edge: Number, inside: Number) -> Number {
        switch self {
        case .oddReflection, .scipy: 2 * edge - inside
        case .constant: edge
        case .none: 0
        }
    }

    /// The samples beyond one end, the nearest first, for any distance: an odd reflection is
    /// reflected again at the ends of what it gives.
    ///
    /// - Parameters:
    ///   - count: How many.
    ///   - length: Samples in the segment, at least 1.
    ///   - sample: The sample at a distance from this end, below `length`.
    /// - Returns: `count` samples.
    func continuation(count: Int, length: Int, sample: (Int) -> Double) -> [Double] {
        let first = sample(0)
        guard length > 1 else {
            return Array(repeating: value(edge: first, inside: first), count: count)
        }
        let last = sample(length - 1)
        let period = 2 * (length - 1)
        return (1...max(1, count)).prefix(count).map { distance in
            if distance < length { return value(edge: first, inside: sample(distance)) }
            guard self == .oddReflection || self == .scipy else {
                return value(edge: first, inside: first)
            }
            // The continuation is periodic but for the line through the end points.
            let (turns, rest) = distance.quotientAndRemainder(dividingBy: period)
            let mirrored =
                rest < length
                ? 2 * first - sample(rest) : 2 * (first - last) + sample(period - rest)
            return mirrored - 2 * (last - first) * Double(turns)
        }
    }
}
