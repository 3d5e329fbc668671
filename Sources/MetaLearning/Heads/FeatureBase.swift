/// What a network's output is added to, so that training starts from features that are known to
/// be good.
package enum FeatureBase: String, Sendable, Hashable, CaseIterable {
    /// Nothing: the network's output alone.
    case none
    /// The window itself, for rows that are features already.
    case input
    /// The logarithm of each channel's mean absolute value, on the scale of training people; see
    /// ``LogAmplitude``.
    case logAmplitude = "log_amplitude"
}
