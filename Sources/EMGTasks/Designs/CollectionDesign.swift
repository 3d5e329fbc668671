public import Documents
package import EMGSignal

/// A family of collections made from one archive: an experiment's design.
///
/// Every collection is the same tasks, divided otherwise into training, validation and test, or a
/// part of them. Test tasks are never used for validation.
public struct CollectionDesign: KindHolder, Hashable {
    /// What distinguishes the collections.
    @KindValue public var rule: any DesignRule
    /// Which training tasks are set aside for validation; none when `nil`.
    public var validation: ValidationChoice?

    /// Creates a design.
    ///
    /// - Parameters:
    ///   - rule: What distinguishes the collections.
    ///   - validation: Which training tasks are set aside for validation.
    public init(_ rule: any DesignRule, validation: ValidationChoice? = nil) {
        self.rule = rule
        self.validation = validation
    }

    /// Creates a design without validation tasks.
    package init(kind: any DesignRule) { self.init(kind) }

    /// More collections than this are assumed to be a mistake.
    package static let foldLimit = 10_000
    /// More tasks than this in all manifests of a design, some 20 GB of them, are assumed to be a
    /// mistake: each person of thousands left out in turn.
    package static let listingLimit = 10_000_000

    /// The library's designs.
    package static var registry: Registry<any DesignRule> { .standard }
    /// The member that names the design.
    package static let tag = "rule"
    /// The design must be named.
    package static let standardKind: String? = nil
    /// The rule.
    package var describedKind: any DescribedKind { rule }

    /// The members beside those of the rule.
    package static let ownFields: Fields<Self> = [
        Field(
            optional: "validation", \.validation, ValidationChoice.format,
            "Training tasks set aside for validation; never test tasks.", absence: .leftOut)
    ]

    /// Says that a member belongs to another design.
    package static let foreignMember:
        (@Sendable (DocumentCursor, String, Registry<any DesignRule>.Entry) -> DocumentError)? = {
            member, key, entry in
            member.error(
                expected: "members of the chosen rule only", found: "\"\(key)\"",
                hint: "the rule has the members \(entry.keys.joined(separator: ", "))")
        }

    /// Lays the design out over recordings.
    ///
    /// - Parameters:
    ///   - tasks: The usable recordings.
    ///   - unusable: Ids that are there but not usable; a list may name them.
    ///   - seed: What random choices are drawn from.
    ///   - subject: The design's name, for errors.
    /// - Returns: The collections, in a stable order with stable names.
    /// - Throws: ``TaskError`` when a task would be in two lists, a name fits nothing, or a list is
    ///   left empty.
    package func folds(
        of tasks: [RecordingIdentity], unusable: Set<String> = [], seed: UInt64, subject: String
    ) throws(TaskError) -> [DesignFold] {
        try rule.folds(
            of: DesignInput(
                tasks: tasks.sorted(), unusable: unusable, validation: validation, seed: seed,
                subject: subject))
    }
}
