/// One step of how an artifact was made: what ran, with which parameters, by which software.
///
/// There is no date in it: the same inputs and parameters give the same bytes.
public struct ProcessingStep: Sendable, Hashable {
    /// What was done, for example `ingest.roam-csv` or `filter.band-pass`.
    public package(set) var operation: String
    /// The parameters, by name.
    public package(set) var parameters: [String: Value]
    /// The software and version that did it, for example `myotask 0.1.0`.
    public package(set) var software: String

    /// Creates a step.
    ///
    /// - Parameters:
    ///   - operation: What was done.
    ///   - parameters: With which parameters.
    ///   - software: By which software and version.
    public init(operation: String, parameters: [String: Value], software: String) {
        self.operation = operation
        self.parameters = parameters
        self.software = software
    }

    /// A parameter.
    public enum Value: Sendable, Hashable {
        /// A number with a fraction; finite.
        case number(Double)
        /// A whole number.
        case integer(Int)
        /// A text.
        case text(String)
        /// A yes or no.
        case flag(Bool)
        /// Several values.
        case list([Value])
    }
}
