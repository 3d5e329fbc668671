import EMGIngest
import EMGSignal
import Figures
import PrintableText

/// The channels of a recording over time, with its labels and findings below.
struct RecordingSignals {
    private let recording: Recording
    private let name: String

    /// So many channels are drawn.
    private static let mostChannels = 16

    init(_ recording: Recording, name: String) {
        (self.recording, self.name) = (recording, name)
    }

    /// Segments side by side under a name.
    private struct Strip: Sendable {
        let name: String
        let bands: [Bands.Band]
    }

    /// The figure; `nil` for a recording without samples.
    var figure: ReportFigure? {
        guard recording.sampleCount > 0 else { return nil }
        let rate = recording.samplingRate
        let shown = recording.channels.prefix(Self.mostChannels)
        let signals = shown.indices.map { (shown[$0].name, recording.samples.channel($0)) }
        let strips = labels + findings
        let range = 0...max(rate.seconds(ofSamples: recording.sampleCount), 1 / rate.hertz)
        let step = 1 / rate.hertz
        let left = recording.channels.count - shown.count
        return ReportFigure(
            name: name, title: "Signals",
            caption: "The channels over time"
                + (strips.isEmpty ? "." : ", with labels and findings below.")
                + (left > 0 ? " \(left, of: "channel is", plural: "channels are") not drawn." : ""),
            table: Self.table(strips)
        ) { width in
            let panels = signals.map { name, samples in
                Panel(
                    x: Axis(range: range), y: Axis(name),
                    marks: [
                        .curve(Curve(start: 0, step: step, samples: samples, color: .series(0)))
                    ], showsLegend: false)
            }
            let strip = Panel(
                x: Axis("time", unit: "s", range: range),
                y: Axis(scale: .categories(strips.map(\.name))),
                marks: strips.enumerated().map { .bands(Bands($1.bands, place: .row($0))) },
                weight: Double(max(1, strips.count)) * 0.42)
            return Figure(
                size: FigureSize(
                    width: width.points,
                    height: 70 + 56 * Double(signals.count) + 27 * Double(strips.count)),
                sharesX: true, panels: panels + (strips.isEmpty ? [] : [strip]))
        }
    }

    private var labels: [Strip] {
        guard let labels = recording.labels else { return [] }
        let bands = labels.runs.filter { $0.label != labels.unlabeled }.map { run in
            band(
                run.range, labels.classNames[Int(run.label)], style: .category(Int(run.label)))
        }
        return [Strip(name: "label", bands: bands)]
    }

    /// A strip for each kind of finding that is of less than the whole recording.
    private var findings: [Strip] {
        QualityInterval.Kind.allCases.compactMap { kind in
            let ranges = recording.quality.filter {
                $0.kind == kind && $0.range.count < recording.sampleCount
            }.map(\.range).united()
            guard !ranges.isEmpty else { return nil }
            return Strip(name: kind.name, bands: ranges.map { band($0, "", style: .flawed) })
        }
    }

    private func band(
        _ range: SampleRange, _ label: String, style: Bands.Style
    ) -> Bands.Band {
        let rate = recording.samplingRate
        return Bands.Band(
            from: rate.seconds(ofSamples: range.start),
            to: rate.seconds(ofSamples: max(range.end, range.start + 1)),
            label: label, style: style)
    }

    private static func table(_ strips: [Strip]) -> [[String]] {
        [["from (s)", "to (s)", "what"]]
            + strips.flatMap { strip in
                strip.bands.prefix(400).map { band in
                    [
                        band.start.brief, band.end.brief,
                        band.label.isEmpty ? strip.name : "\(strip.name): \(band.label)",
                    ]
                }
            }
    }
}
