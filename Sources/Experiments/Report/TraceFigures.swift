import EMGArchive
import EMGSignal
import Foundation
import MetaLearning

/// Recordings with the true classes and what the methods predicted under them: of all tasks that
/// the runs of a configuration were tested on the hardest, the middle and the easiest.
struct TraceFigures {
    /// The figures.
    let figures: [ReportFigure]
    /// Why some of them have no signal.
    let notes: [String]

    /// Seconds that are shown at most.
    static let longest = 40.0
    /// Channels that are shown at most.
    static let mostChannels = 4

    /// A task as one run predicted it.
    struct Choice {
        let run: PredictedRun
        let task: TestPredictions.Windows
        let method: Method
        let accuracy: Double
        var title = ""
    }

    /// Draws recordings, whose signals are read from the collection.
    ///
    /// - Parameters:
    ///   - runs: The runs of a configuration; a task is shown as the first that was tested on it
    ///     predicted it.
    ///   - name: What files and ids begin with.
    /// - Returns: The figures.
    static func draw(_ runs: [PredictedRun], name: String) -> TraceFigures {
        var notes: [String] = []
        let isOneOfSeveral = runs.count > 1
        let figures = choices(runs).enumerated().map { place, choice in
            var (collection, note) = collection(of: choice.run.run)
            var tensors: TaskTensors?
            do {
                tensors = try collection?.tensors(for: choice.task.id)
            } catch {
                (collection, note) = (nil, Self.note(on: error))
            }
            if !note.isEmpty, !notes.contains(note) { notes.append(note) }
            return TraceDrawing(
                choice: choice, channelNames: collection?.manifest.channels.map(\.name) ?? [],
                tensors: tensors, saysRun: isOneOfSeveral
            ).figure(name: "\(name)-\(place + 1)")
        }
        return TraceFigures(figures: figures, notes: notes)
    }

    private static func choices(_ runs: [PredictedRun]) -> [Choice] {
        var seen: Set<String> = []
        var ranked: [Choice] = []
        for run in runs {
            guard let method = run.predictions.methods.last else { continue }
            for task in run.predictions.tasks
            where !task.starts.isEmpty && seen.insert(task.id).inserted {
                let predicted = run.predictions.predicted(method, of: task) ?? []
                let right = zip(task.labels, predicted).count { $0 == $1 }
                ranked.append(
                    Choice(
                        run: run, task: task, method: method,
                        accuracy: Double(right) / Double(task.labels.count)))
            }
        }
        let order = ranked.indices.sorted {
            (ranked[$0].accuracy, $0) < (ranked[$1].accuracy, $1)
        }
        guard let worst = order.first, let best = order.last else { return [] }
        var chosen = [(worst, "Hardest task")]
        if order.count > 2 { chosen.append((order[order.count / 2], "Middle task")) }
        if order.count > 1 { chosen.append((best, "Easiest task")) }
        return chosen.map { place, title in
            var choice = ranked[place]
            choice.title = title
            return choice
        }
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
        var fault = ""
        for place in places {
            let manifest = CollectionManifest.file(named: place)
            guard FileManager.default.fileExists(atPath: manifest.path(percentEncoded: false))
            else { continue }
            do {
                let file = try CollectionFile.open(manifest)
                return file.manifest.tensors.sha256 == expected
                    ? (file, "") : (nil, "\(name) was built again since: its hash is another one.")
            } catch {
                fault = note(on: error)
            }
        }
        return (nil, fault.isEmpty ? "\(name) is not at \(path) any more." : fault)
    }

    /// What is said of a collection that is there and cannot be read.
    private static func note(on error: any Error) -> String {
        let fault = "\(error)".split(separator: "\n").first ?? ""
        return "The collection of the run cannot be read: \(fault)."
    }
}

extension TraceFigures {
}
