/// The plain chains that the field's toolkits apply by default, by name: band-pass, notch and
/// envelope as each of them means them, with scipy's padding, so that the numbers are theirs.
///
/// They are for comparing with published results; what each does that surprises is said here.
public enum ConditioningPreset: String, Sendable, Hashable, CaseIterable {
    /// pyemgpipeline 1.0: the mean taken off, band-pass 10–450 Hz, rectified, 6 Hz low-pass. Its
    /// "order 4" is order 2 forward and backward.
    case pyemgpipeline
    /// BioSPPy 2.2 `emg`: a 100 Hz high-pass of order 4, the mean taken off before.
    case bioSPPy = "biosppy"
    /// NeuroKit2 0.2 `emg_clean`: the same filter, the mean taken off after.
    case neuroKit2 = "neurokit2"
    /// EMGFlow 1.1: a notch at 60 Hz of quality 5, then band-pass 20–450 Hz of order 5.
    case emgFlow = "emgflow"
    /// LibEMG 2.0's common filters: band-pass 20–450 Hz of order 4 and a notch of 3 Hz at 60 Hz.
    /// Below 1 kHz LibEMG silently high-passes at 20 Hz instead; this chain is refused there.
    case libEMG = "libemg"

    /// The chain.
    public var pipeline: ConditioningPipeline {
        ConditioningPipeline(engine: .recursive, edges: .scipy, stages: stages)
    }

    private var stages: [any PipelineStage] {
        switch self {
        case .pyemgpipeline:
            [
                .detrend(.constant), .bandPass(low: 10, high: 450, order: 2),
                .envelope(cutoff: 6, order: 2),
            ]
        case .bioSPPy: [.highPass(cutoff: 100, order: 4)]
        case .neuroKit2: [.highPass(cutoff: 100, order: 4), .detrend(.constant)]
        case .emgFlow:
            [
                .notch(mains: 60, width: .quality(5)),
                .bandPass(low: 20, high: 450, order: 5),
            ]
        case .libEMG:
            [
                .bandPass(low: 20, high: 450, order: 4),
                .notch(mains: 60, width: .bandwidth(3)),
            ]
        }
    }
}
