import MetaLearning
import PrintableText

extension RunComparison {
    /// Which fine-tunings diverged, a sentence a configuration; empty when none did.
    package var divergenceNotes: [String] {
        groups.compactMap { group in
            let found = group.runs.flatMap { run in
                (run.setting?.tasks ?? []).flatMap { task in
                    task.diverged.map { "\($0.title) on \(task.id.printable())" }
                }
            }
            guard !found.isEmpty else { return nil }
            let named = found.prefix(10).joined(separator: ", ")
            let more = found.count > 10 ? " and \(found.count - 10) more" : ""
            return (groups.count > 1 ? "\(group.name): fine-tuning" : "Fine-tuning")
                + " diverged (a loss was not finite) of \(named)\(more). It is scored as what the "
                + "model predicts then, and by chance where it predicts nothing."
        }
    }
}
