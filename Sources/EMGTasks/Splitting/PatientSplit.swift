private import EMGSignal
private import SeededRandom

/// Which patients' tasks train, validate and test: leave-patients-out.
///
/// A patient is in one split with everything recorded of them, so that a model is always judged
/// on people it has never seen.
public struct PatientSplit: Sendable, Hashable {
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
    public let train: Choice
    /// Who is validated on.
    public let validation: Choice
    /// Who is tested on.
    public let test: Choice

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
    public func assignment(
        of patients: some Collection<String>, seed: UInt64, subject: String
    ) throws(TaskError) -> (train: [String], validation: [String], test: [String]) {
        let known = Set(patients).sorted(by: NaturalOrder.precedes)
        var free = known
        var chosen: [[String]] = [[], [], []]
        let choices = [(2, "test", test), (1, "validation", validation), (0, "train", train)]
        for (slot, _, choice) in choices {
            guard case .patients(let names) = choice else { continue }
            for name in names {
                guard known.contains(name) else {
                    throw TaskError(
                        .unknownPatient(name, known: known), subject: subject,
                        hint: "correct \"splits\" or see why the patient's recordings were refused"
                    )
                }
                chosen[slot].append(name)
                free.removeAll { $0 == name }
            }
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
            free.removeAll { chosen[slot].contains($0) }
        }
        for (slot, _, choice) in choices where choice == .remaining {
            chosen[slot] = free
            free = []
        }
        let sorted = chosen.map { $0.sorted(by: NaturalOrder.precedes) }
        return (sorted[0], sorted[1], sorted[2])
    }
}
