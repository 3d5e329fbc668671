public import Documents
public import EMGSignal
public import SeededRandom
package import TaskDraws

/// What a task collection should be: the content of the file given to `build`.
///
/// ```yaml
/// seed: 45
/// window: {length: 40, stride: 4, label_rule: last}
/// split: {rule: first_cycle}
/// normalization: standard
/// splits:
///   test: [p13, p14, p15]
///   validation: 2
/// ```
public struct CollectionConfiguration: Described, Hashable {
    /// What random choices are drawn from.
    public var seed: UInt64
    /// Which recordings of the archive are taken; `nil` takes all.
    public var include: RecordingSelection?
    /// How windows are cut.
    public var window: WindowSettings
    /// How support and query are divided.
    public var split: SplitSettings
    /// How samples are scaled.
    @KindValue public var normalization: any NormalizationRule
    /// Who trains, validates and tests, when one collection is built.
    public var patients: PatientSplit
    /// The design of an experiment of several collections, instead of ``patients``.
    public var design: CollectionDesign?
    /// How the classes of recordings become those of the collection.
    public var classes: ClassMap
    /// How the channels of recordings become those of the collection.
    public var channels: ChannelMap
    /// How training windows are to be varied; the tensors are not.
    public var augmentation: [AugmentationStep]
    /// How tasks are varied as a whole before they are stored.
    package var variation: [TaskVariationStep] = []
    /// What a regression should put out for each window; `nil` for classes only.
    public var targets: TargetSelection?
    /// The decisions of people about the recordings that are to be applied; `nil` for none.
    public var edits: EditSelection?
    /// What of the recordings' quality is in no window and in no fit, and what is reported.
    public var quality: QualityPolicy
    /// What packages outside have added to the kinds that it may name.
    package var kinds = Kinds()

    /// Creates a configuration; all else has its default and can be set.
    ///
    /// - Parameters:
    ///   - window: How windows are cut.
    ///   - split: How support and query are divided.
    ///   - patients: Who trains, validates and tests.
    ///   - seed: What random choices are drawn from.
    public init(
        window: WindowSettings, split: SplitSettings = SplitSettings(),
        patients: PatientSplit = PatientSplit(), seed: UInt64 = SeededGenerator.defaultSeed
    ) {
        self.seed = seed
        self.window = window
        self.split = split
        normalization = .standard
        self.patients = patients
        classes = ClassMap()
        channels = ChannelMap()
        augmentation = []
        quality = QualityPolicy()
    }

    /// Reads a configuration; it keeps the kinds that it was read with.
    ///
    /// - Parameter cursor: Where the object stands.
    /// - Throws: `DocumentError` with the place of the fault.
    public init(_ cursor: DocumentCursor) throws(DocumentError) {
        self.init()
        try read(cursor)
        kinds = cursor.kinds
    }

    /// Creates a configuration whose windows are still to be set.
    public init() {
        self.init(window: WindowSettings())
    }

    /// The members, in the order in which messages list them.
    public static let fields = Fields<Self>(members, rules: [.atMostOne(["splits", "design"])])

