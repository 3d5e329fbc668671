/// The unit of a feature's numbers.
public enum FeatureUnit: String, Sendable, Hashable {
    /// That of the signal.
    case signal = "of the signal"
    /// That of the signal, squared.
    case squaredSignal = "of the signal, squared"
    /// The logarithm of the signal's unit.
    case logarithm
    /// How many samples.
    case count
    /// Hertz.
    case hertz = "Hz"
    /// None.
    case none
}
