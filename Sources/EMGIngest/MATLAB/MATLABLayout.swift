package import Documents

/// How MATLAB files are laid out.
package struct MATLABLayout: Sendable, Hashable {
    /// Takes a layout from a template.
    package init(_ cursor: DocumentCursor) throws(DocumentError) {
        _ = try cursor.object(allowing: [])
    }
}
