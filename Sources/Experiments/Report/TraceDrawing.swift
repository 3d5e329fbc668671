import EMGArchive
import EMGSignal
import Figures
import MetaLearning
import PrintableText
import Statistics

/// One recording.
struct TraceDrawing {
    let choice: TraceFigures.Choice
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

    /// What lies side by side in the figure.
    private struct Strip: Sendable {
        let name: String
        let bands: [Bands.Band]
    }

    /// The figure under a name.
    func figure(name: String) -> ReportFigure {
        let rate = setting.samplingRate
        let first = (choice.task.starts.first ?? 0)
        let last = (choice.task.starts.last ?? 0) + setting.windowLength
        let end = min(last, first + Int(TraceFigures.longest * rate))
        let channels = channels(in: first..<end)
        let strips = strips(upTo: end)
        let begin = Double(first) / rate
        let range = begin...max(Double(end) / rate, begin + 1 / rate)
        return ReportFigure(
            name: name, title: "\(choice.title): \(choice.task.id)",
            caption: caption(channelCount: channels.count, isCut: end < last),
            table: Self.table(strips)
        ) { width in
            Figure(
                size: FigureSize(
                    width: width.points,
                    height: min(
                        14_400, 60 + 62 * Double(channels.count) + 27 * Double(strips.count))),
                sharesX: true,
                panels: Self.panels(channels, range: range, rate: rate)
                    + [Self.panel(strips, range: range)])
        }
    }

    /// The true classes, and what each method predicted.
    private func strips(upTo end: Int) -> [Strip] {
        let (task, predictions) = (choice.task, choice.run.predictions)
        let rows =
            [("true class", task.labels)]
            + predictions.methods.reversed().map {
                ($0.title, predictions.predicted($0, of: task) ?? [])
            }
        return rows.map { name, labels in
            Strip(name: name, bands: bands(task.starts, labels, upTo: end))
        }
    }

    private static func table(_ strips: [Strip]) -> [[String]] {
        [["row", "from (s)", "to (s)", "class"]]
            + strips.flatMap { strip in
                strip.bands.prefix(200).map {
                    [
                        strip.name, CompactNumber.text($0.start), CompactNumber.text($0.end),
                        $0.label,
                    ]
                }
            }
    }

    private func caption(channelCount: Int, isCut: Bool) -> String {
        "\(choice.title): \(choice.task.id), \(choice.method.title) "
            + "\(CompactNumber.share(choice.accuracy))\(saysRun ? " in run \(choice.run.run.name)" : ""). "
            + (channelCount == 0
                ? "Classes only: the collection is not where the run says, is another one, or "
                    + "cannot be read."
                : "The \(channelCount, of: "channel") that vary most, normalized, with "
                    + "the true classes and what the methods predicted below.")
            + (isCut ? " The first \(Int(TraceFigures.longest)) s of the query." : "")
    }

    private static func panels(
        _ channels: [Channel], range: ClosedRange<Double>, rate: Double
    ) -> [Panel] {
        channels.map { channel in
            Panel(
                x: Axis(range: range), y: Axis(channel.name),
                marks: [
                    .curve(
                        Curve(
                            start: range.lowerBound, step: 1 / rate, samples: channel.samples,
                            color: .series(0)))
                ], showsLegend: false)
        }
    }

    private static func panel(_ strips: [Strip], range: ClosedRange<Double>) -> Panel {
        Panel(
            x: Axis("time", unit: "s", range: range),
            y: Axis(scale: .categories(strips.map(\.name))),
            marks: strips.enumerated().map { .bands(Bands($1.bands, place: .row($0))) },
            showsLegend: false, weight: Double(strips.count) * 0.42)
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
