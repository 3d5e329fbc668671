public import EMGSignal

/// A recording that was read and what its user should know about it.
public struct IngestOutcome: Sendable, Hashable {
    /// The recording, its quality intervals filled in.
    public let recording: Recording
    /// The way back to the numbers of the source.
    public let scaling: ADCScaling
    /// What is odd about it, in the order of the file.
    public let warnings: [IngestWarning]

    /// Creates an outcome.
    package init(recording: Recording, scaling: ADCScaling, warnings: [IngestWarning]) {
        self.recording = recording
        self.scaling = scaling
        self.warnings = warnings
    }
}
