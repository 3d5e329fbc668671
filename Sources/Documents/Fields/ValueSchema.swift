/// What may stand at a place of a document: the source of its JSON Schema and of the words in
/// tables of the documentation.
public indirect enum ValueSchema: Sendable, Hashable {
    /// Nothing.
    case null
    /// True or false.
    case boolean
    /// A whole number; a bound that is `nil` does not stand in the schema.
    case integer(minimum: Int?, maximum: Int?)
    /// A number; with `above`, the minimum itself is out.
    case number(minimum: Double?, maximum: Double?, above: Bool)
    /// A text that is not empty.
    case text
    /// One of these texts.
    case choice([String])
    /// A list.
    case list(of: ValueSchema, count: ClosedRange<Int>, isUnique: Bool)
    /// An object with known members.
    case object(ObjectSchema)
    /// An object whose members have names of their author's choice.
    case map(of: ValueSchema)
    /// An object that says by a member what it is, which decides what else it may have. The
    /// `standard` one is meant when that member is left out; `nil` when it must be there.
    case tagged(by: String, standard: String?, kinds: [ObjectKind])
    /// An object with one member alone, whose name says what it is; or that name as a text, when
    /// every member of it may be left out.
    case keyed(kinds: [ObjectKind])
    /// Any of these.
    case either([ValueSchema])

    /// A kind of object by its name.
    public struct ObjectKind: Sendable, Hashable {
        /// The name in documents.
        public let name: String
        /// What it is, in a sentence.
        public let documentation: String
        /// Its members.
        public let object: ObjectSchema

        /// Creates a kind.
        public init(name: String, documentation: String, object: ObjectSchema) {
            self.name = name
            self.documentation = documentation
            self.object = object
        }
    }

    /// The same value, or nothing.
    public var orNull: ValueSchema {
        switch self {
        case .null: self
        case .either(let schemas) where schemas.contains(.null): self
        case .either(let schemas): .either(schemas + [.null])
        default: .either([self, .null])
        }
    }
}

/// What may stand in an object.
public struct ObjectSchema: Sendable, Hashable {
    /// A member that may stand in an object.
    public struct Property: Sendable, Hashable {
        /// The member's name.
        public let key: String
        /// What may stand there.
        public let schema: ValueSchema
        /// What it means, in sentences with units.
        public let documentation: String
        /// What is meant when it is left out; `nil` when nothing is, or the documentation says it.
        public let standard: DocumentValue?
        /// Whether it must be there.
        public let isRequired: Bool

        /// Creates a property.
        ///
        /// - Parameters:
        ///   - key: The member's name.
        ///   - schema: What may stand there.
        ///   - documentation: What it means.
        ///   - standard: What is meant when it is left out.
        ///   - isRequired: Whether it must be there.
        public init(
            key: String, schema: ValueSchema, documentation: String,
            standard: DocumentValue? = nil, isRequired: Bool = false
        ) {
            self.key = key
            self.schema = schema
            self.documentation = documentation
            self.standard = standard
            self.isRequired = isRequired
        }
    }

    /// What binds members to each other.
    public indirect enum Rule: Sendable, Hashable {
        /// At most one of them may be there.
        case atMostOne([String])
        /// Just one of them must be there.
        case exactlyOne([String])
        /// One of them or more must be there.
        case atLeastOne([String])
        /// All of them must be there.
        case all([String])
        /// None of them may be there.
        case none([String])
        /// Nothing may be beside it.
        case alone(String)
        /// It is one of these texts, where it is there.
        case choice(String, [String])
        /// Where a member is one of some texts (or missing, when that means one of them), more
        /// rules hold.
        case when(String, is: [String], orMissing: Bool, [Rule])
    }

    /// The members in the order in which they are written.
    public var properties: [Property]
    /// What binds them to each other.
    public var rules: [Rule]

    /// Creates a schema.
    ///
    /// - Parameters:
    ///   - properties: The members in the order in which they are written.
    ///   - rules: What binds them to each other.
    public init(properties: [Property], rules: [Rule] = []) {
        self.properties = properties
        self.rules = rules
    }

    /// The schema with members before its own.
    func preceded(by others: [Property]) -> ObjectSchema {
        ObjectSchema(properties: others + properties, rules: rules)
    }
}
