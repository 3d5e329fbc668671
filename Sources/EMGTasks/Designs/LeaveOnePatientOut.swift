package import Documents
private import EMGSignal

/// A collection for each patient: theirs are the test tasks, everyone else's train.
package struct LeaveOnePatientOut: DesignRule {
    /// Patterns of the patients who are left out in turn; everyone when empty.
    package var patients: [String]

    /// Creates a design.
    package init(patients: [String]) {
        self.patients = patients
    }

    /// Leaves everyone out in turn.
    package init() {
        self.init(patients: [])
    }

    /// The name in documents.
    package static let key = "leave_one_patient_out"
    /// The sentence that lists and schemas say of it.
    package static let documentation = "A collection for each patient, whose tasks are tested."
    /// The members.
    package static let fields: Fields<Self> = [
        .names("patients", \.patients, "Only these (patterns) are left out in turn.")
    ]

    /// `test-p1` and so on.
    package func folds(of input: DesignInput) throws(TaskError) -> [DesignFold] {
        let leftOut = try input.patients(fitting: patients)
        try input.checkRoom(
            forListing: leftOut.count,
            hint: "name some of them in \"design.patients\", or test many at once with "
                + "\"splits: {test: NUMBER}\" in place of the design")
        return try leftOut.mapThrowing { (patient) throws(TaskError) in
            try input.fold("test-\(patient)") { $0.patient == patient }
        }
    }
}

extension DesignRule where Self == LeaveOnePatientOut {
    /// A collection for each of these patients (patterns; everyone when empty).
    package static func leaveOnePatientOut(patients: [String]) -> LeaveOnePatientOut {
        LeaveOnePatientOut(patients: patients)
    }
}
