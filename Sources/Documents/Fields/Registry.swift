/// The kinds of one thing (of stages, of models, ...) by the names that documents call them.
///
/// `Kind` is usually an existential, such as `any PipelineStage`. The library has a registry of
/// its own kinds for each thing; packages outside add theirs through ``Kinds``.
package struct Registry<Kind: Sendable>: Sendable {
    /// A kind: its name, what it is, and how it is read.
    package struct Entry: Sendable {
        /// The name in documents.
        package let name: String
        /// What it is, in a sentence.
        package let documentation: String
        /// The names of its members.
        package let keys: [String]
        /// What may stand in an object of it.
        package let schema: @Sendable (Kinds) -> ObjectSchema
        /// The kind with the defaults of all its members.
        package let standard: Kind
        /// Its members as they are written with their defaults.
        let standardMembers: [DocumentValue.Member]
        /// Whether its members are written with their defaults when another kind is used.
        let isWrittenUnused: Bool
        /// Reads an object in which other members may stand, too.
        let read: @Sendable (DocumentObject) throws(DocumentError) -> Kind
        /// Reads an object likewise, and gives its members as they are written.
        let rewrite: @Sendable (DocumentObject) throws(DocumentError) -> [DocumentValue.Member]

        /// Creates an entry.
        ///
        /// - Parameters:
        ///   - type: The type that describes the kind.
        ///   - isWrittenUnused: Whether its members are written with their defaults beside those of
        ///     another kind, where settings of all kinds stand in one object.
        ///   - kind: The described value as the thing.
        package init<Type: DescribedKind>(
            _ type: Type.Type, isWrittenUnused: Bool = true,
            as kind: @escaping @Sendable (Type) -> Kind
        ) {
            name = Type.key
            documentation = Type.documentation
            keys = Type.fields.keys
            schema = { Type.schema(with: $0) }
            standard = kind(Type())
            standardMembers = Type().members
            self.isWrittenUnused = isWrittenUnused
            rewrite = { object throws(DocumentError) in
                var value = Type()
                try value.read(object)
                return value.members
            }
            read = { object throws(DocumentError) in
                var value = Type()
                try value.read(object)
                return kind(value)
            }
        }
    }

    /// The kinds in the order in which they are listed.
    package private(set) var entries: [Entry]

    /// Creates a registry.
    ///
    /// - Parameter entries: The kinds, no name twice.
    package init(_ entries: [Entry]) {
        self.entries = []
        for entry in entries { add(entry) }
    }

    /// Adds a kind.
    ///
    /// - Parameter entry: A kind of another name than those that are there.
    package mutating func add(_ entry: Entry) {
        precondition(
            !entries.contains { $0.name == entry.name }, "two kinds are called \(entry.name)")
        entries.append(entry)
    }

    /// The names of all kinds.
    package var names: [String] { entries.map(\.name) }

    /// The kind of a name.
    package subscript(name: String) -> Entry? { entries.first { $0.name == name } }

    /// The kind that a text names.
    func entry(_ cursor: DocumentCursor) throws(DocumentError) -> Entry {
        try cursor.choice(entries.map { ($0.name, $0) })
    }

    /// The kind that an object says by a member that it is.
    ///
    /// - Parameters:
    ///   - object: The object.
    ///   - tag: The member that names the kind.
    ///   - standard: The kind that is meant when that member is left out.
    /// - Returns: The kind.
    /// - Throws: ``DocumentError`` when no kind is meant or has that name.
    func entry(
        of object: DocumentObject, by tag: String, standard: String?
    ) throws(DocumentError) -> Entry {
        if object.optional(tag) == nil, let entry = standard.flatMap({ self[$0] }) { return entry }
        return try entry(object.required(tag))
    }

    /// The kinds as they stand in a schema.
    func objectKinds(with kinds: Kinds) -> [ValueSchema.ObjectKind] {
        entries.map {
            ValueSchema.ObjectKind(
                name: $0.name, documentation: $0.documentation, object: $0.schema(kinds))
        }
    }
}
