public import Documents

/// One step of a ``ConditioningPipeline`` as its user states it: cut-offs in hertz, orders as the
/// field's tools count them (of one pass), windows in seconds.
///
/// A stage is a value that is described by its fields, from which come its reading, its schema
/// and its documentation; for signals of given rates it designs what it consists of. A package
/// outside adds a stage of its own by conforming a type to this protocol and adding it to the
/// kinds that documents are read with:
///
/// ```swift
/// document.kinds.add(stage: LeakyIntegrator.self)
/// let pipeline = try ConditioningPipeline(document.cursor)
/// ```
public protocol PipelineStage: DescribedKind, Hashable {
    /// Designs the stage for signals of given rates.
    ///
    /// - Parameter input: The rates, and how filters are applied.
    /// - Returns: What the stage consists of.
    /// - Throws: ``FilterError`` when it cannot be.
    func design(for input: StageInput) throws(FilterError) -> StageDesign

    /// Whether the stage expects a signal that swings around zero, and makes nonsense of one that
    /// is an envelope already.
    var expectsSwing: Bool { get }

    /// The mains frequency in hertz that the stage takes out; `nil` for most stages.
    var mainsFrequency: Double? { get }

    /// The recording that the stage must be fitted on before it can be applied; `nil` for most
    /// stages, and for one that is fitted.
    var reference: StageReference? { get }

    /// The stage fitted on the recording that ``reference`` names.
    ///
    /// - Parameter recording: Its samples, having passed the stages before.
    /// - Returns: The stage, without a reference.
    /// - Throws: ``FilterError`` when it cannot be fitted on them.
    func fitted(on recording: ReferenceSamples) throws(FilterError) -> Self

    /// Refuses recordings that the stage cannot be applied to.
    ///
    /// - Parameter channelCount: How many channels they have.
    /// - Throws: ``FilterError`` that says why.
    func check(channelCount: Int) throws(FilterError)
}

extension PipelineStage {
    /// It takes any signal.
    public var expectsSwing: Bool { false }
    /// It takes no mains hum out.
    public var mainsFrequency: Double? { nil }
    /// It is fitted on nothing.
    public var reference: StageReference? { nil }
    /// There is nothing to fit.
    public func fitted(on recording: ReferenceSamples) throws(FilterError) -> Self { self }
    /// Any number of channels will do.
    public func check(channelCount: Int) throws(FilterError) {}

    /// The name in documents.
    public var key: String { Self.key }
}
