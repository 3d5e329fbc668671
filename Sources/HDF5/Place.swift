private import PrintableText

/// A place in an HDF5 file.
public struct Place: Sendable, Hashable, CustomStringConvertible {
    /// The file's path.
    public let file: String
    /// The object as `/emg`, with `@name` behind it for an attribute; empty for the file.
    public let object: String

    /// Creates a place.
    public init(file: String, object: String = "") {
        self.file = file
        self.object = object
    }

    /// `file: object`, printable.
    public var description: String {
        let name = file.printable(limit: 1_000)
        return object.isEmpty ? name : "\(name): \(object.printable(limit: 300))"
    }

    func attribute(_ name: String) -> Place {
        Place(file: file, object: "\(object)@\(name)")
    }
}
