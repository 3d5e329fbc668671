/// How values of a type stand in documents: how they are read, written and described.
public struct FieldFormat<Value: Sendable>: Sendable {
    /// Reads a value where a cursor stands.
    package typealias Reader = @Sendable (DocumentCursor) throws(DocumentError) -> Value

    /// Reads a value, or says what is wrong with what stands there.
    package let read: Reader
    /// The value as it is written, so that reading gives it back.
    package let write: @Sendable (Value) -> DocumentValue
    /// What may stand there, with the kinds that packages outside have added.
    package let schema: @Sendable (Kinds) -> ValueSchema

    /// Creates a format.
    ///
    /// - Parameters:
    ///   - schema: What may stand there.
    ///   - read: Reads a value.
    ///   - write: The value as it is written; reading gives it back.
    package init(
        _ schema: ValueSchema, read: @escaping Reader,
        write: @escaping @Sendable (Value) -> DocumentValue
    ) {
        self.init(schema: { _ in schema }, read: read, write: write)
    }

    /// Creates a format of values whose kinds packages outside may add to.
    ///
    /// - Parameters:
    ///   - schema: What may stand there, with all kinds.
    ///   - read: Reads a value.
    ///   - write: The value as it is written; reading gives it back.
    package init(
        schema: @escaping @Sendable (Kinds) -> ValueSchema, read: @escaping Reader,
        write: @escaping @Sendable (Value) -> DocumentValue
    ) {
        self.schema = schema
        self.read = read
        self.write = write
    }

    /// The same format for another type of value.
    ///
    /// - Parameters:
    ///   - other: The value as the other type; it may refuse it, with an error at the cursor.
    ///   - back: The other type's value as this one's.
    /// - Returns: The format.
    public func mapped<Other: Sendable>(
        _ other: @escaping @Sendable (Value, DocumentCursor) throws(DocumentError) -> Other,
        back: @escaping @Sendable (Other) -> Value
    ) -> FieldFormat<Other> {
        FieldFormat<Other>(
            schema: schema,
            read: { cursor throws(DocumentError) in try other(try read(cursor), cursor) },
            write: { write(back($0)) })
    }
}

extension FieldFormat<Int> {
    /// A whole number within bounds.
    public static func integer(in bounds: ClosedRange<Int> = .min ... .max) -> FieldFormat {
        FieldFormat(
            .integer(
                minimum: bounds.lowerBound == .min ? nil : bounds.lowerBound,
                maximum: bounds.upperBound == .max ? nil : bounds.upperBound),
            read: { cursor throws(DocumentError) in try cursor.integer(in: bounds) },
            write: { DocumentValue(.integer($0)) })
    }
}

extension FieldFormat<UInt64> {
    /// What random numbers are drawn from: a whole number from 0 to 2⁶⁴ − 1; one above 2⁶³ − 1,
    /// which documents have no numbers for, as a text of its digits.
    package static var seed: FieldFormat { .seed(plainTo: UInt64(Int.max)) }

    /// What random numbers are drawn from.
    ///
    /// - Parameter largest: The largest one that is written as a number, others as texts of their
    ///   digits; both are read.
    /// - Returns: The format.
    package static func seed(plainTo largest: UInt64) -> FieldFormat {
        let digits = TextForm("its digits in quotes", pattern: "^(0|[1-9][0-9]{0,19})$")
        return FieldFormat(
            .either([.integer(minimum: 0, maximum: nil), .form(digits)]),
            read: { cursor throws(DocumentError) in
                switch cursor.value.content {
                case .string(let digits) where Int(digits.prefix(1)) != nil:
                    guard let seed = UInt64(digits), String(seed) == digits else {
                        throw cursor.error(expected: "a whole number from 0 to \(UInt64.max)")
                    }
                    return seed
                case .number(let number) where number >= 0x1p63:
                    throw cursor.error(
                        expected: "a whole number from 0 to \(UInt64.max)",
                        hint: number <= 0x1p64
                            ? "write a number above \(Int.max) in quotes" : "")
                default: break
                }
                return UInt64(try cursor.integer(in: 0 ... .max))
            },
            write: {
                $0 <= largest ? .integer(Int($0)) : .string(String($0))
            })
    }
}

extension FieldFormat<Double> {
    private static var largest: Double { .greatestFiniteMagnitude }

    /// A finite number within bounds.
    public static func number(
        in bounds: ClosedRange<Double> = -Double.greatestFiniteMagnitude
            ... .greatestFiniteMagnitude
    ) -> FieldFormat {
        FieldFormat(
            .number(
                minimum: bounds.lowerBound == -largest ? nil : bounds.lowerBound,
                maximum: bounds.upperBound == largest ? nil : bounds.upperBound, above: false),
            read: { cursor throws(DocumentError) in try cursor.number(in: bounds) },
            write: { DocumentValue(.number($0)) })
    }

    /// A number above 0.
    ///
    /// - Parameter words: What it is, for messages: `a frequency above 0 Hz`.
    /// - Returns: The format.
    public static func positive(_ words: String) -> FieldFormat {
        FieldFormat(
            .number(minimum: 0, maximum: nil, above: true),
            read: { cursor throws(DocumentError) in try cursor.positive(words) },
            write: { DocumentValue(.number($0)) })
    }
}

extension FieldFormat<Bool> {
    /// True or false.
    public static var boolean: FieldFormat {
        FieldFormat(
            .boolean, read: { cursor throws(DocumentError) in try cursor.boolean() },
            write: { DocumentValue(.boolean($0)) })
    }
}

extension FieldFormat<String> {
    /// A text.
    public static var text: FieldFormat {
        FieldFormat(
            .text, read: { cursor throws(DocumentError) in try cursor.string() },
            write: { DocumentValue(.string($0)) })
    }

    /// A name: a text, or a whole number, which is taken as it is written.
    public static var name: FieldFormat {
        FieldFormat(
            .either([.text, .integer(minimum: nil, maximum: nil)]),
            read: { cursor throws(DocumentError) in try cursor.name() },
            write: { DocumentValue(.string($0)) })
    }
}
