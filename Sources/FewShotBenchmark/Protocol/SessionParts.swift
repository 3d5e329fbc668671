package import Documents

/// Which sessions are what; a session that no list has is not used.
package struct SessionParts: Described, Hashable {
    /// Sessions from before, which methods may use that use earlier recordings.
    package var earlier: [String] = []
    /// Sessions that support is taken from; all that are in no other list when empty.
    package var support: [String] = []
    /// Sessions that are decided about; what follows the support in its own session when empty.
    package var query: [String] = []

    /// All sessions give support and query.
    package init() {}

    /// The members of a document.
    package static let fields: Fields<Self> = [
        Field(
            "earlier", \.earlier, .set(of: .name, noun: "session"),
            "Sessions from before, such as before the band was put on anew; methods use them that "
                + "say so."),
        Field(
            "support", \.support, .set(of: .name, noun: "session"),
            "Sessions that support is taken from; all that are in no other list when empty."),
        Field(
            "query", \.query, .set(of: .name, noun: "session"),
            "Sessions that are decided about; what follows the support when empty."),
    ]

    /// What a session is for.
    enum Use: Sendable { case earlier, support, query }

    /// What a session is for; `nil` when it is not used.
    func use(of session: String) -> Use? {
        if earlier.contains(session) { return .earlier }
        if query.contains(session) { return .query }
        return support.isEmpty || support.contains(session) ? .support : nil
    }
}
