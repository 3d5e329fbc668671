/// One member of the documents of a type: its key, what may stand there, what it means, and which
/// property of the type it is.
public struct Field<Root: Sendable>: Sendable {
    /// Reads the member into a value.
    package typealias Reader = @Sendable (DocumentCursor, inout Root) throws(DocumentError) -> Void

    /// The member's name.
    package let key: String
    /// What it means, in sentences with units.
    package let documentation: String
    /// What may stand there, with the kinds that packages outside have added.
    package let schema: @Sendable (Kinds) -> ValueSchema
    /// Whether it must be there.
    package let isRequired: Bool
    /// Reads the member into a value.
    let read: Reader
    /// The member as it is written; `nil` when it is left out.
    let write: @Sendable (Root) -> DocumentValue?
    /// Whether the member is written for a value; it is described in any case.
    var isWritten: @Sendable (Root) -> Bool = { _ in true }
    /// The members that the field stands for when it is more than one.
    var spread: FieldSpread<Root>?

    /// Creates a field that is read and written in a way of its own.
    ///
    /// - Parameters:
    ///   - key: The member's name.
    ///   - schema: What may stand there.
    ///   - documentation: What it means.
    ///   - isRequired: Whether it must be there.
    ///   - read: Reads the member into a value.
    ///   - write: The member as it is written; `nil` when it is left out.
    package init(
        _ key: String, schema: @escaping @Sendable (Kinds) -> ValueSchema,
        _ documentation: String, isRequired: Bool = false,
        read: @escaping Reader, write: @escaping @Sendable (Root) -> DocumentValue?
    ) {
        self.key = key
        self.documentation = documentation
        self.schema = schema
        self.isRequired = isRequired
        self.read = read
        self.write = write
    }

    /// Creates a field of a property that always has a value.
    ///
    /// - Parameters:
    ///   - key: The member's name.
    ///   - path: The property.
    ///   - format: How its value stands there.
    ///   - documentation: What it means.
    ///   - isRequired: Whether it must be there.
    public init<Value>(
        _ key: String, _ path: any WritableKeyPath<Root, Value> & Sendable,
        _ format: FieldFormat<Value>, _ documentation: String, isRequired: Bool = false
    ) {
        self.init(
            key, schema: format.schema, documentation, isRequired: isRequired,
            read: { cursor, root throws(DocumentError) in
                root[keyPath: path] = try format.read(cursor)
            },
            write: { format.write($0[keyPath: path]) })
    }

    /// Creates a field of a property that may have no value.
    ///
    /// - Parameters:
    ///   - key: The member's name.
    ///   - path: The property.
    ///   - format: How its value stands there.
    ///   - documentation: What it means, and what no value means.
    ///   - absence: How no value is written.
    public init<Value>(
        optional key: String, _ path: any WritableKeyPath<Root, Value?> & Sendable,
        _ format: FieldFormat<Value>, _ documentation: String, absence: Absence = .null
    ) {
        self.init(
            key,
            schema: { absence == .null ? format.schema($0).orNull : format.schema($0) },
            documentation,
            read: { cursor, root throws(DocumentError) in
                root[keyPath: path] = try format.read(cursor)
            },
            write: { root in
                if let value = root[keyPath: path] { return format.write(value) }
                return absence == .null ? DocumentValue(.null) : nil
            })
    }

    /// The field, written for some values only: what another member makes meaningless is left out.
    ///
    /// - Parameter condition: Whether the member is written for a value.
    /// - Returns: The field.
    public func written(when condition: @escaping @Sendable (Root) -> Bool) -> Field {
        var field = self
        field.isWritten = condition
        return field
    }

    /// Creates a field of a described property. What its object leaves out stays as it is, so that a
    /// property may start from other values than its type does.
    ///
    /// - Parameters:
    ///   - key: The member's name.
    ///   - path: The property.
    ///   - documentation: What it means.
    public init<Value: Described>(
        object key: String, _ path: any WritableKeyPath<Root, Value> & Sendable,
        _ documentation: String
    ) {
        self.init(
            key, schema: { .object(Value.schema(with: $0)) }, documentation,
            read: { cursor, root throws(DocumentError) in
                var value = root[keyPath: path]
                try value.read(cursor)
                root[keyPath: path] = value
            },
            write: { $0[keyPath: path].document })
    }

    /// How a property without a value is written.
    public enum Absence: Sendable {
        /// As `null`.
        case null
        /// Not at all.
        case leftOut
    }
}
