/// What documents of a kind say about themselves before anything else: `format` and
/// `format_version`.
package struct DocumentFormat: Sendable {
    /// What the member `format` says.
    package let name: String
    /// What the member `format_version` says.
    package let version: Int
    /// What to do about a document of another kind.
    let hint: String

    /// Creates a format.
    ///
    /// - Parameters:
    ///   - name: What the member `format` says.
    ///   - version: What the member `format_version` says.
    ///   - hint: What to do about a document of another kind.
    package init(_ name: String, version: Int, hint: String) {
        self.name = name
        self.version = version
        self.hint = hint
    }

    /// Refuses documents of another kind or version. This comes before their other members, which
    /// another kind does not have.
    ///
    /// - Parameter cursor: The top of a document.
    /// - Throws: ``DocumentError`` with the place of the fault.
    package func check(_ cursor: DocumentCursor) throws(DocumentError) {
        let object = try cursor.object()
        let format = try object.required("format")
        guard try format.string() == name else {
            throw format.error(expected: "\"\(name)\"", hint: hint)
        }
        let version = try object.required("format_version")
        guard try version.integer() == self.version else {
            throw version.error(
                expected: "\(self.version)",
                hint: "read it with the version of myotask that wrote it, or newer")
        }
    }

    /// The two members, which ``check(_:)`` has looked at when they are read.
    package func fields<Root>() -> [Field<Root>] {
        [
            ("format", DocumentValue.string(name), "What the file is."),
            ("format_version", .integer(version), "The version of its format."),
        ].map { key, value, documentation in
            Field(
                key, schema: { _ in .constant(value) }, documentation, isRequired: true,
                read: { _, _ in }, write: { _ in value })
        }
    }
}
