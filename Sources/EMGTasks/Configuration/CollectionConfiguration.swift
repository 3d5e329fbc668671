public import Documents
public import EMGArchive
public import EMGSignal

/// What a task collection shall be: the content of the file given to `build`.
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
public struct CollectionConfiguration: Sendable, Hashable {
    /// A length of time in a configuration: samples, or milliseconds to be turned into samples at
    /// the recordings' rate.
    public enum Extent: Sendable, Hashable {
        /// A number of samples.
        case samples(Int)
        /// A duration in milliseconds.
        case milliseconds(Double)

        /// The extent in samples, at least 1.
        public func samples(at rate: SamplingRate) -> Int {
            switch self {
            case .samples(let count): count
            case .milliseconds(let duration):
                max(1, rate.samples(inSeconds: duration / 1_000))
            }
        }
    }

    /// Which recordings of the archive are taken; `nil` takes all.
    public var include: RecordingSelection?
    /// The length of a window.
    public var windowLength: Extent
    /// The distance between the starts of neighboring windows.
    public var windowStride: Extent
    /// Which label a window gets.
    public var labelRule: LabelRule
    /// How support and query are divided.
    public var split: SplitRule
    /// What is left out between support and query; one window when `nil`, never less.
    public var guardExtent: Extent?
    /// How much of each phase of the support is kept, from its start: above 0 and at most 1.
    public var supportFraction: Double
    /// What is left out on both sides of each label change; nothing when `nil`.
    public var transitionTrim: Extent?
    /// How samples are scaled.
    public var normalization: NormalizationMethod
    /// What of the recordings' quality is in no window and in no fit, and what is told.
    public var quality: QualityPolicy
    /// Who trains, validates and tests, when one collection is built.
    public var patients: PatientSplit
    /// The design of an experiment of several collections, instead of ``patients``.
    public var design: CollectionDesign?
    /// How the classes of recordings become those of the collection.
    public var classes: ClassMap
    /// How the channels of recordings become those of the collection.
    public var channels: ChannelMap
    /// How training windows are to be varied; the tensors are not.
    public var augmentation: [Augmentation]
    /// What a regression shall put out for each window; `nil` for classes only.
    public var targets: TargetSelection?
    /// What random choices are drawn from.
    public var seed: UInt64
    /// The decisions of people about the recordings that are to be applied; `nil` for none.
    public var edits: EditSelection?

    /// Creates a configuration.
    ///
    /// - Parameters:
    ///   - include: Which recordings are taken; `nil` takes all.
    ///   - windowLength: The length of a window.
    ///   - windowStride: The distance between the starts of neighboring windows.
    ///   - labelRule: Which label a window gets.
    ///   - split: How support and query are divided.
    ///   - guardExtent: What is left out between the two; one window when `nil`.
    ///   - supportFraction: How much of each phase of the support is kept.
    ///   - transitionTrim: What is left out on both sides of each label change.
    ///   - normalization: How samples are scaled.
    ///   - quality: What of the recordings' quality is in no window and in no fit.
    ///   - patients: Who trains, validates and tests.
    ///   - design: The design of an experiment of several collections, instead of `patients`.
    ///   - classes: How the classes of recordings become those of the collection.
    ///   - channels: How the channels of recordings become those of the collection.
    ///   - augmentation: How training windows are to be varied.
    ///   - targets: What a regression shall put out for each window.
    ///   - seed: What random choices are drawn from.
    ///   - edits: The decisions of people about the recordings that are to be applied.
    public init(
        include: RecordingSelection? = nil, windowLength: Extent, windowStride: Extent,
        labelRule: LabelRule = .last, split: SplitRule = .relaxOpenRelaxCloseRelax,
        guardExtent: Extent? = nil, supportFraction: Double = 1, transitionTrim: Extent? = nil,
        normalization: NormalizationMethod = .standard,
        quality: QualityPolicy = QualityPolicy(),
        patients: PatientSplit = PatientSplit(), design: CollectionDesign? = nil,
        classes: ClassMap = ClassMap(), channels: ChannelMap = ChannelMap(),
        augmentation: [Augmentation] = [], targets: TargetSelection? = nil, seed: UInt64 = 0,
        edits: EditSelection? = nil
    ) {
        self.include = include
        self.windowLength = windowLength
        self.windowStride = windowStride
        self.labelRule = labelRule
        self.split = split
        self.guardExtent = guardExtent
        self.supportFraction = supportFraction
        self.transitionTrim = transitionTrim
        self.normalization = normalization
        self.quality = quality
        self.patients = patients
        self.design = design
        self.classes = classes
        self.channels = channels
        self.augmentation = augmentation
        self.targets = targets
        self.seed = seed
        self.edits = edits
    }

