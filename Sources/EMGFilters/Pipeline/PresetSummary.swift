extension ConditioningPreset {
    /// The name in documents and on the command line.
    package var name: String { rawValue }

    /// What the chain does, in a line for people.
    package var summary: String {
        switch self {
        case .pyemgpipeline: "mean off, band-pass 10-450 Hz, rectified, 6 Hz low-pass"
        case .bioSPPy: "high-pass at 100 Hz"
        case .neuroKit2: "high-pass at 100 Hz, then the mean off"
        case .emgFlow: "notch at 60 Hz of quality 5, then band-pass 20-450 Hz"
        case .libEMG: "band-pass 20-450 Hz, then a notch of 3 Hz at 60 Hz"
        }
    }

    /// The toolkit and version whose default chain it is.
    package var toolkit: String {
        switch self {
        case .pyemgpipeline: "pyemgpipeline 1.0"
        case .bioSPPy: "BioSPPy 2.2"
        case .neuroKit2: "NeuroKit2 0.2"
        case .emgFlow: "EMGFlow 1.1"
        case .libEMG: "LibEMG 2.0"
        }
    }
}
