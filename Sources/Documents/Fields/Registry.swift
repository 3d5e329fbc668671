/// The kinds of one thing (of stages, of models, ...) by the names that documents call them.
///
/// `Kind` is usually an existential, such as `any PipelineStage`. The library has a registry of
/// its own kinds for each thing; packages outside add theirs through ``Kinds``.
public struct Registry<Kind: Sendable>: Sendable {
    /// A kind: its name, what it is, and how it is read.
    public struct Entry: Sendable {
        /// The name in documents.
        public let name: String
        /// What it is, in a sentence.
        public let documentation: String
        /// The names of its members.
        public let keys: [String]
        /// What may stand in an object of it.
        public let schema: @Sendable (Kinds) -> ObjectSchema
        /// The kind with the defaults of all its members.
        public let standard: Kind
        /// Reads an object in which other members may stand, too.
        let read: @Sendable (DocumentObject) throws(DocumentError) -> Kind

        /// Creates an entry.
        ///
        /// - Parameters:
        ///   - type: The type that describes the kind.
        ///   - kind: The described value as the thing.
        public init<Type: DescribedKind>(
            _ type: Type.Type, as kind: @escaping @Sendable (Type) -> Kind
        ) {
            name = Type.key
            documentation = Type.documentation
            keys = Type.fields.keys
            schema = { Type.schema(with: $0) }
            standard = kind(Type())
            read = { object throws(DocumentError) in
                var value = Type()
                try value.read(object)
                return kind(value)
            }
        }
    }

    /// The kinds in the order in which they are listed.
    public private(set) var entries: [Entry]

    /// Creates a registry.
    ///
    /// - Parameter entries: The kinds, no name twice.
    public init(_ entries: [Entry]) {
        self.entries = []
        for entry in entries { add(entry) }
    }

    /// Adds a kind.
    ///
    /// - Parameter entry: A kind of another name than those that are there.
    public mutating func add(_ entry: Entry) {
        precondition(
            !entries.contains { $0.name == entry.name }, "two kinds are called \(entry.name)")
        entries.append(entry)
    }

    /// The names of all kinds.
    public var names: [String] { entries.map(\.name) }

    /// The kind of a name.
    public subscript(name: String) -> Entry? { entries.first { $0.name == name } }

    /// The kind that a text names.
    func entry(_ cursor: DocumentCursor) throws(DocumentError) -> Entry {
        try cursor.choice(entries.map { ($0.name, $0) })
    }

    /// The kinds as they stand in a schema.
    func objectKinds(with kinds: Kinds) -> [ValueSchema.ObjectKind] {
        entries.map {
            ValueSchema.ObjectKind(
                name: $0.name, documentation: $0.documentation, object: $0.schema(kinds))
        }
    }
}

/// A described type that is one of several kinds, with a name in documents.
public protocol DescribedKind: Described {
    /// The name in documents, in lower case with underscores.
    static var key: String { get }
    /// What it is, in a sentence.
    static var documentation: String { get }
}
