public import Documents
public import EMGArchive
public import Figures
public import Foundation
import MetaLearning

/// What one or several runs gave, as one page that needs nothing else, and as single figures.
///
/// ```swift
/// let report = try Report(folders: [URL(filePath: "runs/study")])
/// try report.write(to: URL(filePath: "report.html"))
/// ```
///
/// The page has no scripts and loads nothing; the same runs give the same bytes.
public struct Report: Sendable {
    /// The runs.
    public let runs: [RunRecord]
    /// What stands above the page; made from the runs when empty.
    public var title = ""
    /// The methods beside each other.
    public let comparison: RunComparison

    let figures: ReportFigures

    /// Prepares a report.
    ///
    /// - Parameters:
    ///   - runs: The runs, at least one.
    ///   - settings: How intervals and probabilities are found.
    /// - Throws: `DocumentError` when predictions on record cannot be read.
    public init(
        _ runs: [RunRecord], settings: RunComparison.Settings = RunComparison.Settings()
    ) throws(DocumentError) {
        precondition(!runs.isEmpty, "a report needs a run")
        self.runs = runs
        comparison = RunComparison(runs, settings: settings)
        figures = try ReportFigures(comparison)
    }

    /// Reads runs and prepares a report.
    ///
    /// - Parameters:
    ///   - folders: Folders of runs, or of folders of runs.
    ///   - settings: How intervals and probabilities are found.
    /// - Throws: `DocumentError` with the place of what cannot be read.
    public init(
        folders: [URL], settings: RunComparison.Settings = RunComparison.Settings()
    ) throws(DocumentError) {
        try self.init(RunRecord.runs(in: folders), settings: settings)
    }

    /// The page.
    public var html: String { ReportPage(self).html }

    /// Writes the page, whole or not at all; a file that is there is replaced.
    ///
    /// - Parameter url: The file.
    /// - Throws: `ArchiveError` when it cannot be written.
    public func write(to url: URL) throws(ArchiveError) {
        try AtomicFile.write(Array(html.utf8), to: url)
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
        for figure in figures.all {
            var drawing = figure.draw(.wide)
            drawing.title = figure.title
            for format in formats {
                let url = folder.appending(path: "\(figure.name).\(format.rawValue)")
                try drawing.write(to: url)
                files.append(url)
            }
        }
        return files
    }
}

/// The figures of a report.
struct ReportFigures: Sendable {
    let learning: ReportFigure?
    let tasks: ReportFigure?
    let adaptation: ReportFigure?
    let supportSize: ReportFigure?
    let confusion: ReportFigure?
    let traces: [ReportFigure]
    let queue: ReportFigure?
    /// Why traces have no signal; empty when they have.
    let traceNote: String

    /// All of them in the order of the page.
    var all: [ReportFigure] {
        [tasks, learning, adaptation, supportSize, confusion].compactMap(\.self) + traces
            + [queue].compactMap(\.self)
    }

    init(_ comparison: RunComparison) throws(DocumentError) {
        let curves = CurveFigures(comparison: comparison)
        let tasks = TaskFigures(comparison: comparison)
        let runs = comparison.groups.flatMap(\.runs)
        var predictions: [(TestPredictions, TestSetting)] = []
        for run in comparison.groups[0].runs {
            if let told = try run.predictions(), let setting = run.setting {
                predictions.append((told, setting))
            }
        }
        learning = curves.learning
        self.tasks = tasks.tasks()
        adaptation = curves.adaptation
        supportSize = curves.supportSize
        confusion = TaskFigures.confusions(predictions)
        let (collection, note) = Self.collection(of: runs[0])
        traces =
            predictions.first.map {
                TraceFigures(predictions: $0, setting: $1, collection: collection).figures
            } ?? []
        traceNote = note
        queue = QueueFigure(cells: runs.first { !$0.queue.isEmpty }?.queue ?? []).figure
    }

    /// The collection that a run was tested on, when it can be found.
    private static func collection(of run: RunRecord) -> (CollectionFile?, note: String) {
        let origin = run.value("environment.collection_path") ?? run.value("collection_path")
        guard let path = origin, let expected = run.value("collection_sha256")
        else { return (nil, "The run does not say where its collection is.") }
        let name = "The collection of the run"
        let places = [
            URL(filePath: path), URL(filePath: path, relativeTo: run.folder),
        ]
        // A collection that was moved or cannot be read is no reason to have no report.
        for place in places {
            guard let file = try? CollectionFile.open(place) else { continue }
            return file.manifest.tensors.sha256 == expected
                ? (file, "") : (nil, "\(name) was built again since: its hash is another one.")
        }
        return (nil, "\(name) is not at \(path) any more.")
    }
}
