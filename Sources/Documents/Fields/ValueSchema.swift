/// What may stand at a place of a document: the source of its JSON Schema and of the words in
/// tables of the documentation.
package indirect enum ValueSchema: Sendable, Hashable {
    /// Anything.
    case anything
    /// Nothing.
    case null
    /// True or false.
    case boolean
    /// A whole number; a bound that is `nil` does not stand in the schema.
    case integer(minimum: Int?, maximum: Int?)
    /// A number; with `above`, the minimum itself is out.
    case number(minimum: Double?, maximum: Double?, above: Bool)
    /// A text.
    case text
    /// A text of a form.
    case form(TextForm)
    /// This value and no other.
    case constant(DocumentValue)
    /// One of these texts.
    case choice([String])
    /// A list.
    case list(of: ValueSchema, count: ClosedRange<Int>, isUnique: Bool)
    /// An object with known members.
    case object(ObjectSchema)
    /// An object whose members have names of their author's choice: any, or of a form or choice.
    case map(of: ValueSchema, names: ValueSchema? = nil, count: ClosedRange<Int> = 0 ... .max)
    /// An object that says by a member what it is, which decides what else it may have. The
    /// `standard` one is meant when that member is left out; `nil` when it must be there.
    case tagged(by: String, standard: String?, kinds: [ObjectKind])
    /// An object with one member alone, whose name says what it is; or that name as a text, when
    /// every member of it may be left out.
    case keyed(kinds: [ObjectKind])
    /// Any of these.
    case either([ValueSchema])
    /// What the document of the schema defines by this name; a value may be made of its like.
    case defined(String)
    /// An object that a schema in a file of its own describes.
    case document(String)

    /// A kind of object by its name.
    package struct ObjectKind: Sendable, Hashable {
        /// The name in documents.
        package let name: String
        /// What it is, in a sentence.
        package let documentation: String
        /// Its members.
        package let object: ObjectSchema

        /// Creates a kind.
        package init(name: String, documentation: String, object: ObjectSchema) {
            self.name = name
            self.documentation = documentation
            self.object = object
        }
    }

    /// The same value, or nothing.
    package var orNull: ValueSchema {
        switch self {
        case .null: self
        case .either(let schemas) where schemas.contains(.null): self
        case .either(let schemas): .either(schemas + [.null])
        default: .either([self, .null])
        }
    }
}

/// What a text has to look like.
package struct TextForm: Sendable, Hashable {
    /// What such a text is called in tables.
    package let name: String
    /// A regular expression (ECMA 262) that it fits; `nil` when a schema cannot say it.
    package let pattern: String?
    /// How many characters it may have.
    package let length: ClosedRange<Int>

    /// Creates a form.
    ///
    /// - Parameters:
    ///   - name: What such a text is called in tables.
    ///   - pattern: A regular expression (ECMA 262) that it fits.
    ///   - length: How many characters it may have.
    package init(_ name: String, pattern: String? = nil, length: ClosedRange<Int> = 0 ... .max) {
        self.name = name
        self.pattern = pattern
        self.length = length
    }
}

/// What may stand in an object.
package struct ObjectSchema: Sendable, Hashable {
    /// A member that may stand in an object.
    package struct Property: Sendable, Hashable {
        /// The member's name.
        package let key: String
        /// What may stand there.
        package let schema: ValueSchema
        /// What it means, in sentences with units.
        package let documentation: String
        /// What is meant when it is left out; `nil` when nothing is, or the documentation says it.
        package let standard: DocumentValue?
        /// Whether it must be there.
        package let isRequired: Bool

        /// Creates a property.
        ///
        /// - Parameters:
        ///   - key: The member's name.
        ///   - schema: What may stand there.
        ///   - documentation: What it means.
        ///   - standard: What is meant when it is left out.
        ///   - isRequired: Whether it must be there.
        package init(
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
    package indirect enum Rule: Sendable, Hashable {
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
    package var properties: [Property]
    /// What binds them to each other.
    package var rules: [Rule]

    /// Creates a schema.
    ///
    /// - Parameters:
    ///   - properties: The members in the order in which they are written.
    ///   - rules: What binds them to each other.
    package init(properties: [Property], rules: [Rule] = []) {
        self.properties = properties
        self.rules = rules
    }

    /// The schema with members before its own.
    func preceded(by others: [Property]) -> ObjectSchema {
        ObjectSchema(properties: others + properties, rules: rules)
    }
}
