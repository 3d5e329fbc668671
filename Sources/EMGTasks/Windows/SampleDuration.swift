internal import Documents
package import EMGSignal

/// A duration in a configuration: samples, or milliseconds to be turned into samples at the
/// recordings' rate.
public enum SampleDuration: Sendable, Hashable {
    /// A number of samples.
    case samples(Int)
    /// A number of milliseconds.
    case milliseconds(Double)

    /// The duration in samples at a rate; at least 1 for milliseconds.
    package func samples(at rate: SamplingRate) -> Int {
        switch self {
        case .samples(let count): count
        case .milliseconds(let duration): max(1, rate.samples(inSeconds: duration / 1_000))
        }
    }
}
