internal import EMGSignal

extension ProcessingStep {
    /// What follows from the recording, or from other parameters and the rate, and is no setting.
    private static let findings: Set = [
        "edge_transient_samples", "half_power_hz", "half_amplitude_hz", "fitted_divisor",
        "fitted_offset", "reference_recording", "reference_source_sha256",
    ]

    /// The step as it was asked for, without what it found in its recording.
    var withoutFindings: ProcessingStep {
        var settings = parameters.filter { !Self.findings.contains($0.key) }
        // Amplitudes of a recording that was named are found there.
        if parameters["reference_recording"] != nil {
            settings["values"] = nil
            settings["source"] = nil
        }
        return ProcessingStep(operation: operation, parameters: settings, software: software)
    }
}
