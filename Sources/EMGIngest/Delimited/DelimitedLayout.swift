package import Documents

/// How delimited text is laid out.
package struct DelimitedLayout: Sendable, Hashable {
    /// Takes a layout from a template.
    package init(_ cursor: DocumentCursor) throws(DocumentError) {
        _ = try cursor.object(allowing: [])
    }
}
