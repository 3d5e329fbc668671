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
