package import EMGSignal

/// A pattern of task ids, `patient/session/condition[-run]`.
///
/// Each part is a name in which `*` stands for any text and `?` for one character; neither
/// reaches over a slash. Parts left out at the end fit anything: `p1` is everything recorded of
/// p1, `p1/*/131` one condition of all sessions.
package struct TaskPattern: Sendable, Hashable, CustomStringConvertible {
    /// The pattern's text.
    package let text: String
    private let parts: [String]

    /// Creates a pattern, or `nil` when the text is none.
    ///
    /// - Parameter text: One to three parts with slashes between them; no part is empty.
    package init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard (1...3).contains(parts.count), !parts.contains("") else { return nil }
        self.text = text
        self.parts = parts
    }

    /// The pattern of one recording, whatever characters its names have.
    package init(_ identity: RecordingIdentity) {
        text = identity.id
        parts = [
            identity.patient, identity.session, String(identity.id.split(separator: "/")[2]),
        ]
    }

    /// Fits every task.
    static let everything = TaskPattern(text: "*", parts: ["*"])

    private init(text: String, parts: [String]) {
        self.text = text
        self.parts = parts
    }

    /// Whether a task's id fits.
    package func fits(_ id: String) -> Bool {
        if id == text { return true }
        let names = id.split(separator: "/", omittingEmptySubsequences: false)
        return names.count == 3
            && zip(names, parts).allSatisfy { name, pattern in
                NamePattern.matches(String(name), pattern: pattern)
            }
    }

    /// The patient, session and condition, each `nil` where anything fits; `nil` when a part leaves
    /// some of its characters open.
    var wholeNames: [String?]? {
        let open = parts.filter { $0 != "*" }.contains { $0.contains { $0 == "*" || $0 == "?" } }
        guard !open else { return nil }
        return (0..<3).map { $0 < parts.count && parts[$0] != "*" ? parts[$0] : nil }
    }

    /// Session and condition, when both are there: what a session–condition list can say.
    var sessionAndCondition: (session: String, condition: String)? {
        parts.count == 3 ? (parts[1], parts[2]) : nil
    }

    /// The pattern's text.
    package var description: String { text }
}
