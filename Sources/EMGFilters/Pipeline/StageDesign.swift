public import EMGSignal

/// What a stage has become for signals of given rates.
public struct StageDesign: Sendable {
    /// The filters and operations that the stage consists of, in the order in which they run.
    public var elements: [StageElement]
    /// What was chosen otherwise than asked for, or left out.
    public var warnings: [String]
    /// The numbers that go into the history of recordings, by name. Cut-offs, orders, lengths and
    /// edge transients of filters are added to them.
    public var parameters: [String: ProcessingStep.Value]

    /// Creates a design.
    ///
    /// - Parameters:
    ///   - elements: What is done, in order.
    ///   - warnings: What was chosen otherwise than asked for, or left out.
    ///   - parameters: The numbers that go into the history.
    public init(
        _ elements: [StageElement] = [], warnings: [String] = [],
        parameters: [String: ProcessingStep.Value] = [:]
    ) {
        self.elements = elements
        self.warnings = warnings
        self.parameters = parameters
    }

    /// Adds an IIR filter and the cut-offs it was asked for.
    mutating func add(_ filter: FilterDesign, cutoffs: [Double]) {
        elements.append(.iir(filter))
        parameters["cutoffs_hz"] = .list(cutoffs.map { .number($0) })
    }
}
