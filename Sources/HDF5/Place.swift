private import PrintableText

/// A place in an HDF5 file.
package struct Place: Sendable, Hashable, CustomStringConvertible {
    /// The file's path.
    package let file: String
    /// The object as `/emg`, with `@name` behind it for an attribute; empty for the file.
    package let object: String

    /// Creates a place.
    package init(file: String, object: String = "") {
        self.file = file
        self.object = object
    }

    /// `file: object`, printable.
    package var description: String {
        let name = file.printable(limit: 1_000)
        return object.isEmpty ? name : "\(name): \(object.printable(limit: 300))"
    }

    func attribute(_ name: String) -> Place {
        Place(file: file, object: "\(object)@\(name)")
    }
}
