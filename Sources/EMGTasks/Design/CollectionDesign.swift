/// A family of collections made from one archive: an experiment's design.
///
/// Every collection is the same tasks, divided otherwise into training, validation and test, or a
/// part of them. Test tasks are never used for validation.
public struct CollectionDesign: Sendable, Hashable {
    /// What distinguishes one collection from the next.
    public enum Rule: Sendable, Hashable {
        /// A collection for each of these patients (patterns; everyone when empty): theirs are
        /// the test tasks, everyone else's train.
        case leaveOnePatientOut(patients: [String])
        /// The first sessions of each patient, in the order of their names, train, the later ones
        /// test; in one collection or in one for each patient.
        case crossSession(trainSessions: Int, byPatient: Bool)
        /// One collection in which these conditions (patterns) test and all others train; when
        /// empty, one for each condition.
        case crossCondition(test: [String])
        /// A collection for each subset of so many training patients, with fixed test patients
        /// (patterns).
        case patientSubsets(sizes: [Int], test: [String])
        /// Collections with so many sessions drawn to train on, each size repeated, with fixed
        /// test tasks.
        case randomSessions(sizes: [Int], repetitions: Int, test: [TaskPattern])
        /// Collections given task by task.
        case lists([Listing])
    }

    /// One collection given task by task.
    public struct Listing: Sendable, Hashable {
        /// The collection's name.
        public var name: String
        /// Patterns of the tasks to train on; `nil` for all that are in no other list.
        public var train: [TaskPattern]?
        /// Patterns of the tasks to choose models by; `nil` for those that
        /// ``CollectionDesign/validation`` draws.
        public var validation: [TaskPattern]?
        /// Patterns of the tasks to judge by.
        public var test: [TaskPattern]

        /// Creates a listing.
        public init(
            name: String, train: [TaskPattern]?, validation: [TaskPattern]? = nil,
            test: [TaskPattern]
        ) {
            self.name = name
            self.train = train
            self.validation = validation
            self.test = test
        }
    }

    /// What distinguishes the collections.
    public var rule: Rule
    /// Which training tasks are set aside for validation; none when `nil`.
    public var validation: ValidationChoice?

    /// Creates a design.
    ///
    /// - Parameters:
    ///   - rule: What distinguishes the collections.
    ///   - validation: Which training tasks are set aside for validation.
    public init(_ rule: Rule, validation: ValidationChoice? = nil) {
        self.rule = rule
        self.validation = validation
    }

    /// More collections than this are taken for a mistake.
    public static let pointLimit = 10_000
}

extension CollectionDesign.Rule {
    /// The value of `design.rule` in a configuration.
    public var name: String {
        switch self {
        case .leaveOnePatientOut: "leave_one_patient_out"
        case .crossSession: "cross_session"
        case .crossCondition: "cross_condition"
        case .patientSubsets: "patient_subsets"
        case .randomSessions: "random_sessions"
        case .lists: "lists"
        }
    }
}
