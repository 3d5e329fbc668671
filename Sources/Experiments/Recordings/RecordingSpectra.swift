import EMGIngest
import EMGSignal
import Figures
import Foundation
import PrintableText
import Spectra
import Statistics

/// How the power of a recording is spread over frequency, on the whole and over time.
struct RecordingSpectra {
    private let recording: Recording

    /// So many channels have a line of their own; of more, quartiles are drawn.
    private static let mostLines = 8
    /// A spectrogram has at most so many segments, and is of so many channels.
    private static let mostSegments = 1_200

    init(_ recording: Recording) { self.recording = recording }

    private var hertz: Double { recording.samplingRate.hertz }

    /// Power density over frequency; `nil` for a recording shorter than a tenth of a second.
    func densities(name: String) -> ReportFigure? {
        let length = min(
            recording.sampleCount, max(16, recording.samplingRate.samples(inSeconds: 1)))
        guard Double(recording.sampleCount) >= max(16, hertz / 10) else { return nil }
        let spectra = recording.channels.indices.map { channel in
            PowerSpectrum.welch(
                recording.samples.channel(channel), samplingRate: recording.samplingRate,
                segmentLength: length)
        }
        let names = recording.channels.map(\.name)
        guard let frequencies = spectra.first(where: { $0.segmentCount > 0 })?.frequencies else {
            return nil
        }
        // The mean was taken out of each segment.
        let places = Array(frequencies.indices.dropFirst())
        let x = places.map { frequencies[$0] }
        let levels = spectra.map { spectrum in
            spectrum.segmentCount > 0 ? places.map { Self.decibels(spectrum.density[$0]) } : []
        }
        let marks = Self.marks(names: names, x: x, levels: levels)
        let unit = recording.commonUnit
        let isCut = recording.effectiveRate.hertz < hertz
        return ReportFigure(
            name: name, title: "Power over frequency",
            caption: "Welch's estimate, segments of \(length, of: "sample") with a Hann window"
                + (isCut
                    ? "; samples change \(recording.effectiveRate.hertz.brief) times a second, so that "
                        + "nothing above \(recording.effectiveRate.nyquist.brief) Hz is of the "
                        + "signal." : "."),
            table: Self.table(names: names, x: x, levels: levels)
        ) { width in
            Figure(
                size: FigureSize(width: width.points, height: 280),
                panels: [
                    Panel(
                        x: Axis("frequency", unit: "Hz"),
                        y: Axis(
                            "power density",
                            unit: "dB re 1 \(unit.isEmpty ? "unit" : unit)²/Hz"), marks: marks)
                ])
        }
    }

    private static func marks(names: [String], x: [Double], levels: [[Double]]) -> [Mark] {
        guard names.count > mostLines else {
            return zip(names, levels).filter { !$1.isEmpty }.enumerated().map { place, line in
                .curve(Curve(line.0, x: x, y: line.1, color: .series(place)))
            }
        }
        let sorted = x.indices.map { place in
            levels.filter { !$0.isEmpty }.map { $0[place] }.sorted()
        }
        func line(_ percentile: Double) -> [Double] {
            sorted.map { $0.percentile(percentile) ?? .nan }
        }
        return [
            .ribbon(
                Ribbon(
                    "half of the channels", x: x, low: line(25), high: line(75), color: .series(0))),
            .curve(Curve("median of the channels", x: x, y: line(50), color: .series(0))),
            .curve(Curve("strongest", x: x, y: line(100), color: .series(1))),
        ]
    }

    private static func table(names: [String], x: [Double], levels: [[Double]]) -> [[String]] {
        let step = max(1, x.count / 100)
        let shown = Array(names.prefix(mostLines))
        return [["frequency (Hz)"] + shown.map { "\($0) (dB)" }]
            + stride(from: 0, to: x.count, by: step).map { place in
                [x[place].brief]
                    + levels.prefix(shown.count).map {
                        $0.isEmpty ? "–" : String(format: "%.1f", $0[place])
                    }
            }
    }

    /// Power over time and frequency, the mean of the channels; `nil` for a recording shorter than
    /// two seconds.
    func spectrogram(name: String) -> ReportFigure? {
        let length = max(16, recording.samplingRate.samples(inSeconds: 0.25))
        guard Double(recording.sampleCount) >= 2 * hertz, recording.sampleCount > length else {
            return nil
        }
        let step = max(length / 2, recording.sampleCount / Self.mostSegments)
        let channels = recording.channels.indices.map { channel in
            Spectrogram(
                recording.samples.channel(channel), samplingRate: recording.samplingRate,
                segmentLength: length, step: step)
        }
        guard let first = channels.first else { return nil }
        return ReportFigure(
            name: name, title: "Power over time and frequency",
            caption: "The mean over channels, each divided by its own power; segments of a quarter "
                + "of a second.", table: []
        ) { width in
            let columns = min(first.segmentCount, width == .wide ? 160 : 80)
            let rows = min(first.frequencies.count, 48)
            return Figure(
                size: FigureSize(width: width.points, height: 260),
                panels: [
                    Panel(
                        x: Axis("time", unit: "s", range: first.seconds),
                        y: Axis("frequency", unit: "Hz", range: 0...(first.frequencies.last ?? 1)),
                        marks: [
                            .heatMap(Self.map(channels, columns: columns, rows: rows))
                        ])
                ])
        }
    }

    private static func map(_ channels: [Spectrogram], columns: Int, rows: Int) -> HeatMap {
        var sums = [Double](repeating: 0, count: columns * rows)
        var counts = [Int](repeating: 0, count: columns * rows)
        for channel in channels {
            let means = channel.means(columns: columns, rows: rows)
            let finite = means.filter(\.isFinite)
            let power = finite.reduce(0, +) / Double(max(1, finite.count))
            guard power > 0 else { continue }
            for (place, value) in means.enumerated() where value.isFinite {
                sums[place] += value / power
                counts[place] += 1
            }
        }
        let levels = zip(sums, counts).map { $1 > 0 ? decibels($0 / Double($1)) : .nan }
        let sorted = levels.filter(\.isFinite).sorted()
        // A few cells beyond would leave the others one color.
        let range = (sorted.percentile(5) ?? -1, sorted.percentile(99.5) ?? 0)
        var map = HeatMap(
            rowCount: rows, columnCount: columns, values: levels,
            range: range.0 < range.1 ? range.0...range.1 : nil, label: "dB")
        map.xRange = channels[0].seconds
        map.yRange = 0...(channels[0].frequencies.last ?? 1)
        return map
    }

    private static func decibels(_ power: Double) -> Double { 10 * log10(max(power, 1e-30)) }
}
