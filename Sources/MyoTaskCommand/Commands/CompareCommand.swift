import ArgumentParser
import Experiments
import Files
import Foundation
import PrintableText
import SeededRandom

/// `myotask compare`: methods of one or several runs beside each other.
struct CompareCommand: ParsableCommand, PrintsJSON {
    static let configuration = CommandConfiguration(
        commandName: "compare",
        abstract: "Compare the methods of one or several runs, with intervals and p values.",
        discussion: """
            Runs that differ in their seed or fold alone count as one configuration: folds are \
            collections of a design that each test on other tasks. A task's numbers are averaged \
            over its seeds, a person's over their tasks; intervals and p values are over people. \
            A folder of runs, such as a sweep's, stands for the runs in it.
            """)

    @Argument(help: "Folders of runs, or of folders of runs.", completion: .directory)
    var runs: [String]

    @Option(
        help:
            "The number to compare by: \(Metric.allCases.map(\.rawValue).joined(separator: ", ")), or all."
    )
    var metric = "accuracy"

    @Option(
        name: .shortAndLong,
        help: "A file ending in .md, .csv or .json for the tables; otherwise they are shown.",
        completion: .file())
    var output: String?

    @Flag(help: "Show the tables as JSON.")
    var json = false

    @Option(help: "The confidence of intervals, above 0 and below 1.")
    var confidence = 0.95

    @Option(help: "How often signs are drawn for the permutation test of more than 16 people.")
    var resamples = 20_000

    @Option(help: "What the draws come from.")
    var seed = SeededGenerator.defaultSeed

    var printsJSON: Bool { json }

    func validate() throws {
        guard !runs.isEmpty else { throw ValidationError("name at least one run") }
        guard metric == "all" || Metric(rawValue: metric) != nil else {
            let names = Metric.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("--metric knows \(names), all; got \(metric)")
        }
        guard confidence > 0, confidence < 1 else {
            throw ValidationError("--confidence must be between 0 and 1, got \(confidence)")
        }
        guard (100...10_000_000).contains(resamples) else {
            throw ValidationError("--resamples must be from 100 to 10000000, got \(resamples)")
        }
        if let output, !["md", "csv", "json"].contains(URL(filePath: output).pathExtension) {
            throw ValidationError("--output must end in .md, .csv or .json, got \(output)")
        }
    }

    func run() throws {
        let records = try RunRecord.runs(
            in: runs.map { URL(filePath: $0, directoryHint: .isDirectory) })
        var settings = RunComparison.Settings()
        settings.confidence = confidence
        settings.resamples = resamples
        settings.seed = seed
        let comparison = RunComparison(
            records, metrics: Metric(rawValue: metric).map { [$0] } ?? Metric.allCases,
            settings: settings)
        if let output {
            let url = URL(filePath: output)
            let text =
                switch url.pathExtension {
                case "csv": comparison.csv
                case "json": comparison.json
                default: comparison.markdown
                }
            try AtomicFile.write(text, to: url)
            return Console.line("\(output): \(records.count, of: "run") compared")
        }
        guard !json else { return Console.line(comparison.json) }
        guard !comparison.levels.isEmpty else {
            return Console.line("These runs have no test results to compare.")
        }
        if comparison.namesAreShortened { show(comparison.differingRows) }
        for metric in Metric.allCases {
            for rows in [comparison.rows(of: metric), comparison.differenceRows(of: metric)]
            where rows.count > 1 {
                show(rows, named: "\(comparison.title(of: metric)): ")
            }
        }
        Console.line(comparison.explanation)
        for note in comparison.inputNotes { Console.line(note) }
    }

    private func show(_ rows: [[String]], named name: String = "") {
        var table = TextTable(
            rows[0].enumerated().map { place, title in
                place == 0 ? "\(name)\(title)" : ">\(title)"
            })
        for row in rows.dropFirst() { table.add(row) }
        Console.line(table.text + "\n")
    }
}
