public import Documents
private import EMGSignal

/// A collection for each patient: theirs are the test tasks, everyone else's train.
public struct LeaveOnePatientOut: DesignRule {
    /// Patterns of the patients who are left out in turn; everyone when empty.
    public var patients: [String]

    /// Creates a design.
    public init(patients: [String]) {
        self.patients = patients
    }

    /// Leaves everyone out in turn.
    public init() {
        self.init(patients: [])
    }

    /// The name in documents.
    public static let key = "leave_one_patient_out"
    /// What it is.
    public static let documentation = "A collection for each patient, whose tasks are tested."
    /// The members.
    public static let fields: Fields<Self> = [
        .names("patients", \.patients, "Only these (patterns) are left out in turn.")
    ]

    /// `test-p1` and so on.
    public func folds(of input: DesignInput) throws(TaskError) -> [DesignFold] {
        try input.patients(fitting: patients).mapThrowing { (patient) throws(TaskError) in
            try input.fold("test-\(patient)") { $0.patient == patient }
        }
    }
}

extension DesignRule where Self == LeaveOnePatientOut {
    /// A collection for each of these patients (patterns; everyone when empty).
    public static func leaveOnePatientOut(patients: [String]) -> LeaveOnePatientOut {
        LeaveOnePatientOut(patients: patients)
    }
}
