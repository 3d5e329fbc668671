public import Documents
public import EMGSignal

/// How the time of a recording is divided into what a model may adapt on (support) and what it
/// is evaluated on (query).
///
/// Time is cut before windows are made, with a guard between the two parts, so that no sample can
/// be in both. A rule of a package outside is one type that conforms; documents name it when it is
/// added to the `Kinds` that they are read with.
public protocol SplitRule: DescribedKind, Hashable {
    /// Whether the rule looks at labels.
    var needsLabels: Bool { get }

    /// The rule's parameters, by name, as a manifest has them: reading gives the rule back.
    var parameters: [String: ProcessingStep.Value] { get }

    /// Where the support of a recording lies before anything is cut out of it.
    ///
    /// - Parameter recording: The recording.
    /// - Returns: Ranges in order and apart from each other.
    /// - Throws: ``TaskError`` when the recording is not as the rule needs it.
    func support(of recording: SplitInput) throws(TaskError) -> [SampleRange]

    /// Divides a recording: by default what lies on both sides of the border of the support, with
    /// the guard between.
    ///
    /// - Parameter recording: The recording.
    /// - Returns: The ranges and windows of both parts, within what is usable.
    /// - Throws: ``TaskError`` when the recording is not as the rule needs it.
    func parts(of recording: SplitInput) throws(TaskError) -> SplitParts

    /// The rule with the names that classes get in a collection, where it leaves names open.
    func following(_ classes: ClassMap) -> Self

    /// The classes of a collection that the rule was reported to look for.
    ///
    /// - Parameter classes: How classes of recordings become those of the collection.
    /// - Returns: Names; empty when nobody named any.
    func namedClasses(in classes: ClassMap) -> [String]

    /// Rules of this kind that could divide recordings that another rule does not fit.
    ///
    /// - Parameter recordings: Labels of recordings with the classes to be learned.
    /// - Returns: Rules to try; none by default.
    func proposals(for recordings: [LearnedLabels]) -> [Self]
}

extension SplitRule {
    /// The value of `split.rule` in a configuration and a manifest.
    public var name: String { Self.key }

    /// The members of the rule's document.
    public var parameters: [String: ProcessingStep.Value] { .init(members) }

    /// What lies on both sides of the border of the support.
    public func parts(of recording: SplitInput) throws(TaskError) -> SplitParts {
        recording.parts(support: try support(of: recording))
    }

    /// Itself: most rules name no class.
    public func following(_ classes: ClassMap) -> Self { self }

    /// None.
    public func namedClasses(in classes: ClassMap) -> [String] { [] }

    /// None.
    public func proposals(for recordings: [LearnedLabels]) -> [Self] { [] }
}
