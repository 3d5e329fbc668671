internal import Foundation
internal import PrintableText

/// What was odd about the rows.
struct DelimitedNotes: Sendable {
    var missing = Occurrences()
    var inexact = Occurrences()
    var unterminated = Occurrences()
    var leftOut = Occurrences()
    /// What is said of channels that end before others.
    var ends: [IngestWarning] = []
    /// Files whose encoding was assumed, each with what is said of it.
    private var assumptions: [(location: SourceLocation, message: String)] = []

    /// Takes note of how the texts of a file were read.
    mutating func note(_ texts: TextDecoding, file: URL) {
        guard let assumption = texts.assumption else { return }
        assumptions.append(
            (SourceLocation(file: file.relativePath, line: texts.line), assumption))
    }

    func warnings(file: String) -> [IngestWarning] {
        func warning(
            _ kind: IngestWarning.Kind, _ what: Occurrences, _ message: String
        ) -> IngestWarning? {
            what.count == 0
                ? nil
                : IngestWarning(
                    kind, at: SourceLocation(file: file, line: what.firstLine), count: what.count,
                    message: message)
        }
        let encoding = assumptions.first.map { first in
            IngestWarning(
                .encoding, at: first.location, count: assumptions.count, message: first.message)
        }
        return [
            encoding,
            warning(
                .missingValues, missing,
                "\(missing.count, of: "missing sample is", plural: "missing samples are") marked"),
            warning(
                .inexactValue, inexact,
                "\(inexact.count, of: "whole number") beyond 2^24 "
                    + "\(inexact.count == 1 ? "is" : "are") rounded to single precision"
            ),
            warning(
                .truncated, leftOut,
                "the last line has no line end and was left out: the recording was stopped "
                    + "within it"),
            warning(
                .noFinalNewline, unterminated,
                "no line end at the end of the file: its last number may have lost digits"),
        ].compactMap { $0 } + ends
    }
}
