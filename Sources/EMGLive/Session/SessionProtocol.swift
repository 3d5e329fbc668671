package import Documents

/// What a person is asked to do in a session, and for how long: classes, the cycle in which they
/// come, how often, and what is between.
///
/// `docs/live/session.md` and `schemas/session-protocol.schema.json` describe its YAML.
package struct SessionProtocol: Described, Hashable {
    /// What it is called.
    package var name = "RORCR"
    /// The movements.
    package var classes = ["relax", "open", "close"].map(SessionClass.init)
    /// The classes of one cycle, in order; every movement once with a rest before, between and
    /// after them when empty.
    package var cycle: [String] = []
    /// How many cycles there are.
    package var cycles = 3
    /// For how many seconds a movement is held.
    package var holdSeconds = 5.0
    /// How many seconds of each hold, from its prompt on, get no label: the person is only
    /// beginning to move.
    package var reactionSeconds = 0.5
    /// How many seconds are between two cycles.
    package var restSeconds = 3.0
    /// How many seconds are counted down before the first movement, and after a pause or a repeat.
    package var countdownSeconds = 3.0
    /// Beats of the metronome a minute; `nil` for none.
    package var metronome: Double?
    /// In which order the movements of a cycle come.
    package var order = Order.asGiven
    /// What the order is drawn from when it is shuffled.
    package var seed: UInt64 = 1

    /// In which order the movements of a cycle come.
    package enum Order: String, Sendable, Hashable, CaseIterable {
        /// As the cycle has them.
        case asGiven = "as_given"
        /// Drawn anew for each cycle; rests stay in their places.
        case shuffled
    }

    /// Three cycles of relax, open, relax, close, relax.
    package init() {}

    /// A session with the classes of a decoder: each movement once a cycle, with rests between.
    ///
    /// - Parameter classNames: The classes, at least one; no name twice.
    package init(classNames: [String]) {
        classes = classNames.map(SessionClass.init)
        name = cycleNames == ["relax", "open", "relax", "close", "relax"] ? "RORCR" : "calibration"
    }

    static let longestSeconds = 3_600.0
    private static let mostMovements = 10_000

    static var holdFormat: FieldFormat<Double> { .number(in: 0.1...longestSeconds) }

    /// The members.
    package static let fields: Fields<Self> = [
        Field("name", \.name, .name, "What it is called."),
        Field(
            "classes", \.classes, .sessionClasses,
            "The movements, each by its name or with what is shown for it."),
        Field(
            "cycle", \.cycle, .list(of: .name, count: 0...1_000),
            "The classes of one cycle, in order. Left out or empty, every movement once with a rest "
                + "before, between and after them; the rest is the class called rest, relax, "
                + "neutral or no_motion."),
        Field("cycles", \.cycles, .integer(in: 1...1_000), "How many cycles there are."),
        Field(
            "hold_s", \.holdSeconds, holdFormat,
            "For how many seconds a movement is held; classes may have their own."),
        Field(
            "reaction_s", \.reactionSeconds, .number(in: 0...60),
            "How many seconds of each hold, from its prompt on, get no label: the person is only "
                + "beginning to move."),
        Field(
            "rest_s", \.restSeconds, .number(in: 0...longestSeconds),
            "How many seconds are between two cycles."),
        Field(
            "countdown_s", \.countdownSeconds, .number(in: 0...60),
            "How many seconds are counted down before the first movement, and after a pause or a "
                + "repeat."),
        Field("metronome", \.metronome, .metronome, "Beats a minute, or `off`."),
        Field(
            "order", \.order, .choice,
            "`shuffled` draws the order of a cycle's movements anew for each cycle; rests stay in "
                + "their places."),
        Field("seed", \.seed, .seed, "What the order is drawn from when it is shuffled."),
    ]

    /// Refuses a cycle of classes that are not there, and holds without a labeled sample.
    package func check(_ object: DocumentObject) throws(DocumentError) {
        let names = classes.map(\.name)
        for (index, name) in names.enumerated() where names[..<index].contains(name) {
            throw try object.required("classes").error(
                expected: "each class once", found: "\"\(name)\" twice")
        }
        if let list = object.optional("cycle") {
            for (cursor, name) in zip(try list.array(), cycle) where !names.contains(name) {
                throw cursor.error(
                    expected: "one of the classes \(names.joined(separator: ", "))",
                    hint: Spelling.suggestion(for: name, among: names))
            }
        } else if let unknown = cycle.first(where: { !names.contains($0) }) {
            throw object.cursor.error(
                expected: "a cycle of the classes \(names.joined(separator: ", "))", found: unknown)
        }
        let movementCount = cycleNames.count * cycles
        if movementCount > Self.mostMovements {
            throw (object.optional("cycles") ?? object.cursor).error(
                expected: "at most \(Self.mostMovements) movements in all",
                found: "\(movementCount)")
        }
        let shortest = classes.map { holdSeconds(of: $0) }.min() ?? holdSeconds
        if reactionSeconds >= shortest {
            throw (object.optional("reaction_s") ?? object.cursor).error(
                expected: "a \"reaction_s\" below every \"hold_s\"",
                found: "\(reactionSeconds) s of \(shortest) s",
                hint: "no sample of such a hold would get a label")
        }
    }

    /// For how many seconds a movement is held.
    func holdSeconds(of movement: SessionClass) -> Double { movement.holdSeconds ?? holdSeconds }

    /// The schema of protocols, `schemas/session-protocol.schema.json`.
    ///
    /// - Returns: The schema.
    package static func schemaDocument() -> SchemaDocument {
        SchemaDocument(
            name: "session-protocol.schema.json", title: "Protocol of a guided session",
            documentation: "What a person is asked to do, and for how long: classes, the cycle in "
                + "which they come, how often, and what is between.",
            schema: .object(schema(with: Kinds())))
    }
}

extension FieldFormat<Double?> {
    /// Beats a minute, or `off`.
    fileprivate static var metronome: FieldFormat {
        let beats = FieldFormat<Double>.number(in: 20...240)
        return FieldFormat(
            .either([.number(minimum: 20, maximum: 240, above: false), .choice(["off"])]),
            read: { cursor throws(DocumentError) in
                switch cursor.value.content {
                case .string("off"), .boolean(false): nil
                case .integer, .number: try beats.read(cursor)
                default: throw cursor.error(expected: "beats a minute, or off")
                }
            },
            write: { $0.map(beats.write) ?? .string("off") })
    }
}
