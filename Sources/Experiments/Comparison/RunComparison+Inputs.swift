private import EMGArchive
private import EMGEpisodes
import PrintableText

extension RunComparison {
    /// How many sentences there are at most for each kind of difference.
    private static let mostSentences = 5

    /// How the inputs of the configurations differ, a sentence each; empty when they are alike.
    ///
    /// Runs of unlike inputs may be compared, as a study of window lengths does; but what their
    /// numbers tell is then not of the methods alone.
    package var inputNotes: [String] {
        guard let first = groups.first, groups.count > 1 else { return [] }
        if !isOfPeople { return episodeNotes }
        let inputs = groups.map { $0.runs.first?.input }
        let unknown = inputs.count { $0 == nil }
        guard unknown < groups.count else { return [] }
        var notes: [String] = []
        if let own = inputs[0] {
            let found = zip(groups, inputs).dropFirst().flatMap { group, input in
                (input.map { own.differences(from: $0) } ?? []).map { (group.name, $0) }
            }
            for subject in InputDifference.Subject.allCases {
                let sentences = found.filter { $0.1.subject == subject }.map { name, difference in
                    "\(name) has \(difference.collection) in place of \(difference.model) "
                        + "of \(first.name)."
                }
                notes += sentences.prefix(Self.mostSentences)
                if sentences.count > Self.mostSentences {
                    let rest = sentences.count - Self.mostSentences
                    notes.append(
                        "\(rest, of: "more configuration") "
                            + "\(rest == 1 ? "differs" : "differ") from it in the same."
                    )
                }
            }
            if !notes.isEmpty {
                notes.insert(
                    "The inputs differ, and with them more than the methods: differences between "
                        + "configurations may be due to them.", at: 0)
            }
        }
        if unknown > 0 {
            notes.append(
                "\(unknown) of \(groups.count, of: "configuration") say nothing of their "
                    + "input (their "
                    + "runs are of an older version): whether it is like the others' is not known.")
        }
        return notes
    }

    /// What must be the same for two runs to be scored on the same episodes.
    private static let episodeSettings = [
        "ways", "shots", "queries", "within", "held_out", "seed",
    ].map { "few_shot.\($0)" }

    /// Whether the configurations were scored on the same episodes, by which differences are paired.
    private var episodeNotes: [String] {
        let runs = groups.compactMap(\.runs.first)
        func differs(_ value: (RunRecord) -> String?) -> Bool { Set(runs.map(value)).count > 1 }
        var differing = Self.episodeSettings.filter { path in differs { $0.value(path) } }
        if differs({ $0.value("collection_sha256") }) { differing.insert("the collection", at: 0) }
        guard !differing.isEmpty else { return [] }
        return [
            "The configurations were not scored on the same \(cases.many), as they differ in "
                + "\(differing.joined(separator: ", ")): a difference is not paired then, and its "
                + "interval and p values are no more than a guide."
        ]
    }
}
