package import EMGSignal

extension ProcessingStep {
    /// What follows from the recording, or from other parameters and the rate, and is no setting.
    private static let findings: Set = [
        "edge_transient_samples", "half_power_hz", "half_amplitude_hz", "fitted_divisor",
        "fitted_offset", "reference_recording", "reference_source_sha256",
    ]

    /// What earlier versions called parameters.
    private static let earlierNames = [
        "corners_hz": "cutoffs_hz",  // earlier name
        "untrusted_edge_samples": "edge_transient_samples",
    ]

    /// The step as it was asked for, without what it found in its recording.
    package var withoutFindings: ProcessingStep {
        let renamed = parameters.map { (Self.earlierNames[$0.key] ?? $0.key, $0.value) }
        var settings = Dictionary(renamed, uniquingKeysWith: { first, _ in first })
            .filter { !Self.findings.contains($0.key) }
        // Amplitudes of a recording that was named are found there.
        if parameters["reference_recording"] != nil {
            settings["values"] = nil
            settings["stage"] = nil
            settings["source"] = nil
        }
        return ProcessingStep(operation: operation, parameters: settings, software: software)
    }
}

extension [ProcessingStep] {
    /// The steps of a history after ingest.
    package var conditioning: [ProcessingStep] {
        filter { !$0.operation.hasPrefix("ingest") }
    }
}
