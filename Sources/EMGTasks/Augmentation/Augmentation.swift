/// How training windows are varied on the fly, so that a model learns what does not matter: where
/// the armband sat, how loud the muscle was.
///
/// A specification is part of a collection's configuration and manifest; the tensors are never
/// augmented. Whoever trains applies it to each batch, with a generator of its own seed.
public struct Augmentation: Sendable, Hashable {
    /// What is varied.
    public enum Kind: Sendable, Hashable {
        /// Channels turned round the limb by a whole number of places, from −positions to
        /// +positions, the same in the whole window.
        case rotation(positions: Int)
        /// Windows shifted in time by a whole number of samples, from −samples to +samples; what
        /// comes in is the window's first or last sample.
        case jitter(samples: Int)
        /// Each channel multiplied by a factor from 1 − range to 1 + range.
        case gain(range: Double)
        /// Noise of that standard deviation added, in units of the normalized signal.
        case noise(deviation: Double)
        /// Each channel multiplied by a smooth curve through `knots` points, evenly spaced over
        /// the window, whose values scatter round 1 with that standard deviation (Um et al. 2017,
        /// "Data augmentation of wearable sensor data").
        case magnitudeWarp(knots: Int, deviation: Double)
    }

    /// What is varied.
    public var kind: Kind
    /// How likely a window is varied, above 0 and at most 1.
    public var probability: Double

    /// Creates an augmentation.
    ///
    /// - Parameters:
    ///   - kind: What is varied.
    ///   - probability: How likely a window is varied, above 0 and at most 1.
    public init(_ kind: Kind, probability: Double = 1) {
        precondition(
            probability > 0 && probability <= 1, "a probability is from 0 to 1, got \(probability)")
        self.kind = kind
        self.probability = probability
    }

    /// The value of `kind` in a configuration and a manifest.
    public var name: String {
        switch kind {
        case .rotation: "rotation"
        case .jitter: "jitter"
        case .gain: "gain"
        case .noise: "noise"
        case .magnitudeWarp: "magnitude_warp"
        }
    }
}
