package import Documents
private import EMGSignal

extension EditDecision {
    /// The longest note, in bytes.
    package static let noteLimit = 10_000

    /// Reads a decision from an edit file.
    ///
    /// - Parameters:
    ///   - cursor: The decision.
    ///   - number: The number it must have.
    /// - Throws: `DocumentError` with the place of the fault.
    init(_ cursor: DocumentCursor, number: Int) throws(DocumentError) {
        let (object, action) = try Self.action(
            cursor, besides: ["number", "recording", "by", "at"])
        let stated = try object.required("number")
        guard try stated.integer() == number else {
            throw stated.error(
                expected: "\(number)", hint: "decisions are numbered from 1 without gaps")
        }
        if case .undo(let undone) = action, undone >= number {
            throw try object.required("undoes").error(
                expected: "the number of an earlier decision", found: "\(undone)")
        }
        self.init(
            number: number, recording: try Self.recording(object.required("recording")),
            action: action, by: try Self.person(object.required("by")),
            at: try Self.time(object.required("at")))
    }

    /// Reads what was decided.
    ///
    /// - Parameters:
    ///   - cursor: An object with `action` and the members of that action.
    ///   - others: The other members it may have.
    /// - Returns: The object and the action.
    /// - Throws: `DocumentError` with the place of the fault.
    package static func action(
        _ cursor: DocumentCursor, besides others: [String]
    ) throws(DocumentError) -> (object: DocumentObject, action: Action) {
        let kind = try FieldFormat<Action.Kind>.choice.read(cursor.object().required("action"))
        let object = try cursor.object(allowing: others + ["action"] + kind.members)
        let action: Action =
            switch kind {
            case .approve: .review(.approved)
            case .reject: .review(.rejected)
            case .flag: .review(.flagged)
            case .reopen: .review(.unseen)
            case .note: .note(try text(object.required("text"), limit: noteLimit))
            case .relabel:
                .relabel(
                    try range(object), className: try text(object.required("class"), limit: 1_000))
            case .exclude: .exclude(try range(object))
            case .include: .include(try range(object))
            case .excludeChannel:
                .excludeChannel(try text(object.required("channel"), limit: 1_000))
            case .includeChannel:
                .includeChannel(try text(object.required("channel"), limit: 1_000))
            case .undo: .undo(try object.required("undoes").integer(in: 1 ... .max))
            }
        return (object, action)
    }

    /// The actions as edit files name them.
    private enum ActionName: String, CaseIterable {
        case approve, reject, flag, reopen, note, relabel, exclude, include
        case excludeChannel = "exclude_channel"
        case includeChannel = "include_channel"
        case undo
    }

    /// Reads a recording's id: three names that can stand in a path, and nothing else.
    package static func recording(_ cursor: DocumentCursor) throws(DocumentError) -> String {
        let id = try cursor.string()
        let parts = id.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3,
            (try? RecordingIdentity(patient: parts[0], session: parts[1], condition: parts[2]))
                != nil
        else {
            throw cursor.error(
                expected: "a recording's id, patient/session/condition",
                hint: "no part is empty, begins with a dot or has a slash, backslash or colon")
        }
        return id
    }

    private static func range(_ object: DocumentObject) throws(DocumentError) -> SampleRange {
        let limit = 1_000_000_000_000
        let start = try object.required("start").integer(in: 0...(limit - 1))
        let end = try object.required("end").integer(in: (start + 1)...limit)
        return SampleRange(start: start, end: end)
    }

    private static func text(
        _ cursor: DocumentCursor, limit: Int
    ) throws(DocumentError) -> String {
        let text = try cursor.string()
        guard text.utf8.count <= limit else {
            throw cursor.error(
                expected: "at most \(limit) bytes", found: "\(text.utf8.count) bytes")
        }
        return text
    }

    private static func person(_ cursor: DocumentCursor) throws(DocumentError) -> String {
        let name = try text(cursor, limit: 200)
        guard !name.isEmpty else { throw cursor.error(expected: "a person's name") }
        return name
    }

    private static func time(_ cursor: DocumentCursor) throws(DocumentError) -> String {
        let text = try cursor.string()
        let pattern = Array("0000-00-00T00:00:00Z".utf8)
        let bytes = Array(text.utf8)
        let zero = UInt8(ascii: "0")
        let isTime =
            bytes.count == pattern.count
            && zip(bytes, pattern).allSatisfy { byte, sign in
                sign == zero ? (zero...zero + 9).contains(byte) : byte == sign
            }
        guard isTime else { throw cursor.error(expected: "a time as 2026-11-21T13:00:00Z") }
        return text
    }
}

extension EditDecision {
    /// The decision as it stands in an edit file.
    package var document: DocumentValue {
        var members: [DocumentValue.Member] = [
            .init(key: "number", value: .integer(number)),
            .init(key: "recording", value: .string(recording)),
            .init(key: "action", value: .string(action.name)),
        ]
        members += action.members
        members += [
            .init(key: "by", value: .string(by)), .init(key: "at", value: .string(at)),
        ]
        return .object(members)
    }
}

extension EditDecision.Action {
    /// What the action is about.
    package var members: [DocumentValue.Member] {
        switch self {
        case .review: []
        case .note(let note): [.init(key: "text", value: .string(note))]
        case .relabel(let range, let name):
            Self.members(range) + [.init(key: "class", value: .string(name))]
        case .exclude(let range), .include(let range): Self.members(range)
        case .excludeChannel(let name), .includeChannel(let name):
            [.init(key: "channel", value: .string(name))]
        case .undo(let undone): [.init(key: "undoes", value: .integer(undone))]
        }
    }

    private static func members(_ range: SampleRange) -> [DocumentValue.Member] {
        [
            .init(key: "start", value: .integer(range.start)),
            .init(key: "end", value: .integer(range.end)),
        ]
    }
}
