import EMGArchive
import EMGSignal
import Figures
import PrintableText

/// What `myotask show --plot` draws: the classes and parts of a task over its channels.
struct TaskFigure {
    /// How many channels are drawn.
    private static let mostChannels = 16

    let manifest: CollectionManifest
    let entry: CollectionManifest.Entry
    let split: String
    let tensors: TaskTensors

    /// The drawing: a strip of classes and parts, then channel under channel.
    var figure: Figure {
        let count = manifest.channels.count
        let channels = Array(0..<min(count, Self.mostChannels))
        let note = count > channels.count ? ", \(channels.count) of \(count, of: "channel")" : ""
        return Figure(
            title: "\(entry.id) (\(split)\(note))",
            summary:
                "\(entry.support.windows) support and "
                + "\(entry.query.windows, of: "query window") of "
                + "\(manifest.window.length, of: "sample") over \(seconds(entry.sampleCount)) s",
            size: FigureSize(width: 880, height: 150 + 90 * Double(channels.count)), columns: 1,
            sharesX: true, panels: [strip] + channels.map { panel(channel: $0, of: channels) })
    }

    private var strip: Panel {
        let parts = [
            ("support", entry.support, Bands.Style.support), ("query", entry.query, .query),
        ]
        let used = parts.flatMap { name, portion, style in
            portion.ranges.map {
                Bands.Band(
                    from: seconds($0.start), to: seconds($0.end), label: name, style: style)
            }
        }
        let hasClasses = !manifest.classes.isEmpty
        var marks = [
            Mark.bands(
                Bands(used.sorted { $0.start < $1.start }, place: .row(hasClasses ? 1 : 0)))
        ]
        if hasClasses { marks.insert(.bands(Bands(classes, place: .row(0))), at: 0) }
        return Panel(
            y: Axis(scale: .categories(hasClasses ? ["class", "part"] : ["part"])), marks: marks,
            weight: 0.8)
    }

    /// Segments of equal label. A window's label is that of its last samples, as far as the
    /// window before it does not reach.
    private var classes: [Bands.Band] {
        guard !manifest.classes.isEmpty else { return [] }
        var bands: [Bands.Band] = []
        let (length, stride) = (manifest.window.length, manifest.window.stride)
        let windows = [tensors.support, tensors.query].flatMap { zip($0.starts, $0.labels) }
            .sorted { $0.0 < $1.0 }
        for (start, label) in windows {
            let end = seconds(Int(start) + length)
            let own = seconds(Int(start) + max(0, length - stride))
            let name = manifest.classes[Int(label)]
            if let last = bands.last, last.label == name, own <= last.end {
                bands[bands.count - 1].end = end
            } else {
                bands.append(
                    Bands.Band(
                        from: max(own, bands.last?.end ?? own), to: end, label: name,
                        style: .category(Int(label))))
            }
        }
        return bands
    }

    private func panel(channel: Int, of channels: [Int]) -> Panel {
        var background = [(entry.support, Bands.Style.support), (entry.query, .query)].flatMap {
            portion, style in
            portion.ranges.map {
                Bands.Band(from: seconds($0.start), to: seconds($0.end), style: style)
            }
        }
        for interval in entry.quality where (interval.channel ?? channel) == channel {
            background.append(
                Bands.Band(
                    from: seconds(interval.range.start), to: seconds(interval.range.end),
                    label: interval.kind.name, style: .flawed))
        }
        let signal = tensors.signal
        let samples = (0..<signal.sampleCount).map { Double(signal[$0, channel]) }
        return Panel(
            x: channel == channels.last ? Axis("time", unit: "s") : Axis(),
            y: Axis(manifest.channels[channel].name),
            marks: [
                .bands(Bands(background.sorted { $0.start < $1.start })),
                .curve(
                    Curve(
                        start: 0, step: 1 / manifest.samplingRate.hertz, samples: samples,
                        color: .series(0))),
            ], showsLegend: false)
    }

    private func seconds(_ samples: Int) -> Double {
        manifest.samplingRate.seconds(ofSamples: samples)
    }
}
