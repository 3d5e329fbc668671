public import Documents
internal import EMGArchive

extension ChannelMap: Described {
    /// The members.
    public static let fields: Fields<Self> = [
        .names("select", \.select, "Names or patterns in the collection's order."),
        Field(
            optional: "grid", \.grid, gridFormat,
            "Rows and columns of the grid that the selected channels lie on, row by row.",
            absence: .leftOut),
        .list(
            "rotate", \.rotations, rotationsFormat,
            "By how many places signals move round the armband: channel i gets the signal of "
                + "channel i + places."),
    ]

    /// `[rows, columns]`.
    private static let gridFormat = FieldFormat<Grid>(
        .list(of: .integer(minimum: 1, maximum: 1_000), count: 2...2, isUnique: false),
        read: { cursor throws(DocumentError) in
            let sizes = try cursor.array()
            guard sizes.count == 2 else { throw cursor.error(expected: "[rows, columns]") }
            return Grid(
                rows: try sizes[0].integer(in: 1...1_000),
                columns: try sizes[1].integer(in: 1...1_000))
        },
        write: { grid in
            DocumentValue(.array([grid.rows, grid.columns].map { DocumentValue(.integer($0)) }))
        })

    /// One number for all recordings, or a list of `{tasks: pattern, by: places}`.
    private static let rotationsFormat = FieldFormat<[Rotation]>(
        schema: { kinds in
            let each = FieldFormat<Rotation>.object()
            return .either([
                Rotation.places.schema(kinds),
                .list(of: each.schema(kinds), count: 0 ... .max, isUnique: false),
            ])
        },
        read: { cursor throws(DocumentError) in
            if case .integer = cursor.value.content {
                return [Rotation(tasks: .everything, places: try Rotation.places.read(cursor))]
            }
            return try FieldFormat<[Rotation]>.list(of: .object()).read(cursor)
        },
        write: { FieldFormat<[Rotation]>.list(of: .object()).write($0) })
}

extension ChannelMap.Rotation: Described {
    /// Turns nothing.
    public init() {
        self.init(tasks: .everything, places: 0)
    }

    /// The members.
    public static let fields: Fields<Self> = [
        Field("tasks", \.tasks, .taskPattern, "Which recordings.", isRequired: true),
        Field("by", \.places, places, "By how many places.", isRequired: true),
    ]

    fileprivate static let places = FieldFormat<Int>.integer(in: -1_000...1_000)
}
