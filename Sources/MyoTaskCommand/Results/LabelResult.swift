import Documents
import EMGLabeling
import EMGSignal
import EMGTasks
import Foundation
import PrintableText

/// What was labeled, for people and programs.
enum LabelResult {
    /// How many intervals of which classes: `open 6, close 6`.
    static func text(_ proposal: LabelProposal) -> String {
        var parts = proposal.counts.map { "\($0.className) \($0.count)" }
        if !proposal.excluded.isEmpty { parts.append("excluded \(proposal.excluded.count)") }
        return parts.isEmpty ? "nothing" : parts.joined(separator: ", ")
    }

    /// The line that says what became of the edit file.
    static func written(_ revision: Int?, to edits: URL) -> String {
        let path = edits.path(percentEncoded: false)
        return revision.map { "\(path): \($0, of: "decision")" } ?? "nothing was written"
    }

    /// A recording with its labels.
    static func document(
        _ id: String, _ proposal: LabelProposal,
        with others: [(key: String, value: DocumentValue)] = []
    ) -> DocumentValue {
        .object(
            [
                DocumentValue.Member(key: "recording", value: .string(id)),
                .init(
                    key: "intervals",
                    value: .array(
                        proposal.intervals.map {
                            .object([
                                "start": .integer($0.range.start), "end": .integer($0.range.end),
                                "class": .string($0.className),
                            ])
                        })),
                .init(
                    key: "excluded",
                    value: .array(proposal.excluded.map { .integers([$0.start, $0.end]) })),
            ] + others.map { .init(key: $0.key, value: $0.value) })
    }
}
