import Documents

/// The figures of a report.
///
/// Curves and bars are of all runs. What can be drawn of few only, as confusions and recordings, is
/// drawn for each configuration and says of which runs it is.
struct ReportFigures: Sendable {
    let learning: ReportFigure?
    let tasks: ReportFigure?
    let adaptation: ReportFigure?
    let supportSize: ReportFigure?
    /// What is kept of tasks learned one after the other.
    let forgetting: ReportFigure?
    /// How trainings on several ranks scale.
    let scaling: ReportFigure?
    /// One for each configuration, summed over its runs.
    let confusions: FigureChoice
    /// Recordings, for each configuration.
    let traces: FigureChoice
    /// One for each run.
    let queues: FigureChoice
    /// Why recordings have no signal.
    let traceNotes: [String]

    /// All of them in the order of the page.
    var all: [ReportFigure] {
        [tasks, learning, adaptation, supportSize, forgetting].compactMap(\.self)
            + confusions.figures
            + traces.figures + queues.figures + [scaling].compactMap(\.self)
    }

    /// Draws what runs have on record.
    ///
    /// - Parameter comparison: The runs.
    /// - Returns: The figures.
    /// - Throws: `DocumentError` when predictions cannot be read.
    static func draw(_ comparison: RunComparison) throws(DocumentError) -> ReportFigures {
        let curves = CurveFigures(comparison: comparison)
        let groups = comparison.groups
        let isOne = groups.count == 1
        func suffix(_ place: Int) -> String { isOne ? "" : "-\(place + 1)" }
        var notes: [String] = []
        var recordings: [FigureChoice.Option] = []
        let confusions = try FigureChoice(groups) { (place, group) throws(DocumentError) in
            let runs = try predicted(group)
            // Samples of an episode follow each other in no time.
            let traces = TraceFigures.draw(
                runs.filter { !$0.setting.hasEpisodes }, name: "trace\(suffix(place))")
            if !traces.figures.isEmpty {
                recordings.append(
                    FigureChoice.Option(label: group.name, figures: traces.figures))
            }
            for note in traces.notes where !notes.contains(note) { notes.append(note) }
            let figure = ConfusionFigure(
                runs: runs, name: "confusion\(suffix(place))",
                title: isOne ? "Confusions" : "Confusions: \(group.name)"
            ).figure
            return figure.map { FigureChoice.Option(label: group.name, figures: [$0]) }
        }
        let runs = groups.flatMap(\.runs).filter { !$0.queue.isEmpty }
        let queues = try FigureChoice(runs) { place, run in
            let label = runs.count == 1 ? "" : "Task queue of \(run.name)"
            return QueueFigure(
                cells: run.queue, name: runs.count == 1 ? "queue" : "queue-\(place + 1)",
                title: runs.count == 1 ? "Task queue" : label
            ).figure.map { FigureChoice.Option(label: label, figures: [$0]) }
        }
        return ReportFigures(
            learning: curves.learning, tasks: TaskFigures(comparison: comparison).tasks(),
            adaptation: curves.adaptation, supportSize: curves.supportSize,
            forgetting: ForgettingFigure(comparison: comparison).figure,
            scaling: ScalingFigure(runs: groups.flatMap(\.runs)).figure,
            confusions: confusions, traces: FigureChoice(recordings, of: groups.count),
            queues: queues, traceNotes: notes)
    }

    /// What the methods of a configuration predicted, run by run.
    private static func predicted(_ group: RunGroup) throws(DocumentError) -> [PredictedRun] {
        var predicted: [PredictedRun] = []
        for run in group.runs {
            if let predictions = try run.predictions(), let setting = run.setting {
                predicted.append(PredictedRun(run: run, predictions: predictions, setting: setting))
            }
        }
        return predicted
    }
}