    /// Reads a configuration.
    ///
    /// - Parameter cursor: The top of a document.
    /// - Throws: `DocumentError` with the place of the fault.
    public init(_ cursor: DocumentCursor) throws(DocumentError) {
        let object = try cursor.object(allowing: [
            "seed", "include", "window", "split", "normalization", "splits", "design", "classes",
            "channels", "augmentation", "targets", "edits", "quality",
        ])
        if let design = object.optional("design"), object.optional("splits") != nil {
            throw design.error(
                expected: "either \"splits\" or \"design\"", found: "both",
                hint: "a design says itself who trains and who is tested on")
        }
        let classes =
            try object.optional("classes").map { (cursor) throws(DocumentError) in
                try ClassMap(cursor)
            } ?? ClassMap()
        let window = try object.required("window").object(allowing: [
            "length", "length_ms", "stride", "stride_ms", "label_rule", "transition_trim",
            "transition_trim_ms",
        ])
        let split = try object.optional("split")?.object(allowing: [
            "rule", "cues", "cycles", "seconds", "fraction", "repetitions", "shots", "blocks",
            "support_blocks", "guard", "guard_ms", "support_fraction",
        ])
        self.init(
            include: try object.optional("include").map { (cursor) throws(DocumentError) in
                try RecordingSelection(cursor)
            },
            windowLength: try Self.extent("length", in: window),
            windowStride: try Self.extent("stride", in: window),
            labelRule: try window.optional("label_rule")?.choice() ?? .last,
            split: try split.map { (split) throws(DocumentError) in
                try SplitRule(split, classes: classes)
            } ?? .standard(of: classes),
            guardExtent: try split.flatMap { (split) throws(DocumentError) in
                try Self.optionalExtent("guard", in: split)
            },
            supportFraction: try split?.optional("support_fraction")?.number(in: 0.001...1) ?? 1,
            transitionTrim: try Self.optionalExtent("transition_trim", in: window, from: 0),
            normalization: try object.optional("normalization")?.choice(
                of: NormalizationMethod.self) ?? .standard,
            quality: try object.optional("quality").map { (cursor) throws(DocumentError) in
                try QualityPolicy(cursor)
            } ?? QualityPolicy(),
            patients: try PatientSplit(object.optional("splits")),
            design: try object.optional("design").map { (cursor) throws(DocumentError) in
                try CollectionDesign(cursor)
            },
            classes: classes,
            channels: try object.optional("channels").map { (cursor) throws(DocumentError) in
                try ChannelMap(cursor)
            } ?? ChannelMap(),
            augmentation: try Self.augmentation(object.optional("augmentation")),
            targets: try object.optional("targets").map { (cursor) throws(DocumentError) in
                try TargetSelection(cursor)
            },
            seed: UInt64(try object.optional("seed")?.integer(in: 0 ... .max) ?? 0),
            edits: try object.optional("edits").map { (cursor) throws(DocumentError) in
                try EditSelection(cursor)
            })
    }

    private static func augmentation(
        _ cursor: DocumentCursor?
    ) throws(DocumentError) -> [Augmentation] {
        guard let cursor else { return [] }
        var result: [Augmentation] = []
        for element in try cursor.array() { result.append(try Augmentation(element)) }
        return result
    }

    private static func extent(
        _ key: String, in object: DocumentObject
    ) throws(DocumentError) -> Extent {
        if let extent = try optionalExtent(key, in: object) { return extent }
        return .samples(try object.required(key).integer(in: 1...1_000_000_000))
    }

    private static func optionalExtent(
        _ key: String, in object: DocumentObject, from least: Int = 1
    ) throws(DocumentError) -> Extent? {
        let samples = object.optional(key)
        let duration = object.optional("\(key)_ms")
        if let duration {
            guard samples == nil else {
                throw duration.error(
                    expected: "either \"\(key)\" or \"\(key)_ms\"", found: "both")
            }
            return .milliseconds(try duration.number(in: 0.001...1e9))
        }
        return try samples.map { (cursor) throws(DocumentError) in
            .samples(try cursor.integer(in: least...1_000_000_000))
        }
    }
}

extension CollectionConfiguration {
    /// Makes sure that the configuration names classes that some recording has.
    func checkClassNames(known: [String], subject: String) throws(TaskError) {
        var cues: [String] = []
        // The cues of the reference laboratory stand for whatever the user did not say.
        if case .firstCycles(let told, let count) = split,
            SplitRule.firstCycles(cues: told, count: count) != .standard(of: classes, count: count)
        {
            cues = told
        }
        try classes.checkNames(known: known, cues: cues, subject: subject)
    }
}
