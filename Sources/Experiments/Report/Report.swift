public import Documents
public import Figures
import Files
public import Foundation

/// What one or several runs gave, as one page that needs nothing else, and as single figures.
///
/// ```swift
/// let report = try Report.read([URL(filePath: "runs/study")])
/// try report.write(to: URL(filePath: "report.html"))
/// ```
///
/// The page has no scripts and loads nothing; the same runs give the same bytes.
public struct Report: Sendable {
    /// The runs that are compared, in the order in which they were named.
    package let runs: [RunRecord]
    /// What stands above the page; made from the runs when empty.
    public var title = ""
    /// The methods beside each other.
    package let comparison: RunComparison

    let figures: ReportFigures

    /// Prepares a report.
    ///
    /// - Parameters:
    ///   - runs: The runs, at least one.
    ///   - settings: How intervals and probabilities are found.
    /// - Returns: The report.
    /// - Throws: `DocumentError` when predictions on record cannot be read.
    package static func prepare(
        _ runs: [RunRecord], settings: RunComparison.Settings = RunComparison.Settings()
    ) throws(DocumentError) -> Report {
        precondition(!runs.isEmpty, "a report needs a run")
        let comparison = RunComparison(runs, settings: settings)
        return Report(
            runs: runs, comparison: comparison, figures: try ReportFigures.draw(comparison))
    }

    /// Reads runs and prepares a report.
    ///
    /// - Parameter folders: Folders of runs, or of folders of runs.
    /// - Returns: The report.
    /// - Throws: `DocumentError` with the place of what cannot be read.
    public static func read(_ folders: [URL]) throws(DocumentError) -> Report {
        try read(folders, settings: RunComparison.Settings())
    }

    /// Reads runs and prepares a report.
    ///
    /// - Parameters:
    ///   - folders: Folders of runs, or of folders of runs.
    ///   - settings: How intervals and probabilities are found.
    /// - Returns: The report.
    /// - Throws: `DocumentError` with the place of what cannot be read.
    package static func read(
        _ folders: [URL], settings: RunComparison.Settings
    ) throws(DocumentError) -> Report {
        try prepare(RunRecord.runs(in: folders), settings: settings)
    }

    /// The page.
    package var html: String { ReportPage(self).html }

    /// Writes the page, whole or not at all; a file that is there is replaced.
    ///
    /// - Parameter url: The file.
    /// - Throws: An error that names the file when it cannot be written.
    public func write(to url: URL) throws {
        try AtomicFile.write(html, to: url)
    }

    /// Every figure as wide as a page, with its title, under a name of its own.
    var wideFigures: [(name: String, figure: Figure)] {
        figures.all.map { figure in
            var drawing = figure.draw(.wide)
            drawing.title = figure.title
            return (figure.name, drawing)
        }
    }

    /// Writes every figure to a file of its own.
    ///
    /// - Parameters:
    ///   - folder: Where; it is made when it is missing.
    ///   - formats: In which formats, at least one.
    /// - Returns: The files.
    /// - Throws: `FigureError` that names the file.
    @discardableResult
    public func writeFigures(
        to folder: URL, formats: [FigureFormat]
    ) throws(FigureError) -> [URL] {
        var files: [URL] = []
        for (name, drawing) in wideFigures {
            for format in formats {
                let url = folder.appending(path: "\(name).\(format.rawValue)")
                try drawing.write(to: url)
                files.append(url)
            }
        }
        return files
    }
}
