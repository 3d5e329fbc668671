import EMGArchive
import EMGSignal
import Figures
import Foundation
import MetaLearning
import PrintableText

/// Recordings with the true classes and what the methods predicted under them: of all tasks that
/// the runs of a configuration were tested on the hardest, the middle and the easiest.
struct TraceFigures {
    /// The figures.
    let figures: [ReportFigure]
    /// Why some of them have no signal.
    let notes: [String]

    /// Seconds that are shown at most.
    private static let longest = 40.0
    /// Channels that are shown at most.
    private static let mostChannels = 4

    /// A task as one run predicted it.
    private struct Choice {
        let run: PredictedRun
        let task: TestPredictions.Windows
        let method: Method
        let accuracy: Double
        var title = ""
    }

    /// Draws recordings.
    ///
    /// - Parameters:
    ///   - runs: The runs of a configuration; a task is shown as the first that was tested on it
    ///     predicted it.
    ///   - name: What files and ids begin with.
    init(runs: [PredictedRun], name: String) {
        var notes: [String] = []
        let isOneOfSeveral = runs.count > 1
        figures = Self.choices(runs).enumerated().map { place, choice in
            var (collection, note) = Self.collection(of: choice.run.run)
            var tensors: TaskTensors?
            do {
                tensors = try collection?.tensors(for: choice.task.id)
            } catch {
                (collection, note) = (nil, Self.note(on: error))
            }
            if !note.isEmpty, !notes.contains(note) { notes.append(note) }
            return Drawing(
                choice: choice, channelNames: collection?.manifest.channels.map(\.name) ?? [],
                tensors: tensors, saysRun: isOneOfSeveral
            ).figure(name: "\(name)-\(place + 1)")
        }
        self.notes = notes
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
    /// One recording.
    private struct Drawing {
        let choice: Choice
        /// The channels of the collection, when it is there and is the one that was tested on.
        let channelNames: [String]
        /// The task's signal in it.
        let tensors: TaskTensors?
        /// Whether it must be said which run it is of.
        let saysRun: Bool

        private var setting: TestSetting { choice.run.setting }

        private struct Channel: Sendable {
            let name: String
            let samples: [Double]
        }

        /// The figure under a name.
        func figure(name: String) -> ReportFigure {
            let (task, predictions) = (choice.task, choice.run.predictions)
            let rate = setting.samplingRate
            let first = (task.starts.first ?? 0)
            let last = (task.starts.last ?? 0) + setting.windowLength
            let end = min(last, first + Int(TraceFigures.longest * rate))
            let channels = channels(in: first..<end)
            let rows =
                [("true class", task.labels)]
                + predictions.methods.reversed().map {
                    ($0.title, predictions.predicted($0, of: task) ?? [])
                }
            let strips = rows.map { name, labels in
                (name: name, bands: bands(task.starts, labels, upTo: end))
            }
            let table =
                [["row", "from (s)", "to (s)", "class"]]
                + strips.flatMap { strip in
                    strip.bands.prefix(200).map {
                        [
                            strip.name, CompactNumber.text($0.start), CompactNumber.text($0.end),
                            $0.label,
                        ]
                    }
                }
            let caption =
                "\(choice.title): \(task.id), \(choice.method.title) "
                + "\(CompactNumber.share(choice.accuracy))\(saysRun ? " in run \(choice.run.run.name)" : ""). "
                + (channels.isEmpty
                    ? "Classes only: the collection is not where the run says, is another one, or "
                        + "cannot be read."
                    : "The \(channels.count, of: "channel") that vary most, normalized, with "
                        + "the true classes and what the methods predicted below.")
                + (end < last ? " The first \(Int(TraceFigures.longest)) s of the query." : "")
            let begin = Double(first) / rate
            let stop = Double(end) / rate
            return ReportFigure(
                name: name, title: "\(choice.title): \(task.id)", caption: caption, table: table
            ) { width in
                let strip = Panel(
                    x: Axis("time", unit: "s", range: begin...max(stop, begin + 1 / rate)),
                    y: Axis(scale: .categories(strips.map(\.name))),
                    marks: strips.enumerated().map { .bands(Bands($1.bands, place: .row($0))) },
                    showsLegend: false, weight: Double(strips.count) * 0.42)
                let traces = channels.enumerated().map { index, channel in
                    Panel(
                        x: Axis(range: begin...max(stop, begin + 1 / rate)), y: Axis(channel.name),
                        marks: [
                            .curve(
                                Curve(
                                    start: begin, step: 1 / rate, samples: channel.samples,
                                    color: .series(0)))
                        ], showsLegend: false)
                }
                return Figure(
                    size: FigureSize(
                        width: width.points,
                        height: min(
                            14_400,
                            60 + 62 * Double(channels.count) + 27 * Double(strips.count))),
                    sharesX: true, panels: traces + [strip])
            }
        }

        /// Segments of one class. A window's class is that of its last samples, as far as the window
        /// before it does not reach.
        private func bands(_ starts: [Int], _ labels: [UInt8], upTo end: Int) -> [Bands.Band] {
            var bands: [Bands.Band] = []
            let (length, stride) = (setting.windowLength, setting.windowStride)
            let rate = setting.samplingRate
            for (start, label) in zip(starts, labels) where start < end {
                let stop = Double(min(end, start + length)) / rate
                let own = Double(start + max(0, length - stride)) / rate
                let name = setting.classes[Int(label)]
                if let last = bands.last, last.label == name, own <= last.end + 1e-9 {
                    bands[bands.count - 1].end = max(last.end, stop)
                } else {
                    let begin = bands.last.map { max($0.end, own) } ?? Double(start) / rate
                    guard stop > begin else { continue }
                    bands.append(
                        Bands.Band(
                            from: begin, to: stop, label: name, style: .category(Int(label))))
                }
            }
            return bands
        }

        /// The channels that vary most, in their own order; none without the collection.
        private func channels(in range: Range<Int>) -> [Channel] {
            guard let tensors else { return [] }
            let signal = tensors.signal
            let bounded = range.clamped(to: 0..<signal.sampleCount)
            guard !bounded.isEmpty else { return [] }
            let all = (0..<signal.channelCount).map { channel in
                bounded.map { Double(signal[$0, channel]) }
            }
            func spread(_ samples: [Double]) -> Double {
                let mean = samples.reduce(0, +) / Double(samples.count)
                return samples.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
            }
            let order = all.indices.sorted { spread(all[$0]) > spread(all[$1]) }
            return order.prefix(TraceFigures.mostChannels).sorted().map {
                Channel(
                    name: channelNames.indices.contains($0) ? channelNames[$0] : "\($0)",
                    samples: all[$0])
            }
        }
    }
}
