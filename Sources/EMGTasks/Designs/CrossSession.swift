package import Documents
private import EMGSignal

/// The first sessions of each patient, in the order of their names, train, the later ones test; in
/// one collection or in one for each patient.
package struct CrossSession: DesignRule {
    /// How many sessions of each patient train, at least 1.
    package var trainSessions: Int
    /// Whether there is a collection for each patient, of their tasks alone.
    package var byPatient: Bool

    /// Creates a design.
    package init(trainSessions: Int, byPatient: Bool) {
        self.trainSessions = trainSessions
        self.byPatient = byPatient
    }

    /// Trains on the first session of everyone.
    package init() {
        self.init(trainSessions: 1, byPatient: false)
    }

    /// The name in documents.
    package static let key = "cross_session"
    /// The sentence that lists and schemas say of it.
    package static let documentation =
        "The first sessions of each patient train, the later ones test."
    /// The members.
    package static let fields: Fields<Self> = [
        Field(
            "train_sessions", \.trainSessions, .integer(in: 1...1_000),
            "How many sessions of each patient train."),
        Field(
            "by_patient", \.byPatient, .boolean,
            "A collection for each patient, of their tasks alone."),
    ]

    /// `cross-session`, or `cross-session-p1` and so on.
    package func folds(of input: DesignInput) throws(TaskError) -> [DesignFold] {
        var early: [String: Set<String>] = [:]
        let tasks = Dictionary(grouping: input.tasks, by: \.patient)
        for (patient, theirs) in tasks {
            let sessions = Set(theirs.map(\.session)).sorted(by: NaturalOrder.precedes)
            early[patient] = Set(sessions.prefix(trainSessions))
        }
        func isLate(_ task: RecordingIdentity) -> Bool {
            early[task.patient]?.contains(task.session) == false
        }
        guard byPatient else { return [try input.fold("cross-session", isTest: isLate)] }
        // Who has no later session can train nobody's collection but their own, and test none.
        return try Set(input.tasks.filter(isLate).map(\.patient))
            .sorted(by: NaturalOrder.precedes)
            .mapThrowing { (patient) throws(TaskError) in
                try input.fold(
                    "cross-session-\(patient)", of: tasks[patient], isTest: isLate)
            }
    }
}

extension DesignRule where Self == CrossSession {
    /// The first sessions of each patient train, the later ones test.
    package static func crossSession(trainSessions: Int, byPatient: Bool) -> CrossSession {
        CrossSession(trainSessions: trainSessions, byPatient: byPatient)
    }
}
