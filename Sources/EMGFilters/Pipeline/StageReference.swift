public import EMGSignal

/// The recording that a stage is fitted on.
public struct StageReference: Sendable, Hashable {
    /// Its name: a condition of the same session, `session/condition` of the same patient or
    /// `patient/session/condition`.
    public let name: String
    /// How the stage is fitted, for the history of recordings; each name is led by `reference_`
    /// there.
    public let parameters: [String: ProcessingStep.Value]

    /// Creates a reference.
    ///
    /// - Parameters:
    ///   - name: The recording's name.
    ///   - parameters: How the stage is fitted, for the history.
    public init(name: String, parameters: [String: ProcessingStep.Value] = [:]) {
        self.name = name
        self.parameters = parameters
    }
}

/// What a stage is fitted on: the samples of a recording that are not marked bad.
public struct ReferenceSamples: Sendable {
    /// The recording's name, for messages and the history.
    public let name: String
    /// The usable samples of each channel, in order.
    public let channels: [[Double]]

    /// Creates samples to fit on.
    ///
    /// - Parameters:
    ///   - name: The recording's name.
    ///   - channels: The usable samples of each channel.
    public init(name: String, channels: [[Double]]) {
        self.name = name
        self.channels = channels
    }
}
