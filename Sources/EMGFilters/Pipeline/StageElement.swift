/// What a designed stage consists of, in the order in which samples pass it. Neighboring filters
/// of a chain are run as one, whatever stages they are of.
public enum StageElement: Sendable {
    /// An IIR filter: two passes in zero phase, one when causal.
    case iir(FilterDesign)
    /// A filter of finite response, its delay removed but when causal.
    case fir(FIRDesign)
    /// An operation on single samples.
    case sample(SampleOperation)
    /// An operation that needs more of a channel than one sample.
    case channel(any ChannelOperation)
    /// A change of rate.
    case resample(Resampler)

    /// Whether it cannot be done to samples as they come.
    var needsWholeSignal: Bool {
        switch self {
        case .iir, .fir, .sample: false
        case .channel(let operation): operation.needsWholeSignal
        case .resample: true
        }
    }
}
