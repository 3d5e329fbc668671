package import Documents

/// How HDF5 files are laid out.
package struct HDF5Layout: Sendable, Hashable {
    /// Takes a layout from a template.
    package init(_ cursor: DocumentCursor) throws(DocumentError) {
        _ = try cursor.object(allowing: [])
    }
}
