import EMGArchive
import EMGSignal
import Figures
import Foundation
import MetaLearning

/// Recordings with what was asked for and what the methods told under them.
struct TraceFigures {
    let predictions: TestPredictions
    let setting: TestSetting
    /// The collection, when it is there and is the one that was tested on.
    let collection: CollectionFile?

    /// Seconds that are shown at most.
    private static let longest = 40.0
    /// Channels that are shown at most.
    private static let mostChannels = 4

    /// The worst, the middle and the best task by the last method's accuracy.
    var figures: [ReportFigure] {
        guard let judged = predictions.methods.last else { return [] }
        let ranked = predictions.tasks.indices.filter { !predictions.tasks[$0].starts.isEmpty }
            .map { index -> (index: Int, accuracy: Double) in
                let task = predictions.tasks[index]
                let told = predictions.told(judged, of: task) ?? []
                let right = zip(task.labels, told).count { $0 == $1 }
                return (index, Double(right) / Double(task.labels.count))
            }
            .sorted { ($0.accuracy, $0.index) < ($1.accuracy, $1.index) }
        guard let worst = ranked.first, let best = ranked.last else { return [] }
        var chosen = [(worst, "Hardest task")]
        if ranked.count > 2 { chosen.append((ranked[ranked.count / 2], "Middle task")) }
        if ranked.count > 1 { chosen.append((best, "Easiest task")) }
        return chosen.enumerated().map { place, choice in
            figure(
                predictions.tasks[choice.0.index], number: place + 1, title: choice.1,
                accuracy: choice.0.accuracy, judged)
        }
    }

    private struct Channel: Sendable {
        let name: String
        let samples: [Double]
    }

    private func figure(
        _ task: TestPredictions.Windows, number: Int, title: String, accuracy: Double,
        _ judged: Method
    ) -> ReportFigure {
        let rate = setting.samplingRate
        let first = (task.starts.first ?? 0)
        let last = (task.starts.last ?? 0) + setting.windowLength
        let end = min(last, first + Int(Self.longest * rate))
        let channels = channels(of: task.id, first..<end)
        let rows =
            [("asked for", task.labels)]
            + predictions.methods.reversed().map {
                ($0.title, predictions.told($0, of: task) ?? [])
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
            "\(title): \(task.id), \(judged.title.lowercased()) \(CompactNumber.share(accuracy)). "
            + (channels.isEmpty
                ? "Classes only: the collection is not where the run says, or is another one."
                : "The \(channels.count) channels that vary most, normalized, with what was asked "
                    + "for and what the methods told below.")
            + (end < last ? " The first \(Int(Self.longest)) s of the query." : "")
        let begin = Double(first) / rate
        let stop = Double(end) / rate
        return ReportFigure(
            name: "trace-\(number)", title: "\(title): \(task.id)", caption: caption, table: table
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

    /// Stretches of one class. A window's class is that of its last samples, as far as the window
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
    private func channels(of id: String, _ range: Range<Int>) -> [Channel] {
        // A task that cannot be read is shown like one whose collection is not there.
        guard let collection, let tensors = try? collection.tensors(for: id) else { return [] }
        let signal = tensors.signal
        let bounded = range.clamped(to: 0..<signal.sampleCount)
        guard !bounded.isEmpty else { return [] }
        let names = collection.manifest.channels.map(\.name)
        let all = (0..<signal.channelCount).map { channel in
            bounded.map { Double(signal[$0, channel]) }
        }
        func spread(_ samples: [Double]) -> Double {
            let mean = samples.reduce(0, +) / Double(samples.count)
            return samples.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        }
        let order = all.indices.sorted { spread(all[$0]) > spread(all[$1]) }
        return order.prefix(Self.mostChannels).sorted().map {
            Channel(name: names.indices.contains($0) ? names[$0] : "\($0)", samples: all[$0])
        }
    }
}
