private import PrintableText

/// A type with a property that is one of several kinds, and with members of its own beside those
/// of the kind, all in one object: `{rule: shots, shots: 5, guard: 40}`.
package protocol KindHolder: Sendable {
    /// What the kinds are of: usually an existential.
    associatedtype Kind: Sendable

    /// The library's kinds.
    static var registry: Registry<Kind> { get }
    /// The member that names the kind.
    static var tag: String { get }
    /// The kind that is meant when that member is left out; `nil` when it must be there.
    static var standardKind: String? { get }
    /// The members beside those of the kind.
    static var ownFields: Fields<Self> { get }
    /// The error for a member, whose place and name are given, of another kind than the one that is
    /// named; `nil` when it is an unknown member like any other.
    static var foreignMember:
        (@Sendable (DocumentCursor, String, Registry<Kind>.Entry) -> DocumentError)?
    { get }

    /// The kind as the described type behind it.
    var describedKind: any DescribedKind { get }

    /// Creates a value with the defaults of its own members.
    init(kind: Kind)

    /// Refuses members that exclude each other.
    ///
    /// - Parameter object: What the value was read from.
    /// - Throws: ``DocumentError`` with the place of the fault.
    func check(_ object: DocumentObject) throws(DocumentError)
}

extension KindHolder {
    /// An unknown member.
    package static var foreignMember:
        (@Sendable (DocumentCursor, String, Registry<Kind>.Entry) -> DocumentError)?
    { nil }

    /// Nothing to check beyond each member.
    package func check(_ object: DocumentObject) throws(DocumentError) {}

    /// How values stand in documents.
    package static var format: FieldFormat<Self> {
        FieldFormat(
            schema: { .tagged(by: tag, standard: standardKind, kinds: objectKinds(with: $0)) },
            read: { cursor throws(DocumentError) in try Self(cursor) },
            write: { $0.document })
    }

    /// Reads a value.
    ///
    /// - Parameter cursor: Where the object stands.
    /// - Throws: ``DocumentError`` with the place of the fault.
    package init(_ cursor: DocumentCursor) throws(DocumentError) {
        let registry = cursor.kinds.all(Self.registry)
        let own = Self.ownFields.keys
        let object: DocumentObject
        let entry: Registry<Kind>.Entry
        if let foreignMember = Self.foreignMember {
            let keys = registry.entries.flatMap(\.keys)
            object = try cursor.object(allowing: [Self.tag] + keys.onceEach + own)
            entry = try registry.entry(of: object, by: Self.tag, standard: Self.standardKind)
            for (key, member) in object.entries where key != Self.tag && !member.isNull {
                guard entry.keys.contains(key) || own.contains(key) else {
                    throw foreignMember(member, key, entry)
                }
            }
        } else {
            entry = try registry.entry(
                of: cursor.object(), by: Self.tag, standard: Self.standardKind)
            object = try cursor.object(allowing: [Self.tag] + own + entry.keys)
        }
        self.init(kind: try entry.read(object))
        try Self.ownFields.read(object, into: &self)
        try check(object)
    }

    /// The value as an object with every member, that of the kind's name first.
    package var document: DocumentValue {
        DocumentValue(
            .object(
                describedKind.members(namedBy: Self.tag) + Self.ownFields.members(of: self)))
    }

    private static func objectKinds(with kinds: Kinds) -> [ValueSchema.ObjectKind] {
        kinds.all(registry).entries.map { entry in
            let object = entry.schema(kinds)
            let own = ownFields.schema(with: kinds, standard: Self(kind: entry.standard))
            return ValueSchema.ObjectKind(
                name: entry.name, documentation: entry.documentation,
                object: ObjectSchema(
                    properties: object.properties + own.properties,
                    rules: object.rules + own.rules))
        }
    }
}
