private import CSV
private import Documents
private import ErrorReports
private import Files
package import Foundation
private import MetaLearning
private import PrintableText
internal import Statistics

/// What came of the points of a sweep: `sweep.csv` and `sweep.md`.
///
/// The table is made from the runs' own files alone, in the order of the list, so that it does not
/// matter which process did what when.
package struct SweepTable: Sendable {
    /// A point and what came of it.
    struct Row: Sendable {
        let point: SweepPoint
        /// The run's folder when it is finished.
        let run: URL?
        /// The run's state.
        let status: Status
        /// The mean test accuracy of each method, as `results.csv` says.
        let accuracies: [(method: String, accuracy: String)]

        /// A method's mean test accuracy.
        func accuracy(_ method: String) -> String? {
            accuracies.first { $0.method == method }?.accuracy
        }
        /// The lowest validation loss; `nil` when there was no validation.
        let validationLoss: Double?
    }

    /// How far a run is.
    package enum Status: String, Sendable, Hashable {
        /// Its results are there.
        case finished
        /// It was begun.
        case unfinished
        /// It was not begun.
        case missing
    }

    /// What varies.
    package let keys: [String]
    /// The rows in the order of the list.
    let rows: [Row]
    private let methods: [String]
    /// What the finished runs give when seeds and folds are put together.
    private let groups: RunComparison?

    /// Reads what came of a list's points.
    ///
    /// - Parameters:
    ///   - list: The points.
    ///   - folders: Where runs may be; the first finished one of a point counts.
    /// - Returns: The table.
    /// - Throws: `DocumentError` when a run's file is damaged.
    package static func read(_ list: SweepList, in folders: [URL]) throws -> SweepTable {
        let rows = try list.points.map { point in
            let places = folders.map {
                $0.appending(path: point.folder, directoryHint: .isDirectory)
            }
            guard let run = places.first(where: TrainingRun.isFinished) else {
                let isBegun = places.contains {
                    FileManager.default.fileExists(atPath: $0.path(percentEncoded: false))
                }
                return Row(
                    point: point, run: nil, status: isBegun ? .unfinished : .missing,
                    accuracies: [], validationLoss: nil)
            }
            return Row(
                point: point, run: run, status: .finished, accuracies: try accuracies(of: run),
                validationLoss: try validationLoss(of: run))
        }
        // The methods in the order of the runs' own tables.
        var names: [String] = []
        for name in rows.flatMap(\.accuracies).map(\.method) where !names.contains(name) {
            names.append(name)
        }
        let finished = rows.compactMap(\.run)
        let groups =
            try finished.isEmpty || finished.contains(where: isRegression)
            ? nil : RunComparison(RunRecord.runs(in: finished), metrics: [.accuracy])
        return SweepTable(keys: list.keys, rows: rows, methods: names, groups: groups)
    }

    /// How many points are in a state.
    package func count(_ status: Status) -> Int { rows.count { $0.status == status } }

    /// Writes both forms of the table.
    ///
    /// - Parameter folder: Where `sweep.csv` and `sweep.md` go.
    /// - Throws: `FilesError` when they cannot be written.
    package func write(to folder: URL) throws {
        try AtomicFile.write(csv, to: folder.appending(path: "sweep.csv"))
        try AtomicFile.write(markdown, to: folder.appending(path: "sweep.md"))
    }

    /// One row a point: id, folder, what varies, state, the lowest validation loss and each
    /// method's mean test accuracy, as the runs' own tables have them.
    package var csv: String {
        let head = ["id", "folder"] + keys + ["status", "validation_loss"] + methods
        let body = rows.map { row in
            [row.point.id, row.point.folder] + row.point.values
                + [row.status.rawValue, row.validationLoss.map { "\($0)" } ?? ""]
                + methods.map { row.accuracy($0) ?? "" }
        }
        return ([head] + body).map(CSVText.line).joined()
    }

    /// The table for readers, and with several seeds or folds the means over them.
    package var markdown: String {
        let body = rows.map { row in
            ["`\(row.point.id)`"] + row.point.values
                + [
                    row.validationLoss.map { CompactNumber.fixed($0, digits: 4) }
                        ?? row.status.rawValue
                ]
                + methods.map {
                    row.accuracy($0).flatMap(Double.init).map { CompactNumber.share($0) } ?? ""
                }
        }
        let finished = count(.finished)
        var text =
            "# Sweep\n\nMean accuracy on test tasks after fine-tuning on their support; "
            + "\(finished) of \(rows.count, of: "run") \(finished == 1 ? "is" : "are") finished.\n\n"
            + Self.table(
                ["run"] + keys + ["lowest validation loss"]
                    + methods.map { Method(rawValue: $0).title }, body)
        if let summary { text += "\n" + summary }
        return text
    }

    /// Means over seeds and folds, when there are several.
    private var summary: String? {
        guard let groups, groups.groups.contains(where: { $0.runs.count > 1 }) else { return nil }
        let titles = groups.groups.flatMap(\.methods).reduce(into: [Method]()) {
            if !$0.contains($1) { $0.append($1) }
        }
        let body = groups.groups.map { group in
            [group.name, group.seeds.joined(separator: ", "), "\(group.foldCount)"]
                + titles.map { method in
                    let level = groups.levels.first {
                        $0.arm.group == group.name && $0.arm.method == method
                    }
                    return level.map(Self.spread) ?? ""
                }
        }
        let cases = groups.cases.many
        return
            "Mean over \(cases), with the standard deviation of whole seeds (over \(cases), folds "
            + "and tasks) where there are several:\n\n"
            + Self.table(["configuration", "seeds", "folds"] + titles.map(\.title), body)
    }

    // MARK: Runs

    private static func accuracies(of run: URL) throws -> [(method: String, accuracy: String)] {
        let table = try CSVTable(
            bytes: Array(read("results.csv", of: run).utf8),
            name: run.appending(path: "results.csv").path(percentEncoded: false))
        guard let last = table.rows.last, last.fields.first == "mean" else { return [] }
        return zip(table.columns, last.fields).dropFirst().map { ($0, $1) }
    }

    /// Whether a run's scores are R² of targets, which have no lower end.
    private static func isRegression(_ run: URL) -> Bool {
        FileManager.default.fileExists(
            atPath: run.appending(path: "regression.csv").path(percentEncoded: false))
    }

    private static func validationLoss(of run: URL) throws -> Double? {
        let name = run.appending(path: "metrics.jsonl").path(percentEncoded: false)
        let losses = try read("metrics.jsonl", of: run).split(separator: "\n").compactMap { line in
            try Document(json: line.utf8, name: name).cursor.object().optional("validation_loss")?
                .number()
        }
        return losses.min()
    }

    private static func read(_ name: String, of run: URL) throws(ExperimentError) -> String {
        let url = run.appending(path: name)
        do {
            return String(decoding: try Data(contentsOf: url), as: UTF8.self)
        } catch {
            throw ExperimentError(
                .inputOutput(reason: "cannot be read: \(SystemReason.of(error))"),
                at: url.path(percentEncoded: false), hint: "delete the run's folder to do it again")
        }
    }

    // MARK: Texts

    private static func spread(_ level: RunComparison.Level) -> String {
        let mean = CompactNumber.share(level.mean)
        return level.seedDeviation.map { "\(mean) ± \(CompactNumber.deviation($0))" } ?? mean
    }

    private static func table(_ head: [String], _ body: [[String]]) -> String {
        func line(_ cells: [String]) -> String {
            "| "
                + cells.map { $0.printable().replacing("|", with: "\\|") }.joined(separator: " | ")
                + " |\n"
        }
        return line(head) + line(head.map { _ in "---" }) + body.map(line).joined()
    }
}
