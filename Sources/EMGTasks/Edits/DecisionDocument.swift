package import Documents
private import EMGSignal

/// A decision as it stands in an edit file: an action by its name with the members of that action.
package struct DecisionDocument: Sendable {
    /// The longest note, in bytes.
    package static let noteLimit = 10_000
    private static let sampleLimit = 1_000_000_000_000

    private var number = 1
    private var recording = ""
    private var kind = EditDecision.Action.Kind.approve
    private var (text, className, channel, by, at) = ("", "", "", "", "")
    private var (start, end, undoes) = (0, 1, 1)

    private init() {}

    fileprivate init(_ action: EditDecision.Action) {
        kind = action.kind
        switch action {
        case .review: break
        case .note(let note): text = note
        case .relabel(let range, let name):
            (start, end) = (range.start, range.end)
            className = name
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
        case .relabel: .relabel(range, className: className)
        case .exclude: .exclude(range)
        case .include: .include(range)
        case .excludeChannel: .excludeChannel(channel)
        case .includeChannel: .includeChannel(channel)
        case .undo: .undo(undoes)
        }
    }

    // MARK: Members

    private static let numberField = Field<Self>(
        "number", \.number, .integer(in: 1 ... .max),
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
    private static let rangeFields: [Field<Self>] = [
        Field(
            "start", \.start, .integer(in: 0...sampleLimit - 1), "The first sample, from 0.",
            isRequired: true),
        Field(
            "end", schema: { _ in .integer(minimum: 1, maximum: sampleLimit) },
            "The sample behind the last.", isRequired: true,
            read: { cursor, decision throws(DocumentError) in
                decision.end = try cursor.integer(in: decision.start + 1...sampleLimit)
            }, write: { .integer($0.end) }),
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
                    isRequired: true)
            ]
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
            ($0, Fields(members(of: $0)))
        })

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
                object: Fields([numberField, recordingField] + members(of: kind) + signature)
                    .schema(with: Kinds(), standard: nil))
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

extension FieldFormat<String> {
    /// A recording's id: three names that can stand in a path, and nothing else.
    fileprivate static var recording: FieldFormat {
        let part = "[^./\\\\:][^/\\\\:]*"
        return FieldFormat(
            .form(TextForm("text", pattern: "^\(part)/\(part)/\(part)$")),
            read: { cursor throws(DocumentError) in
                let id = try cursor.string()
                let parts = id.split(separator: "/", omittingEmptySubsequences: false)
                    .map(String.init)
                guard parts.count == 3,
                    (try? RecordingIdentity(
                        patient: parts[0], session: parts[1], condition: parts[2])) != nil
                else {
                    throw cursor.error(
                        expected: "a recording's id, patient/session/condition",
                        hint: "no part is empty, begins with a dot or has a slash, backslash or "
                            + "colon")
                }
                return id
            },
            write: { .string($0) })
    }

    /// A text of at most so many bytes, and so of at most as many characters.
    fileprivate static func text(bytes limit: Int, least: Int = 0) -> FieldFormat {
        FieldFormat(
            .form(TextForm("text", length: least...limit)),
            read: { cursor throws(DocumentError) in
                let text = try cursor.string()
                guard text.utf8.count <= limit else {
                    throw cursor.error(
                        expected: "at most \(limit) bytes", found: "\(text.utf8.count) bytes")
                }
                return text
            },
            write: { .string($0) })
    }

    /// Who decided.
    fileprivate static var person: FieldFormat {
        text(bytes: 200, least: 1).mapped(
            { name, cursor throws(DocumentError) in
                guard !name.isEmpty else { throw cursor.error(expected: "a person's name") }
                return name
            }, back: { $0 })
    }

    /// When, in universal time, to the second.
    fileprivate static var time: FieldFormat {
        FieldFormat(
            .form(
                TextForm("time", pattern: "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}Z$")),
            read: { cursor throws(DocumentError) in
                let text = try cursor.string()
                let pattern = Array("0000-00-00T00:00:00Z".utf8)
                let bytes = Array(text.utf8)
                let zero = UInt8(ascii: "0")
                let isTime =
                    bytes.count == pattern.count
                    && zip(bytes, pattern).allSatisfy { byte, sign in
                        sign == zero ? (zero...zero + 9).contains(byte) : byte == sign
                    }
                guard isTime else {
                    throw cursor.error(expected: "a time as 2026-11-21T13:00:00Z")
                }
                return text
            },
            write: { .string($0) })
    }
}
