import ArgumentParser
import Documents
import Experiments
import Figures
import Foundation
import PrintableText

/// `myotask report`: a page about runs.
struct ReportCommand: ParsableCommand, PrintsJSON {
    static let configuration = CommandConfiguration(
        commandName: "report",
        abstract: "Write a page about one or several runs that needs nothing else.",
        discussion: """
            The page has the results with intervals, learning and adaptation curves, every task, \
            confusions, recordings with predictions, the task queue and the configuration. Runs \
            that differ in their seed or fold alone count as one configuration; several configurations \
            are compared. A folder of runs, such as a sweep's, stands for the runs in it.
            """)

    @Argument(help: "Folders of runs, or of folders of runs.", completion: .directory)
    var runs: [String]

    @Option(name: .shortAndLong, help: "The page.", completion: .file(extensions: ["html"]))
    var output = "report.html"

    @Option(help: "A folder for the figures as files.", completion: .directory)
    var figures: String?

    @Option(
        help: ArgumentHelp("The files' formats, separated by commas.", valueName: "svg,png,pdf"))
    var format = "svg"

    @OptionGroup var results: JSONOption

    var printsJSON: Bool { results.json }

    func validate() throws {
        guard !runs.isEmpty else { throw ValidationError("name at least one run") }
        guard ["html", "htm"].contains(URL(filePath: output).pathExtension.lowercased()) else {
            throw ValidationError("--output must end in .html, got \(output)")
        }
        _ = try formats()
    }

    func run() throws {
        let report = try Report.read(
            runs.map { URL(filePath: $0, directoryHint: .isDirectory) })
        let formats = try formats()
        try report.write(to: URL(filePath: output))
        let count = report.runs.count
        let files = try figures.map {
            try report.writeFigures(
                to: URL(filePath: $0, directoryHint: .isDirectory), formats: formats)
        }
        guard !printsJSON else {
            return Console.line(
                JSONText.of(
                    .object([
                        "output": .string(output), "runs": .integer(count),
                        "figures": .strings(files?.map(\.relativePath) ?? []),
                    ])))
        }
        Console.line("\(output): \(count, of: "run")")
        if let figures, let files { Console.line("\(figures): \(files.count, of: "figure")") }
    }

    private func formats() throws -> [FigureFormat] {
        let formats = try format.split(separator: ",").map { name in
            guard let format = FigureFormat(rawValue: name.lowercased()) else {
                throw ValidationError("--format knows svg, png, pdf; got \(name)")
            }
            return format
        }
        guard !formats.isEmpty else { throw ValidationError("--format needs svg, png or pdf") }
        return formats
    }
}
