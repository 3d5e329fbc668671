internal import Documents
private import EMGSignal

extension FieldFormat<String> {
    /// A recording's id: three names that can stand in a path, and nothing else.
    static var recording: FieldFormat {
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

    /// A part of a recording's identity.
    static var namePart: FieldFormat {
        FieldFormat(
            .form(TextForm("text", pattern: "^[^./\\\\:][^/\\\\:]*$")),
            read: { cursor throws(DocumentError) in
                let name = try cursor.string()
                guard (try? RecordingIdentity(patient: name, session: name, condition: name)) != nil
                else {
                    throw cursor.error(
                        expected: "a name that can stand in a path",
                        hint: "use 1 to 100 bytes without / \\ : or control characters, no leading "
                            + "dot")
                }
                return name.normalizedName
            },
            write: { .string($0) })
    }

    /// A text of at most so many bytes, and so of at most as many characters.
    static func text(bytes limit: Int, least: Int = 0) -> FieldFormat {
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
    static var person: FieldFormat {
        text(bytes: 200, least: 1).mapped(
            { name, cursor throws(DocumentError) in
                guard !name.isEmpty else { throw cursor.error(expected: "a person's name") }
                return name
            }, back: { $0 })
    }

    /// When, in universal time, to the second.
    static var time: FieldFormat {
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
