internal import Documents

extension ValidationChoice {
    /// A number of tasks, or an object that says what is drawn and how.
    static let format = FieldFormat<Self>(
        schema: {
            .either([.integer(minimum: 0, maximum: 1_000_000), .object(Draw.schema(with: $0))])
        },
        read: { cursor throws(DocumentError) in
            switch cursor.value.content {
            case .integer: return Self(.tasks(try cursor.integer(in: 0...1_000_000)))
            case .object:
                let draw = try Draw(cursor)
                return Self(draw.amount, stratum: draw.stratum)
            default:
                throw cursor.error(
                    expected:
                        "a number of training tasks, or \"tasks\", \"fraction\" or \"patients\"",
                    hint: "validation tasks are drawn from the training tasks: "
                        + "test tasks are never used for validation")
            }
        },
        write: { choice in
            var draw = Draw()
            draw.amount = choice.amount
            draw.stratum = choice.stratum
            return draw.document
        })
}

/// The object that says what is drawn and how.
private struct Draw: Described {
    var amount = ValidationChoice.Amount.tasks(0)
    var stratum = ValidationChoice.Stratum.patient

    private static let amounts = ["tasks", "fraction", "patients"]

    static let fields = Fields<Self>(
        [
            count(
                "tasks", "How many training tasks.", { .tasks($0) },
                { if case .tasks(let count) = $0 { count } else { nil } }),
            Field(
                "fraction", schema: fraction.schema, "Which part of the training tasks.",
                read: { cursor, draw throws(DocumentError) in
                    draw.amount = .fraction(try fraction.read(cursor))
                },
                write: { draw in
                    guard case .fraction(let part) = draw.amount else { return nil }
                    return fraction.write(part)
                }),
            count(
                "patients", "Everything of how many training patients.", { .patients($0) },
                { if case .patients(let count) = $0 { count } else { nil } }),
            Field(
                "stratify", \.stratum, .choice,
                "What the tasks are spread over in proportion; not regarded for patients."),
        ], rules: [.exactlyOne(amounts)])

    private static let fraction = FieldFormat<Double>.number(in: 0.0001...0.9999)

    private static func count(
        _ key: String, _ documentation: String,
        _ amount: @escaping @Sendable (Int) -> ValidationChoice.Amount,
        _ number: @escaping @Sendable (ValidationChoice.Amount) -> Int?
    ) -> Field<Self> {
        let format = FieldFormat<Int>.integer(in: 0...1_000_000)
        return Field(
            key, schema: format.schema, documentation,
            read: { cursor, draw throws(DocumentError) in
                draw.amount = amount(try format.read(cursor))
            },
            write: { number($0.amount).map(format.write) })
    }

    func check(_ object: DocumentObject) throws(DocumentError) {
        guard Self.amounts.count(where: { object.optional($0) != nil }) == 1 else {
            throw object.cursor.error(expected: "one of \"tasks\", \"fraction\" and \"patients\"")
        }
    }
}
