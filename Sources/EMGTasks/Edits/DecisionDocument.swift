package import Documents
private import EMGSignal

/// A decision as it stands in an edit file: an action by its name with the members of that action.
package struct DecisionDocument: Sendable {
    /// The longest note, in bytes.
    package static let noteLimit = 10_000
    private var number = 1
    private var recording = ""
    private var kind = EditDecision.Action.Kind.approve
    private var (text, className, channel, by, at) = ("", "", "", "", "")
    private var (start, end, undoes) = (0, 1, 1)
    private var (isNew, origin) = (false, "")
    private var intervals: [LabeledRange] = []
    private var renaming = Renaming()

    private init() {}

    fileprivate init(_ action: EditDecision.Action) {
        kind = action.kind
        switch action {
        case .review: break
        case .note(let note): text = note
        case .relabel(let range, let name, let new):
            (start, end) = (range.start, range.end)
            (className, isNew) = (name, new)
        case .label(let ranges, let words): (intervals, origin) = (ranges, words)
        case .rename(let names): renaming = names
        case .exclude(let range), .include(let range): (start, end) = (range.start, range.end)
        case .excludeChannel(let name), .includeChannel(let name): channel = name
        case .undo(let undone): undoes = undone
        }
    }

    fileprivate init(_ decision: EditDecision) {
        self.init(decision.action)
        number = decision.number
        recording = decision.recording
        by = decision.by
        at = decision.at
    }

    private var action: EditDecision.Action {
        let range = SampleRange(start: start, end: end)
        return switch kind {
        case .approve: .review(.approved)
        case .reject: .review(.rejected)
        case .flag: .review(.flagged)
        case .reopen: .review(.unseen)
        case .note: .note(text)
        case .relabel: .relabel(range, className: className, isNew: isNew)
        case .label: .label(intervals, origin: origin)
        case .rename: .rename(renaming)
        case .exclude: .exclude(range)
        case .include: .include(range)
        case .excludeChannel: .excludeChannel(channel)
        case .includeChannel: .includeChannel(channel)
        case .undo: .undo(undoes)
        }
    }

    // MARK: Members

    private static let numberField = Field<Self>(
        "number", \.number,
        FieldFormat(
            // Which number it must be says more than where numbers begin.
            .integer(minimum: 1, maximum: nil),
            read: { cursor throws(DocumentError) in try cursor.integer() },
            write: { .integer($0) }),
        "1 for the first decision, 2 for the next.", isRequired: true)
    private static let recordingField = Field<Self>(
        "recording", \.recording, .recording, "`patient/session/condition[-run]`.",
        isRequired: true)
    private static let actionField = Field<Self>(
        "action", \.kind, .choice, "What was decided.", isRequired: true)
    private static let signature: [Field<Self>] = [
        Field("by", \.by, .person, "Who decided.", isRequired: true),
        Field("at", \.at, .time, "When, in universal time.", isRequired: true),
    ]
    private static let rangeFields = LabeledRange.bounds(\Self.start, \Self.end)
    private static let labelFields: [Field<Self>] = [
        Field(
            "intervals", \.intervals,
            .list(
                of: LabeledRange.format, count: 1...LabeledRange.countLimit,
                excess: "at most \(LabeledRange.countLimit) intervals"),
            "Ranges of samples with their classes; later ones lie above earlier ones.",
            isRequired: true),
        Field(
            "origin", \.origin, .text(bytes: 1_000),
            "Where the intervals come from: a table of events, an onset detection.",
            isRequired: true),
    ]
    private static let channelField = Field<Self>(
        "channel", \.channel, .text(bytes: 1_000), "A channel of the recording.",
        isRequired: true)

    /// The members that an action has.
    fileprivate static func members(of kind: EditDecision.Action.Kind) -> [Field<Self>] {
        switch kind {
        case .approve, .reject, .flag, .reopen: []
        case .note:
            [
                Field(
                    "text", \.text, .text(bytes: noteLimit), "The note; empty to remove it.",
                    isRequired: true)
            ]
        case .relabel:
            rangeFields + [
                Field(
                    "class", \.className, .text(bytes: 1_000), "A class of the recording.",
                    isRequired: true),
                Field(
                    "new", \.isNew, .boolean,
                    "Whether the recording gets the class, should it not have it."
                )
                .written { $0.isNew },
            ]
        case .label: labelFields
        case .rename: Renaming.fields(of: \Self.renaming)
        case .exclude, .include: rangeFields
        case .excludeChannel, .includeChannel: [channelField]
        case .undo:
            [
                Field(
                    "undoes", \.undoes, .integer(in: 1 ... .max),
                    "The number of an earlier decision about the same recording.",
                    isRequired: true)
            ]
        }
    }

    private static let memberFields = Dictionary(
        uniqueKeysWithValues: EditDecision.Action.Kind.allCases.map {
            ($0, Fields(members(of: $0), rules: rules(of: $0)))
        })

    /// What binds the members of an action to each other.
    private static func rules(of kind: EditDecision.Action.Kind) -> [ObjectSchema.Rule] {
        kind == .rename ? [.atLeastOne(Renaming.nameKeys)] : []
    }

    private static func fields(of kind: EditDecision.Action.Kind) -> Fields<Self> {
        memberFields[kind] ?? []
    }

    private static let head: Fields<Self> = [numberField, recordingField, actionField]
    private static let tail = Fields(signature)

    /// What may stand in a decision, by its action.
    static let schema = ValueSchema.tagged(
        by: actionField.key, standard: nil,
        kinds: EditDecision.Action.Kind.allCases.map { kind in
            ValueSchema.ObjectKind(
                name: kind.rawValue, documentation: kind.documentation,
                object: Fields(
                    [numberField, recordingField] + members(of: kind) + signature,
                    rules: rules(of: kind)
                ).schema(with: Kinds(), standard: nil))
        })

    // MARK: Reading

    /// Reads what is decided about which recording.
    ///
    /// - Parameter cursor: An object with `recording`, `action` and the members of that action.
    /// - Returns: The recording's id and the action.
    /// - Throws: `DocumentError` with the place of the fault.
    package static func request(
        _ cursor: DocumentCursor
    ) throws(DocumentError) -> (recording: String, action: EditDecision.Action) {
        var decision = DecisionDocument()
        let object = try decision.read(cursor, besides: [recordingField.key])
        try Fields([recordingField]).read(object, into: &decision)
        return (decision.recording, decision.action)
    }

    /// Reads a decision of an edit file.
    ///
    /// - Parameters:
    ///   - cursor: The decision.
    ///   - earlier: The decisions before it.
    /// - Returns: The decision.
    /// - Throws: `DocumentError` with the place of the fault.
    static func decision(
        _ cursor: DocumentCursor, after earlier: [EditDecision]
    ) throws(DocumentError) -> EditDecision {
        var document = DecisionDocument()
        let object = try document.read(
            cursor, besides: [numberField.key, recordingField.key] + tail.keys)
        try head.read(object, into: &document)
        guard document.number == earlier.count + 1 else {
            throw try object.required(numberField.key).error(
                expected: "\(earlier.count + 1)",
                hint: "decisions are numbered from 1 without gaps")
        }
        try tail.read(object, into: &document)
        if case .undo(let undone) = document.action {
            let place = try object.required("undoes")
            guard undone <= earlier.count else {
                throw place.error(
                    expected: "the number of an earlier decision", found: "\(undone)")
            }
            let other = earlier[undone - 1].recording
            guard other == document.recording else {
                throw place.error(
                    expected: "a decision about \(document.recording)", found: "one about \(other)")
            }
        }
        return EditDecision(
            number: document.number, recording: document.recording, action: document.action,
            by: document.by, at: document.at)
    }

    /// Reads the action; the other members are still to be read.
    private mutating func read(
        _ cursor: DocumentCursor, besides others: [String]
    ) throws(DocumentError) -> DocumentObject {
        try Fields([Self.actionField]).read(cursor.object(), into: &self)
        let fields = Self.fields(of: kind)
        let object = try cursor.object(
            allowing: others + [Self.actionField.key] + fields.keys)
        try fields.read(object, into: &self)
        if kind == .rename, Renaming.nameKeys.allSatisfy({ object.optional($0) == nil }) {
            throw cursor.error(
                expected: "a new name",
                hint: "state one or more of \(Renaming.nameKeys.joined(separator: ", "))")
        }
        return object
    }

    fileprivate var members: [DocumentValue.Member] { Self.fields(of: kind).members(of: self) }

    fileprivate var document: DocumentValue {
        .object(Self.head.members(of: self) + members + Self.tail.members(of: self))
    }
}

extension EditDecision {
    /// The decision as it stands in an edit file.
    package var document: DocumentValue { DecisionDocument(self).document }
}

extension EditDecision.Action {
    /// What the action is about.
    package var members: [DocumentValue.Member] { DecisionDocument(self).members }
}

extension EditDecision.Action.Kind {
    /// What it does, for schemas and tables.
    package var documentation: String {
        switch self {
        case .approve: "The recording is good."
        case .reject: "The recording must not be used."
        case .flag: "Somebody should look again."
        case .reopen: "The recording is unseen again."
        case .note: "A note, in place of the one before."
        case .relabel:
            "Samples `start` to before `end` are of that class; later ones lie above earlier ones."
        case .label:
            "Each interval is of its class, as by a `relabel` for each; the recording gets classes "
                + "that it does not have."
        case .rename:
            "The recordings that `scope` says are of that patient, session, condition and run."
        case .exclude: "These samples are in neither support nor query."
        case .include: "These samples may be used again."
        case .excludeChannel: "The channel is no good."
        case .includeChannel: "The channel may be used again."
        case .undo:
            "The earlier decision with that number does not count; undoing an undoing brings it "
                + "back."
        }
    }
}
