package import Documents
private import SeededRandom

/// What a target task consists of.
///
/// Lengths are in arena widths: the arena is a square, the cursor begins at its center.
package struct FittsSettings: Described, Hashable {
    /// The class that moves the cursor to the left.
    package var left = "close"
    /// The class that moves it to the right.
    package var right = "open"
    /// The class that moves it up; `nil` in a task of one dimension.
    package var up: String?
    /// The class that moves it down; `nil` in a task of one dimension.
    package var down: String?
    /// How far the cursor moves in a second at full velocity, in arena widths.
    package var speed = 0.4
    /// Whether the speed follows the decoder's velocity; else every class moves at full speed.
    package var velocity = Velocity.full
    /// How far targets are from the center, in arena widths.
    package var distances = [0.2, 0.35]
    /// How wide targets are, in arena widths.
    package var widths = [0.08, 0.16]
    /// How many directions there are in two dimensions.
    package var directions = 8
    /// For how many seconds the cursor stays in a target until the target is reached.
    package var dwellSeconds = 1.0
    /// After how many seconds a trial is given up.
    package var timeLimitSeconds = 15.0
    /// How many seconds of rest come before each trial.
    package var restSeconds = 3.0
    /// How many seconds in the beginning of a rest are not counted.
    package var settleSeconds = 1.0
    /// How many targets there are.
    package var trials = 16
    /// In which order they come.
    package var order = Order.shuffled
    /// What the order is drawn from.
    package var seed: UInt64 = SeededGenerator.defaultSeed

    /// What the speed of the cursor is.
    package enum Velocity: String, Sendable, Hashable, CaseIterable {
        /// Full speed for every class.
        case full
        /// Full speed times the decoder's velocity.
        case proportional
    }

    /// The order of targets.
    package enum Order: String, Sendable, Hashable, CaseIterable {
        /// Each combination once in an order that is drawn, then each once more, and so on.
        case shuffled
        /// By distance, width and direction, again and again.
        case listed
    }

    /// A task of one dimension.
    package init() {}

    private static let length = FieldFormat<Double>.number(in: 0.01...0.48)

    /// The members.
    package static let fields: Fields<Self> = [
        Field("left", \.left, .name, "The class that moves the cursor to the left."),
        Field("right", \.right, .name, "The class that moves the cursor to the right."),
        Field(
            optional: "up", \.up, .name,
            "The class that moves the cursor up; with `down` it makes a task of two dimensions."),
        Field(optional: "down", \.down, .name, "The class that moves the cursor down."),
        Field(
            "speed", \.speed, .number(in: 0.01...10),
            "How far the cursor moves in a second at full velocity, in arena widths."),
        Field(
            "velocity", \.velocity, .choice,
            "What the speed is: `full` for every class, or `proportional` to the velocity that "
                + "the decoder puts out."),
        Field(
            "distances", \.distances, .list(of: length, count: 1...8),
            "How far targets' centers are from the arena's center, in arena widths."),
        Field(
            "widths", \.widths, .list(of: length, count: 1...8),
            "How wide targets are, in arena widths. Every distance comes with every width."),
        Field(
            "directions", \.directions, .integer(in: 4...36),
            "In how many directions, evenly round the center, targets lie in two dimensions; in "
                + "one they lie left and right."),
        Field(
            "dwell_seconds", \.dwellSeconds, .number(in: 0.05...10),
            "For how long the cursor stays in a target until the target is reached."),
        Field(
            "time_limit_seconds", \.timeLimitSeconds, .number(in: 1...300),
            "After how long a trial is given up."),
        Field(
            "rest_seconds", \.restSeconds, .number(in: 0...60),
            "How much rest there is before each trial, in which the cursor stays at the center "
                + "and decisions other than neutral are counted as false."),
        Field(
            "settle_seconds", \.settleSeconds, .number(in: 0...60),
            "The beginning of a rest in which decisions are not counted yet, as somebody stops "
                + "the movement before."),
        Field(
            "trials", \.trials, .integer(in: 1...1_000), "How many targets there are."),
        Field(
            "order", \.order, .choice,
            "`shuffled`: each combination of distance, width and direction once in an order that "
                + "is drawn, then once more, and so on; `listed`: as they are listed."),
        Field("seed", \.seed, .seed, "What the order is drawn from."),
    ]

    /// Refuses targets that do not fit into the arena or hold the cursor from the beginning, and
    /// classes that do not say one direction each.
    package func check(_ object: DocumentObject) throws(DocumentError) {
        guard (up == nil) == (down == nil) else {
            throw object.cursor.error(
                expected: "both \"up\" and \"down\", or neither",
                found: up == nil ? "\"down\" alone" : "\"up\" alone")
        }
        var seen: [String: FittsDirection] = [:]
        for (direction, name) in classes {
            if let other = seen.updateValue(direction, forKey: name) {
                throw (object.optional(direction.rawValue) ?? object.cursor).error(
                    expected: "a class for each direction",
                    found: "\(name) for \(other.rawValue) and \(direction.rawValue)")
            }
        }
        for distance in distances {
            for width in widths {
                let place = object.optional("distances") ?? object.optional("widths")
                let found = "\(distance) with width \(width)"
                if width / 2 >= distance {
                    throw (place ?? object.cursor).error(
                        expected: "distances above half of each width", found: found)
                }
                if distance + width / 2 > 0.5 {
                    throw (place ?? object.cursor).error(
                        expected: "targets inside the arena: distance + width / 2 of at most 0.5",
                        found: found)
                }
            }
        }
        guard restSeconds == 0 || settleSeconds < restSeconds else {
            throw
                (object.optional("settle_seconds") ?? object.optional("rest_seconds")
                ?? object.cursor).error(
                    expected: "settle_seconds below rest_seconds, \(restSeconds)",
                    found: "\(settleSeconds)")
        }
        guard dwellSeconds < timeLimitSeconds else {
            throw
                (object.optional("dwell_seconds") ?? object.optional("time_limit_seconds")
                ?? object.cursor).error(
                    expected: "dwell_seconds below time_limit_seconds, \(timeLimitSeconds)",
                    found: "\(dwellSeconds)")
        }
    }

    /// How many dimensions the task has, 1 or 2.
    package var dimensions: Int { up == nil ? 1 : 2 }

    /// The class of each direction, left and right first.
    package var classes: [(direction: FittsDirection, name: String)] {
        let named: [(FittsDirection, String?)] = [
            (.left, left), (.right, right), (.up, up), (.down, down),
        ]
        return named.compactMap { direction, name in name.map { (direction, $0) } }
    }

    /// The schema of documents, `schemas/fitts.schema.json`.
    ///
    /// - Returns: The schema.
    package static func schemaDocument() -> SchemaDocument {
        SchemaDocument(
            name: "fitts.schema.json", title: "Target task",
            documentation: "A target task for a decoder: which class moves the cursor where, "
                + "which targets there are, and when one is reached.",
            schema: .object(schema(with: Kinds())))
    }
}
