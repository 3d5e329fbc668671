private import PrintableText

/// A value of a JSON or YAML document that knows where it stands.
package struct DocumentValue: Sendable, Hashable {
    /// What a value can be.
    package enum Content: Sendable, Hashable {
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
        case array(DocumentList)
        /// Named values in the order of the document, each name once.
        case object([Member])
    }

    /// One named value of an object.
    package struct Member: Sendable, Hashable {
        /// The name.
        package let key: String
        /// Where the name stands; `nil` for a member that stands in no text.
        package let position: DocumentPosition?
        /// The value.
        package let value: DocumentValue

        /// Creates a member.
        ///
        /// - Parameters:
        ///   - key: The name.
        ///   - position: Where it stands; left out for a member that stands in no text.
        ///   - value: The value.
        package init(key: String, position: DocumentPosition? = nil, value: DocumentValue) {
            self.key = key
            self.position = position
            self.value = value
        }
    }

    /// The value.
    package let content: Content
    /// Where it begins; `nil` for a value that stands in no text.
    package let position: DocumentPosition?

    /// Creates a value.
    ///
    /// - Parameters:
    ///   - content: The value.
    ///   - position: Where it begins; left out for a value that stands in no text.
    package init(_ content: Content, at position: DocumentPosition? = nil) {
        self.content = content
        self.position = position
    }

    /// The value in a few words, for messages.
    package var summary: String {
        switch content {
        case .null: "null"
        case .boolean(let value): String(value)
        case .integer(let value): String(value)
        case .number(let value): String(value)
        case .string(let value): "\"\(value.printable())\""
        case .array(let values): "a list of \(values.count)"
        case .object(let members):
            "an object of \(members.count, of: "member")"
        }
    }
}
