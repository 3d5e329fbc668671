/// A type whose documents are described by fields.
///
/// ```swift
/// struct Shift: Described {
///     var samples = 1
///     static let fields: Fields<Self> = [
///         Field("samples", \.samples, .integer(in: 1...1_000), "By how many samples."),
///     ]
/// }
/// let shift = try Shift(document.cursor)
/// ```
public protocol Described: Sendable {
    /// The members of a document.
    static var fields: Fields<Self> { get }

    /// The value that is meant when every member is left out. A type with members that must be
    /// there gives any value for them: reading replaces it.
    init()

    /// Refuses members that exclude each other.
    ///
    /// - Parameter object: What the value was read from.
    /// - Throws: ``DocumentError`` with the place of the fault.
    func check(_ object: DocumentObject) throws(DocumentError)
}

extension Described {
    /// Nothing to check beyond each member.
    public func check(_ object: DocumentObject) throws(DocumentError) {}

    /// Reads a value: an object with the fields' members; one that is left out has its default.
    ///
    /// - Parameter cursor: Where the object stands.
    /// - Throws: ``DocumentError`` with the place of the fault.
    public init(_ cursor: DocumentCursor) throws(DocumentError) {
        self.init()
        try read(cursor)
    }

    /// Reads an object's members into the value; what is left out stays as it is.
    ///
    /// - Parameter cursor: Where the object stands.
    /// - Throws: ``DocumentError`` with the place of the fault.
    public mutating func read(_ cursor: DocumentCursor) throws(DocumentError) {
        try read(cursor.object(allowing: Self.fields.keys(with: cursor.kinds)))
    }

    /// Reads an object's members into the value, and checks them together.
    ///
    /// - Parameter object: The object, in which other members may stand, too.
    /// - Throws: ``DocumentError`` with the place of the fault.
    package mutating func read(_ object: DocumentObject) throws(DocumentError) {
        try Self.fields.read(object, into: &self)
        try check(object)
    }

    /// The value as an object with every member.
    package var document: DocumentValue {
        DocumentValue(.object(Self.fields.members(of: self)))
    }

    /// What may stand in an object of the type, with defaults.
    ///
    /// - Parameter kinds: The kinds that packages outside have added.
    /// - Returns: The schema.
    package static func schema(with kinds: Kinds) -> ObjectSchema {
        Self.fields.schema(with: kinds, standard: Self())
    }
}
