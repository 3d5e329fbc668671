public import Documents
private import EMGSignal
private import SeededRandom

/// Which patients' tasks train, validate and test: leave-patients-out.
///
/// A patient is in one split with everything recorded of them, so that a model is always evaluated
/// on people it has never seen.
public struct PatientSplit: Described, Hashable {
    /// How the patients of one split are chosen.
    public enum Choice: Sendable, Hashable {
        /// These patients.
        case patients([String])
        /// This many, drawn with the collection's seed from those not yet chosen.
        case count(Int)
        /// Everyone not in another split.
        case remaining
    }

    /// Who trains.
    public var train: Choice
    /// Who is validated on.
    public var validation: Choice
    /// Who is tested on.
    public var test: Choice

    /// Creates a split.
    ///
    /// - Parameters:
    ///   - train: Who trains; everyone not in another split when left out.
    ///   - validation: Who is validated on; nobody when left out.
    ///   - test: Who is tested on; nobody when left out.
    public init(
        train: Choice = .remaining, validation: Choice = .patients([]),
        test: Choice = .patients([])
    ) {
        self.train = train
        self.validation = validation
        self.test = test
    }

    /// Leaves nobody out of training.
    public init() {
        self.init(train: .remaining)
    }

    /// The members.
    public static let fields: Fields<Self> = [
        Field("train", \.train, choice, "Who trains."),
        Field(
            "validation", schema: choice.schema, "Who is validated on; nobody when left out.",
            read: { cursor, root throws(DocumentError) in
                root.validation = try choice.read(cursor)
            },
            write: { $0.validation == .patients([]) ? nil : choice.write($0.validation) }),
        Field(
            "test", schema: choice.schema, "Who is tested on; nobody when left out.",
            read: { cursor, root throws(DocumentError) in root.test = try choice.read(cursor) },
            write: { $0.test == .patients([]) ? nil : choice.write($0.test) }),
    ]

    private static let choice = FieldFormat<Choice>(
        .either([
            .list(
                of: .either([.text, .integer(minimum: nil, maximum: nil)]), count: 0 ... .max,
                isUnique: false),
            .integer(minimum: 0, maximum: 1_000_000), .choice(["remaining"]),
        ]),
        read: { cursor throws(DocumentError) in
            switch cursor.value.content {
            case .integer: return .count(try cursor.integer(in: 0...1_000_000))
            case .string("remaining"): return .remaining
            case .array: return .patients(try FieldFormat<[String]>.names.read(cursor))
            default:
                throw cursor.error(
                    expected: "a list of patients, a number of them or \"remaining\"")
            }
        },
        write: { choice in
            switch choice {
            case .patients(let names): FieldFormat<[String]>.names.write(names)
            case .count(let count): DocumentValue(.integer(count))
            case .remaining: DocumentValue(.string("remaining"))
            }
        })

    /// Refuses a patient in two splits, and what remains in two.
    public func check(_ object: DocumentObject) throws(DocumentError) {
        var seen: [String: String] = [:]
        for (split, cursor) in object.entries {
            guard case .array = cursor.value.content else { continue }
            for element in try cursor.array() {
                let name = try element.name()
                if let other = seen[name] {
                    throw element.error(
                        expected: "a patient who is in one split only",
                        found: "\"\(name)\", who is in \(other) too",
                        hint: "a model must be tested on people it has not seen")
                }
                seen[name] = split
            }
        }
        guard [train, validation, test].count(where: { $0 == .remaining }) <= 1 else {
            throw object.cursor.error(expected: "\"remaining\" in one split only", found: "more")
        }
    }

    /// The patients of each split.
    ///
    /// Named patients are taken first; then test and validation patients are drawn, test first,
    /// from the naturally ordered rest; then everyone who is left goes where `remaining` stands.
    ///
    /// - Parameters:
    ///   - patients: Everyone with a usable recording.
    ///   - seed: The collection's seed.
    ///   - subject: The collection's name, for errors.
    /// - Returns: Disjoint lists in natural order; a patient in none of them is not used.
    /// - Throws: ``TaskError`` for a patient who is not there or a number that cannot be met.
    package func assignment(
        of patients: some Collection<String>, seed: UInt64, subject: String
    ) throws(TaskError) -> (train: [String], validation: [String], test: [String]) {
        let everyone = Set(patients)
        let known = everyone.sorted(by: NaturalOrder.precedes)
        var free = known
        var chosen: [[String]] = [[], [], []]
        let choices = [(2, "test", test), (1, "validation", validation), (0, "train", train)]
        for (slot, _, choice) in choices {
            guard case .patients(let names) = choice else { continue }
            for name in names {
                guard everyone.contains(name) else {
                    throw TaskError(
                        .unknownPatient(name, known: known), subject: subject,
                        hint: "correct \"splits\" or see why the patient's recordings were refused"
                    )
                }
                chosen[slot].append(name)
            }
            let taken = Set(names)
            free.removeAll { taken.contains($0) }
        }
        for (slot, name, choice) in choices {
            guard case .count(let count) = choice else { continue }
            guard count <= free.count else {
                throw TaskError(
                    .mismatch(
                        what: "patients for the \(name) split", expected: "\(count)",
                        found: "\(free.count) not in another split"),
                    subject: subject, hint: "ask for fewer patients in \"splits\"")
            }
            var generator = SeededGenerator(seed: seed, stream: "splits.\(name)")
            chosen[slot] = Array(generator.shuffled(free).prefix(count))
            let taken = Set(chosen[slot])
            free.removeAll { taken.contains($0) }
        }
        for (slot, _, choice) in choices where choice == .remaining {
            chosen[slot] = free
            free = []
        }
        let sorted = chosen.map { $0.sorted(by: NaturalOrder.precedes) }
        return (sorted[0], sorted[1], sorted[2])
    }
}
