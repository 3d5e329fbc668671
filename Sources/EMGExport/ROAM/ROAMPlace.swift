internal import EMGSignal

/// Where a recording lies among ROAM tables: `<session>/<patient>_<condition>[-<run>].csv`.
struct ROAMPlace: Sendable, Hashable {
    /// The place below the folder of all tables.
    let path: String
    /// What reading it back will not tell.
    let notes: [String]

    init(_ identity: RecordingIdentity) {
        let run = identity.run.isEmpty ? "" : "-\(identity.run)"
        path =
            "\(identity.session)/\(identity.patient)_\(identity.condition)\(run).csv"
        var notes: [String] = []
        if !identity.run.isEmpty {
            notes.append("the run \(identity.run) is part of the condition in the file's name")
        }
        if identity.patient.contains("_"), !identity.session.hasSuffix("_\(identity.patient)") {
            notes.append(
                "the patient's name has an underscore, at which the file's name is divided")
        }
        self.notes = notes
    }
}
