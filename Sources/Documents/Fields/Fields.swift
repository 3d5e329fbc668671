/// The members of the documents of a type, in the order in which they are written.
///
/// From one description come reading, writing, defaults, the JSON Schema and the tables of the
/// documentation.
public struct Fields<Root: Sendable>: Sendable, ExpressibleByArrayLiteral {
    /// The members.
    package let fields: [Field<Root>]
    /// What binds them to each other, for the schema.
    package let rules: [ObjectSchema.Rule]
    /// The names of the members, without those of kinds that packages outside have added.
    package let keys: [String]
    private let hasKinds: Bool

    /// Creates a description.
    ///
    /// - Parameters:
    ///   - fields: The members in the order in which they are written; no key twice.
    ///   - rules: What binds them to each other, for the schema. Whoever reads checks it.
    package init(_ fields: [Field<Root>], rules: [ObjectSchema.Rule] = []) {
        keys = fields.flatMap { $0.keys(with: Kinds()) }
        precondition(Set(keys).count == keys.count, "a key stands twice")
        self.fields = fields
        self.rules = rules
        hasKinds = fields.contains { $0.spread != nil }
    }

    /// Creates a description from fields in brackets.
    public init(arrayLiteral elements: Field<Root>...) {
        self.init(elements)
    }

    /// The names of the members.
    ///
    /// - Parameter kinds: The kinds that packages outside have added.
    /// - Returns: The names in the order of the fields.
    package func keys(with kinds: Kinds) -> [String] {
        hasKinds ? fields.flatMap { $0.keys(with: kinds) } : keys
    }

    /// Reads an object's members into a value; what is left out, or `null`, stays as it is.
    ///
    /// - Parameters:
    ///   - object: The object, in which other members may stand, too.
    ///   - root: The value, with the defaults.
    /// - Throws: ``DocumentError`` with the place of the first fault, in the order of the fields.
    package func read(
        _ object: DocumentObject, into root: inout Root
    ) throws(DocumentError) {
        for field in fields {
            if let spread = field.spread {
                try spread.read(object, &root)
            } else if field.isRequired {
                try field.read(object.required(field.key), &root)
            } else if let cursor = object.optional(field.key) {
                try field.read(cursor, &root)
            }
        }
    }

    /// A value's members as they are written.
    package func members(of root: Root) -> [DocumentValue.Member] {
        fields.flatMap { field in
            guard field.isWritten(root) else { return [DocumentValue.Member]() }
            if let spread = field.spread { return spread.write(root) }
            return field.write(root).map { [DocumentValue.Member(key: field.key, value: $0)] } ?? []
        }
    }

    /// What may stand in an object of these members.
    ///
    /// - Parameters:
    ///   - kinds: The kinds that packages outside have added.
    ///   - standard: The value that is meant when everything is left out.
    /// - Returns: The schema.
    package func schema(with kinds: Kinds, standard: Root?) -> ObjectSchema {
        ObjectSchema(
            properties: fields.flatMap { field in
                if let spread = field.spread { return spread.properties(kinds) }
                return [
                    ObjectSchema.Property(
                        key: field.key, schema: field.schema(kinds),
                        documentation: field.documentation,
                        standard: field.isRequired ? nil : standard.flatMap { field.write($0) },
                        isRequired: field.isRequired)
                ]
            },
            rules: rules)
    }
}
