package import Documents
internal import EMGSignal
package import Foundation

/// A list of recordings as the field keeps it: `[{"session": …, "condition": …}, …]` in JSON.
///
/// The tool these lists come from names a task by patient and condition alone, so that a
/// condition recorded on two days counts once there. Here each entry stands for a recording of
/// its own, and a list that is read and written again is the same text.
package struct SessionConditionList: Sendable, Hashable {
    /// One recording.
    package struct Entry: Sendable, Hashable {
        /// The folder of the session, for example `2023_03_28_p7`.
        package var session: String
        /// The condition, for example `131` or `111_2`.
        package var condition: String

        /// Creates an entry.
        package init(session: String, condition: String) {
            self.session = session
            self.condition = condition
        }
    }

    /// The recordings in the order of the file; one may stand twice.
    package var entries: [Entry]
    /// How the text is laid out.
    package var style: Style

    /// Creates a list.
    ///
    /// - Parameters:
    ///   - entries: The recordings in order.
    ///   - style: How the text is laid out; as Python's `json.dump` does when left out.
    package init(entries: [Entry], style: Style = Style()) {
        self.entries = entries
        self.style = style
    }

    /// Reads a list.
    ///
    /// - Parameter url: A JSON file.
    /// - Returns: The list.
    /// - Throws: `DocumentError` with line and path of the fault.
    package static func read(
        contentsOf url: URL
    ) throws(DocumentError) -> SessionConditionList {
        let data = try Document.bytes(of: url)
        return try SessionConditionList(
            Document(data, named: url), text: String(decoding: data, as: UTF8.self))
    }

    /// Reads a list from a text.
    ///
    /// - Parameters:
    ///   - json: The text.
    ///   - name: Its name for messages.
    /// - Throws: `DocumentError` with line and path of the fault.
    package init(json: String, name: String) throws(DocumentError) {
        try self.init(try Document(json: json.utf8, name: name), text: json)
    }

    private init(_ document: Document, text: String) throws(DocumentError) {
        var entries: [Entry] = []
        for cursor in try document.cursor.array() {
            let object = try cursor.object(allowing: ["session", "condition"])
            entries.append(
                Entry(
                    session: try Self.folder(object.required("session")),
                    condition: try Self.folder(object.required("condition"))))
        }
        self.init(entries: entries)
        style = Style.candidates.first { Self(entries: entries, style: $0).json == text } ?? style
    }

    /// Names come to stand in paths; they are held to what a path can have.
    private static func folder(_ cursor: DocumentCursor) throws(DocumentError) -> String {
        let name = try cursor.name()
        do throws(SignalError) {
            _ = try RecordingIdentity(patient: "p", session: name, condition: name)
        } catch {
            throw cursor.error(expected: "a name that can be a file's", hint: error.hint)
        }
        return name
    }

    /// Entries that stand more than once, each once, in order.
    package var repeated: [Entry] {
        var counts: [Entry: Int] = [:]
        return entries.filter { entry in
            counts[entry, default: 0] += 1
            return counts[entry] == 2
        }
    }

    /// Entries of which the tool that these lists come from keeps one only: those with the same
    /// patient and condition as an earlier one, in order.
    package var collidingElsewhere: [Entry] {
        var seen: Set<[String]> = []
        return entries.filter { entry in
            guard let patient = entry.patient else { return false }
            return !seen.insert([patient, entry.condition]).inserted
        }
    }

    /// The list as patterns of task ids.
    package var patterns: [TaskPattern] { entries.map(\.pattern) }
}

extension SessionConditionList.Entry {
    /// Who was recorded, when the session is named `YYYY_MM_DD_patient`.
    package var patient: String? {
        let parts = session.split(
            separator: "_", maxSplits: 3, omittingEmptySubsequences: false)
        guard parts.count == 4, !parts[3].isEmpty,
            zip(parts, [4, 2, 2]).allSatisfy({ part, digits in
                part.count == digits && part.allSatisfy { ("0"..."9").contains($0) }
            })
        else { return nil }
        return String(parts[3])
    }

    /// The task of the entry; of whoever was recorded in the session when its name does not say.
    package var pattern: TaskPattern {
        if let patient,
            let identity = try? RecordingIdentity(
                patient: patient, session: session, condition: condition)
        {
            return TaskPattern(identity)
        }
        guard let pattern = TaskPattern("*/\(session)/\(condition)") else {
            preconditionFailure("names without slashes were checked when the list was read")
        }
        return pattern
    }
}

extension SessionConditionList {
    /// How the text of a list is laid out: the ways in which Python's `json` module writes one.
    package struct Style: Sendable, Hashable {
        /// What stands behind commas and colons.
        package enum Separators: Sendable, Hashable, CaseIterable {
            /// A blank.
            case spaced
            /// Nothing.
            case tight
        }

        /// How characters beyond ASCII are written.
        package enum Characters: Sendable, Hashable, CaseIterable {
            /// As `\uXXXX`.
            case escaped
            /// As they are, in UTF-8.
            case plain
        }

        /// Blanks a level, each member on a line of its own; `nil` for one line.
        package var indent: Int?
        /// What stands behind commas and colons.
        package var separators: Separators
        /// How characters beyond ASCII are written.
        package var characters: Characters
        /// Whether the text ends with a newline.
        package var endsWithNewline: Bool

        /// Creates a style; `json.dump` without options when nothing is given.
        package init(
            indent: Int? = nil, separators: Separators = .spaced,
            characters: Characters = .escaped, endsWithNewline: Bool = false
        ) {
            self.indent = indent
            self.separators = separators
            self.characters = characters
            self.endsWithNewline = endsWithNewline
        }

        static let candidates: [Style] = [nil, 4, 2, 1, 3, 8].flatMap { indent in
            Separators.allCases.flatMap { separators in
                Characters.allCases.flatMap { characters in
                    [false, true].map { newline in
                        Style(
                            indent: indent, separators: separators, characters: characters,
                            endsWithNewline: newline)
                    }
                }
            }
        }
    }

    /// The list as JSON in its ``style``.
    package var json: String {
        DocumentValue.array(
            entries.map {
                .object([
                    "session": .string($0.session), "condition": .string($0.condition),
                ])
            }
        ).json(style.layout)
    }
}

extension SessionConditionList.Style {
    fileprivate var layout: JSONStyle {
        var layout = separators == .tight ? JSONStyle.compact : .spaced
        layout.indentation = indent
        layout.isASCII = characters == .escaped
        layout.endsWithNewline = endsWithNewline
        return layout
    }
}