    private static let members: [Field<Self>] = [
        Field("seed", \.seed, .seed, "What random choices are drawn from."),
        Field(
            optional: "include", \.include, .object(),
            "Which recordings are taken; all when left out.", absence: .leftOut),
        Field("window", \.window, .object(), "How windows are cut.", isRequired: true),
        Field(
            "split", \.split, SplitSettings.format,
            "How each recording is divided into support and query."),
        Field(
            "normalization", \.normalization, .normalization,
            "How samples are scaled, channel by channel; always fitted on the support alone."),
        Field(
            "splits", schema: { .object(PatientSplit.schema(with: $0)) },
            "Which patients train, validate and test; a patient is in one split with all "
                + "recordings.",
            read: { cursor, root throws(DocumentError) in
                root.patients = try PatientSplit(cursor)
            },
            write: { $0.design == nil ? $0.patients.document : nil }),
        Field(
            optional: "design", \.design, CollectionDesign.format,
            "Several collections from one archive, each in a folder of its own; instead of "
                + "`splits`.", absence: .leftOut),
        Field(
            "classes", schema: { .object(ClassMap.schema(with: $0)) },
            "How the classes of recordings become those of the collection; a name that no "
                + "recording has is refused. Samples that nobody labeled (the reserved name "
                + "`unlabeled`) are in no window unless `rename` or `merge` gives them the name "
                + "of a class.",
            read: { cursor, root throws(DocumentError) in root.classes = try ClassMap(cursor) },
            write: { $0.classes.isIdentity ? nil : $0.classes.document }),
        Field(
            "channels", schema: { .object(ChannelMap.schema(with: $0)) },
            "How the channels of recordings become those of the collection.",
            read: { cursor, root throws(DocumentError) in root.channels = try ChannelMap(cursor) },
            write: { $0.channels.isIdentity ? nil : $0.channels.document }),
        Field(
            "augmentation", \.augmentation, .list(of: AugmentationStep.format),
            "How training windows are varied on the fly; the tensors are not."),
        .list(
            "variation", \.variation, .list(of: TaskVariationStep.format),
            "How tasks are varied as a whole before they are stored: a draw a task or a person, "
                + "shared by support and query and recorded in the manifest."),
        Field(
            optional: "targets", \.targets, .object(),
            "Continuous quantities of the recordings, such as joint angles, that a regression "
                + "should put out for each window.", absence: .leftOut),
        Field(
            optional: "edits", \.edits, EditSelection.format,
            "The edit file of a review (edits.schema.json), relative to this file, and which "
                + "recordings become tasks. None with null."),
        Field(
            "quality", \.quality, QualityPolicy.format,
            "What of the recordings' quality is in no window and in no fit, and what is reported "
                + "windows that contain it. docs/tasks/quality.md says what each word means."),
    ]

    /// Refuses people to be divided in two ways.
    public func check(_ object: DocumentObject) throws(DocumentError) {
        if targets != nil, split.recordings != nil, let place = object.optional("targets") {
            throw place.error(
                expected: "tasks of one recording each", found: "split.support_from",
                hint: "a regression's support and query come from one recording: leave out "
                    + "split.support_from and split.query_from")
        }
        guard let design = object.optional("design"), object.optional("splits") != nil else {
            return
        }
        throw design.error(
            expected: "either \"splits\" or \"design\"", found: "both",
            hint: "a design says itself who trains and who is tested on")
    }
}

extension CollectionConfiguration {
    /// What the configuration means where its document says nothing, as far as a default depends on
    /// no choice of other members: with the guard of one window and the cues of the split rule.
    package var defaults: DocumentValue {
        var settings = CollectionConfiguration(
            window: window, split: split, patients: patients, seed: seed)
        settings.split.rule = split.rule.following(classes)
        settings.split.guardDuration = split.guardDuration ?? window.length
        settings.quality = quality
        settings.design = design
        let stated = ["seed", "window", "split", "normalization", "quality", "splits", "edits"]
        return DocumentValue(
            .object(
                settings.members.filter { stated.contains($0.key) }.beginning(with: stated).map {
                    DocumentValue.Member(
                        key: $0.key, value: $0.value.beginning(with: ["support_fraction"]))
                }))
    }

    /// Makes sure that the configuration names classes that some recording has.
    func checkClassNames(known: [String], subject: String) throws(TaskError) {
        try classes.checkNames(
            known: known, cues: split.rule.namedClasses(in: classes), subject: subject)
    }
}

extension DocumentValue {
    /// An object with some members before the others.
    fileprivate func beginning(with keys: [String]) -> DocumentValue {
        guard case .object(let members) = content else { return self }
        return DocumentValue(.object(members.beginning(with: keys)))
    }
}

extension [DocumentValue.Member] {
    /// Members with those of some names first, in the order of the names.
    fileprivate func beginning(with keys: [String]) -> [DocumentValue.Member] {
        keys.compactMap { key in first { $0.key == key } } + filter { !keys.contains($0.key) }
    }
}
