private import CSV
package import Decoding
package import Documents
private import Files
package import Foundation

/// The trials of a target task as they are kept: in a table, or with settings and summary.
package struct FittsLog: Sendable, Hashable {
    /// What the task consisted of.
    package let settings: FittsSettings
    /// The trials that are over.
    package let trials: [FittsTrial]
    /// What they say together.
    package let summary: FittsSummary

    /// The log of a task as far as it has come.
    ///
    /// - Parameter task: The task.
    package init(_ task: FittsTask) {
        settings = task.settings
        trials = task.trials
        summary = task.summary
    }

    /// The table: a head, then a line a trial; a number that there is none of is empty.
    package var csv: String {
        CSVText.line(FittsTrial.columns)
            + trials.map { trial in
                CSVText.line(trial.row.map { Self.cell($0.value) })
            }.joined()
    }

    /// Settings, trials and summary as one object.
    package var document: DocumentValue {
        .object([
            "settings": settings.document, "summary": summary.document,
            "trials": .array(trials.map(\.document)),
        ])
    }

    /// Writes the log: as a table when the name ends in `.csv`, else as JSON. The file is there
    /// whole or not at all.
    ///
    /// - Parameter url: Where it should be. A log that is there is replaced.
    /// - Throws: ``DecodingError`` when it cannot be written.
    package func write(to url: URL) throws(DecodingError) {
        let text =
            url.pathExtension.lowercased() == "csv"
            ? csv : document.json(.indented(onOneLine: ["trials.*", "summary.*"]))
        try DecodingError.wrapping { () throws(FilesError) in
            try AtomicFile.write(text, to: url)
        }
    }

    private static func cell(_ value: DocumentValue) -> String {
        switch value.content {
        case .boolean(let flag): String(flag)
        case .integer(let number): String(number)
        case .number(let number): CSVText.number(number)
        case .string(let text): text
        case .null, .array, .object: ""
        }
    }
}
