import EMGIngest
import EMGSignal
import Figures
import Statistics

/// How strong each channel is in each class, and how that begins.
struct ClassAmplitudes {
    private let recording: Recording
    private let labels: LabelTrack
    /// The moving mean of each channel's magnitude.
    private let envelopes: [[Double]]
    /// The classes that occur, by their number.
    private let classes: [Int]

    /// The envelope's window, and how much of a segment's beginning is drawn, in seconds.
    private static let (smoothing, before, after) = (0.1, 0.5, 1.5)

    /// Looks at a recording; `nil` without labels.
    init?(_ recording: Recording) {
        guard let labels = recording.labels, recording.sampleCount > 0 else { return nil }
        self.recording = recording
        self.labels = labels
        let length = max(1, recording.samplingRate.samples(inSeconds: Self.smoothing))
        envelopes = recording.channels.indices.map {
            Self.envelope(recording.samples.channel($0), length: length)
        }
        let found = Set(labels.values)
        classes = labels.classNames.indices.filter {
            found.contains(UInt8($0)) && labels.unlabeled != UInt8($0)
        }
        guard !classes.isEmpty else { return nil }
    }

    /// The centered moving mean of magnitudes; of a signal with both signs or an offset, those of what
    /// it differs from its mean by. Samples that are not finite are left out.
    private static func envelope(_ samples: [Double], length: Int) -> [Double] {
        let finite = samples.filter(\.isFinite)
        let isAmplitude = (finite.min() ?? 0) >= 0 && (finite.min() ?? 0) < (finite.max() ?? 0) / 20
        let mean = isAmplitude ? 0 : finite.reduce(0, +) / Double(max(1, finite.count))
        var sums = [0.0]
        var counts = [0]
        for sample in samples {
            sums.append(sums[sums.count - 1] + (sample.isFinite ? abs(sample - mean) : 0))
            counts.append(counts[counts.count - 1] + (sample.isFinite ? 1 : 0))
        }
        return samples.indices.map { place in
            let (start, end) = (
                max(0, place - length / 2), min(samples.count, place + length / 2 + 1)
            )
            let count = counts[end] - counts[start]
            return count > 0 ? (sums[end] - sums[start]) / Double(count) : .nan
        }
    }

    private var names: [String] { classes.map { labels.classNames[$0] } }

    /// The mean envelope of each channel in each class, in percent of the channel's strongest class.
    func averages(name: String) -> ReportFigure? {
        let means = classes.map { label in
            envelopes.map { envelope -> Double in
                var (sum, count) = (0.0, 0)
                for (place, value) in envelope.enumerated()
                where labels.values[place] == UInt8(label) && value.isFinite {
                    sum += value
                    count += 1
                }
                return count > 0 ? sum / Double(count) : .nan
            }
        }
        let strongest = envelopes.indices.map { channel in
            means.map { $0[channel] }.filter(\.isFinite).max() ?? .nan
        }
        let shares = means.flatMap { row in
            zip(row, strongest).map { $1 > 0 ? 100 * $0 / $1 : .nan }
        }
        let (names, channels) = (names, recording.channels.map(\.name))
        let map = HeatMap(
            rowCount: names.count, columnCount: channels.count, values: shares, range: 0...100,
            label: "%", decimals: 0)
        return ReportFigure(
            name: name, title: "Amplitude by class",
            caption: "The mean envelope of each channel in each class, in percent of the channel's "
                + "strongest class.",
            table: [["class"] + channels]
                + zip(names, means).map {
                    [$0] + $1.map { $0.isFinite ? CompactNumber.text($0) : "–" }
                }
        ) { width in
            Figure(
                size: FigureSize(width: width.points, height: 90 + 26 * Double(names.count)),
                panels: [
                    Panel(
                        x: Axis(scale: .categories(channels)),
                        y: Axis(scale: .categories(names)), marks: [.heatMap(map)])
                ])
        }
    }

    /// The envelope round the beginnings of each class, the mean over channels and segments.
    func onsets(name: String) -> ReportFigure? {
        let rate = recording.samplingRate
        let (first, last) = (
            -rate.samples(inSeconds: Self.before), rate.samples(inSeconds: Self.after)
        )
        let x = (first...last).map { Double($0) / rate.hertz }
        let curves = classes.enumerated().compactMap { place, label -> Curve? in
            // What begins with the recording has no beginning.
            let starts = labels.runs.filter { $0.label == UInt8(label) && $0.range.start > 0 }
                .map(\.range.start)
            guard !starts.isEmpty else { return nil }
            let y = (first...last).map { offset -> Double in
                let values = starts.flatMap { start -> [Double] in
                    let sample = start + offset
                    guard (0..<recording.sampleCount).contains(sample) else { return [] }
                    return envelopes.map { $0[sample] }.filter(\.isFinite)
                }
                return values.isEmpty ? .nan : values.reduce(0, +) / Double(values.count)
            }
            return Curve(
                "\(labels.classNames[label]) (\(starts.count))", x: x, y: y, color: .series(place))
        }
        guard !curves.isEmpty else { return nil }
        let unit = recording.commonUnit
        return ReportFigure(
            name: name, title: "Beginnings of classes",
            caption: "The envelope round the label's change to each class, the mean over channels "
                + "and over as many changes as the legend says.",
            table: []
        ) { width in
            Figure(
                size: FigureSize(width: width.points, height: 260),
                panels: [
                    Panel(
                        x: Axis("time from the label's change", unit: "s"),
                        y: Axis("envelope", unit: unit),
                        marks: [.reference(ReferenceLine(.vertical, at: 0))]
                            + curves.map { .curve($0) }, showsLegend: true)
                ])
        }
    }
}
