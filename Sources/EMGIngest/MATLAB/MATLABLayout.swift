package import Documents

/// How MATLAB files are laid out: names of variables, fields of structs as `data.emg`.
package struct MATLABLayout: Described, Hashable {
    /// The variable of the times of samples.
    struct Clock: Sendable, Hashable {
        /// The variable.
        var variable = ""
        /// Seconds in one unit of it.
        var unit = 1.0
    }

    /// The samples.
    package private(set) var emg = "emg"
    /// One label a sample; `nil` for Ninapro's names.
    package private(set) var label: String?
    /// The repetition of each sample; `nil` for Ninapro's names.
    package private(set) var repetition: String?
    /// The sampling rate in hertz; `nil` for the usual names.
    package private(set) var rate: String?
    /// The patient's number or name.
    package private(set) var subject = "subject"
    /// The exercise's number or name.
    package private(set) var exercise = "exercise"
    /// Whether a sample is a column of the matrix; `nil` when nobody said.
    package private(set) var samplesAreColumns: Bool?
    /// Variables that are continuous quantities to be inferred from the samples; `nil` for Ninapro's
    /// `glove`, if it is there.
    package private(set) var namedTargets: [TemplateTarget<String>]?
    private var clock: Clock?

    /// The time of each sample.
    package var time: String? { clock?.variable }
    /// Seconds in one unit of the times.
    package var timeUnit: Double { clock?.unit ?? 1 }

    /// The layout of Ninapro.
    package init() {}

    /// The variables that are targets.
    package var targets: [TemplateTarget<String>] {
        namedTargets ?? [
            TemplateTarget(name: "glove", places: ["glove"])
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

    // MARK: Members of templates

    /// The members.
    package static let fields: Fields<Self> = [
        Field("emg", \.emg, .name, "The variable of the samples."),
        variable(
            "label", \.label,
            "The variable of the labels; `restimulus` or `stimulus` when left out."),
        variable(
            "repetition", \.repetition,
            "The variable of the repetitions; `rerepetition` or `repetition` when left out."),
        Field(
            optional: "time", \.clock,
            .object(
                [
                    Field("variable", \.variable, .name, "Which.", isRequired: true),
                    Field("unit", \.unit, .timeUnit, "The unit of its numbers."),
                ], into: Clock()),
            "The variable of the time stamps.", absence: .leftOut),
        variable(
            "rate", \.rate, "The variable of the sampling rate; the usual names when left out."),
        Field("subject", \.subject, .name, "The variable of the patient's number or name."),
        Field("exercise", \.exercise, .name, "The variable of the exercise's number or name."),
        Field(
            optional: "samples", \.samplesAreColumns, .choice(["rows": false, "columns": true]),
            "Whether the rows or the columns of the matrix are the samples; the longer side when "
                + "left out.", absence: .leftOut),
        Field(
            optional: "targets", \.namedTargets,
            TemplateTarget.format(
                "variable", .one(.name), "A matrix, a row (or column) a sample."),
            "Continuous quantities to be inferred from the samples, such as joint angles; Ninapro's "
                + "`glove`, if it is there, when left out.", absence: .leftOut),
    ]

    private static func variable(
        _ key: String, _ path: any WritableKeyPath<Self, String?> & Sendable,
        _ documentation: String
    ) -> Field<Self> {
        Field(optional: key, path, .name, documentation, absence: .leftOut)
    }
}
