private import PrintableText

/// Where something stands in a text: both counts start at 1.
public struct DocumentPosition: Sendable, Hashable {
    /// The line.
    public let line: Int
    /// The column, in Unicode scalars.
    public let column: Int
    /// What the value was given by when not by the document's text, as `override 2: seed`.
    public let source: String?

    /// Creates a position.
    ///
    /// - Parameters:
    ///   - line: The line, from 1.
    ///   - column: The column, from 1.
    ///   - source: What the value was given by; `nil` for the document's text.
    public init(line: Int, column: Int, source: String? = nil) {
        self.line = line
        self.column = column
        self.source = source
    }
}

/// A value of a JSON or YAML document that knows where it stands.
public struct DocumentValue: Sendable, Hashable {
    /// What a value can be.
    public indirect enum Content: Sendable, Hashable {
        /// Nothing.
        case null
        /// True or false.
        case boolean(Bool)
        /// A whole number.
        case integer(Int)
        /// A finite number with a fraction or exponent.
        case number(Double)
        /// A text.
        case string(String)
        /// Values in order.
        case array([DocumentValue])
        /// Named values in the order of the document, each name once.
        case object([Member])
    }

    /// One named value of an object.
    public struct Member: Sendable, Hashable {
        /// The name.
        public let key: String
        /// Where the name stands; `nil` in values that no text holds.
        public let position: DocumentPosition?
        /// The value.
        public let value: DocumentValue

        /// Creates a member.
        public init(key: String, position: DocumentPosition? = nil, value: DocumentValue) {
            self.key = key
            self.position = position
            self.value = value
        }
    }

    /// The value.
    public let content: Content
    /// Where it begins; `nil` when it is not from a text.
    public let position: DocumentPosition?

    /// Creates a value.
    public init(_ content: Content, at position: DocumentPosition? = nil) {
        self.content = content
        self.position = position
    }

    /// The value in a few words, for messages.
    public var summary: String {
        switch content {
        case .null: "null"
        case .boolean(let value): String(value)
        case .integer(let value): String(value)
        case .number(let value): String(value)
        case .string(let value): "\"\(value.printable())\""
        case .array(let values): "a list of \(values.count)"
        case .object(let members):
            "an object of \(members.count) member\(members.count == 1 ? "" : "s")"
        }
    }
}
