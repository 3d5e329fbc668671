package import Documents

/// How MATLAB files are laid out: names of variables, fields of structs as `data.emg`.
package struct MATLABLayout: Sendable, Hashable {
    /// The samples.
    package let emg: String
    /// One label a sample; `nil` for Ninapro's names.
    package let label: String?
    /// The repetition of each sample; `nil` for Ninapro's names.
    package let repetition: String?
    /// The time of each sample.
    package let time: String?
    /// Seconds in one unit of the times.
    package let timeUnit: Double
    /// The sampling rate in hertz; `nil` for the usual names.
    package let rate: String?
    /// The patient's number or name.
    package let subject: String
    /// The exercise's number or name.
    package let exercise: String
    /// Whether a sample is a column of the matrix; `nil` when nobody said.
    package let samplesAreColumns: Bool?
    /// Variables that are continuous quantities to be inferred from the samples; `nil` for Ninapro's
    /// `glove`, if it is there.
    package let namedTargets: [TemplateTarget<String>]?

    /// The layout of Ninapro.
    package static let ninapro = MATLABLayout()

    private init() {
        emg = "emg"
        label = nil
        repetition = nil
        time = nil
        timeUnit = 1
        rate = nil
        subject = "subject"
        exercise = "exercise"
        samplesAreColumns = nil
        namedTargets = nil
    }

    /// Takes a layout from a template.
    package init(_ cursor: DocumentCursor) throws(DocumentError) {
        let object = try cursor.object(allowing: [
            "emg", "label", "repetition", "time", "rate", "subject", "exercise", "samples",
            "targets",
        ])
        emg = try object.optional("emg")?.name() ?? "emg"
        label = try object.optional("label")?.name()
        repetition = try object.optional("repetition")?.name()
        let time = try object.optional("time")?.object(allowing: ["variable", "unit"])
        self.time = try time?.required("variable").name()
        timeUnit = try time?.optional("unit")?.timeUnit() ?? 1
        rate = try object.optional("rate")?.name()
        subject = try object.optional("subject")?.name() ?? "subject"
        exercise = try object.optional("exercise")?.name() ?? "exercise"
        samplesAreColumns =
            try object.optional("samples")?.choice(["rows": false, "columns": true])
        var named: [TemplateTarget<String>]?
        if let targets = object.optional("targets") {
            named = try TemplateTarget.all(targets, "variable") {
                (cursor) throws(DocumentError) in [try cursor.name()]
            }
        }
        namedTargets = named
    }

    /// The variables that are targets.
    package var targets: [TemplateTarget<String>] {
        namedTargets ?? [
            TemplateTarget(name: "glove", unit: "", places: ["glove"], dimensions: [])
        ]
    }

    /// The variables that may hold the labels, the best first.
    package var labels: [String] { label.map { [$0] } ?? ["restimulus", "stimulus"] }

    /// The variables that may hold the repetitions, the best first.
    package var repetitions: [String] {
        repetition.map { [$0] } ?? ["rerepetition", "repetition"]
    }

    /// The variables that may hold the rate, the best first.
    package var rates: [String] {
        rate.map { [$0] }
            ?? ["frequency", "fs", "Fs", "FS", "fsamp", "sampling_rate", "SamplingRate"]
    }
}
