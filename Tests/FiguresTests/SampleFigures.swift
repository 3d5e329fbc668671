import Figures
import Foundation
import SeededRandom
import Testing

/// A figure with a name for reports.
struct SampleFigure: CustomTestStringConvertible {
    let testDescription: String
    let figure: Figure
}

/// Figures of every kind, for tests that hold for all of them.
enum SampleFigures {
    /// Two lines with spreads, a level and a corner, on a logarithmic and a linear axis.
    static var curves: Figure {
        let steps = (0...10).map { Double($0) }
        let meta = steps.map { 0.92 - 0.55 * exp(-$0 / 1.5) }
        let scratch = steps.map { 0.80 - 0.47 * exp(-$0 / 5) }
        let frequencies = (0...300).map { pow(10, Double($0) / 100) }
        return Figure(
            title: "Adaptation of four patients", columns: 2,
            panels: [
                Panel(
                    title: "Accuracy", x: Axis("gradient steps"), y: Axis("accuracy", range: 0...1),
                    marks: [
                        .ribbon(
                            Ribbon(
                                x: steps, low: meta.map { $0 - 0.05 },
                                high: meta.map { min(1, $0 + 0.05) }, color: .series(0))),
                        .curve(Curve("meta", x: steps, y: meta, style: .lineWithPoints)),
                        .curve(Curve("scratch", x: steps, y: scratch, style: .lineWithPoints)),
                        .reference(ReferenceLine(.horizontal, at: 1.0 / 3, label: "chance")),
                    ]),
                Panel(
                    title: "Response", x: Axis("frequency", unit: "Hz", scale: .logarithmic),
                    y: Axis("magnitude", unit: "dB", range: -80...5),
                    marks: [
                        .curve(
                            Curve(
                                "band-pass", x: frequencies,
                                y: frequencies.map { -10 * log10(1 + pow(20 / $0, 8)) })),
                        .curve(
                            Curve(
                                "low-pass", x: frequencies,
                                y: frequencies.map { -10 * log10(1 + pow($0 / 6, 8)) })),
                        .reference(ReferenceLine(.vertical, at: 20, label: "20 Hz")),
                        .reference(ReferenceLine(.horizontal, at: -3, label: "−3 dB")),
                    ]),
            ])
    }

    /// Channels over each other with rows of labels and parts.
    static var recording: Figure {
        var generator = SeededGenerator(seed: 1)
        let rate = 1_000.0
        let names = ["relax", "open", "close"]
        let count = 30_000
        let channels = (0..<4).map { channel in
            (0..<count).map { index -> Double in
                let isActive = (index / 3_000) % 3 == channel % 3
                return generator.nearlyNormal() * (isActive ? 60 : 8)
            }
        }
        let labels = (0..<10).map { run in
            Bands.Band(
                from: Double(run) * 3, to: Double(run) * 3 + 3, label: names[run % 3],
                style: .category(run % 3))
        }
        let parts = [
            Bands.Band(from: 0, to: 9, label: "support", style: .support),
            Bands.Band(from: 9, to: 30, label: "query", style: .query),
        ]
        var panels = channels.enumerated().map { index, samples in
            Panel(
                x: Axis("time", unit: "s"), y: Axis("emg\(index)", unit: "uV"),
                marks: [
                    .bands(
                        Bands(
                            index == 1
                                ? [Bands.Band(from: 11, to: 12.5, label: "gap", style: .flawed)]
                                : [])),
                    .curve(
                        Curve(start: 0, step: 1 / rate, samples: samples, color: .series(0))),
                ])
        }
        panels.append(
            Panel(
                x: Axis("time", unit: "s"), y: Axis(scale: .categories(["label", "part"])),
                marks: [
                    .bands(Bands(labels, place: .row(0))), .bands(Bands(parts, place: .row(1))),
                ], weight: 0.9))
        return Figure(
            title: "p1/2024_03_04_p1/111", size: FigureSize(width: 720, height: 460),
            sharesX: true, panels: panels)
    }

    /// Bars with errors, and a matrix with numbers.
    static var scores: Figure {
        let names = ["relax", "open", "close"]
        return Figure(
            title: "Scores", columns: 2,
            panels: [
                Panel(
                    title: "Accuracy",
                    x: Axis("patient", scale: .categories(["p1", "p2", "p3", "p10"])),
                    y: Axis("accuracy", range: 0...1),
                    marks: [
                        .bars(Bars("random", values: [0.55, 0.5, 0.61, 0.4], decimals: 2)),
                        .bars(
                            Bars(
                                "meta", values: [0.9, 0.82, 0.95, 0.7],
                                errors: [0.05, 0.04, 0.02, 0.1], decimals: 2)),
                        .bars(Bars("pretrained", values: [0.8, .nan, 0.85, 0.6], decimals: 2)),
                    ]),
                Panel(
                    title: "Confusion", x: Axis("predicted", scale: .categories(names)),
                    y: Axis("true class", scale: .categories(names)),
                    marks: [
                        .heatMap(
                            HeatMap(
                                rowCount: 3, columnCount: 3,
                                values: [412, 11, 3, 25, 390, 8, 4, 19, .nan],
                                label: "windows", decimals: 0))
                    ]),
            ])
    }

    /// A queue of tasks over epochs, with names too long to stand side by side.
    static var queue: Figure {
        let names = (1...14).map { "p\($0)/2024_03_0\($0 % 9)_p\($0)/111" }
        let values = (0..<14 * 60).map { index -> Double in
            let angle = Double(index % 60) / 9 + Double(index / 60)
            return abs(sin(angle)) * 40
        }
        return Figure(
            title: "Which tasks the queue held", size: FigureSize(width: 720, height: 420),
            panels: [
                Panel(
                    x: Axis("epoch"), y: Axis(scale: .categories(names)),
                    marks: [
                        .heatMap(
                            HeatMap(
                                rowCount: 14, columnCount: 60, values: values, label: "draws"))
                    ])
            ])
    }

    /// Over axes of numbers, the first row at the bottom.
    static var spectrogram: Figure {
        let values = (0..<4_000).map { place -> Double in
            let (row, column) = place.quotientAndRemainder(dividingBy: 100)
            return -abs(Double(column) / 2.5 - Double(row))
        }
        var map = HeatMap(rowCount: 40, columnCount: 100, values: values, label: "dB")
        (map.xRange, map.yRange) = (0...12.5, 0...500)
        return Figure(
            title: "A rise",
            panels: [
                Panel(
                    x: Axis("time", unit: "s", range: 0...12.5),
                    y: Axis("frequency", unit: "Hz", range: 0...500), marks: [.heatMap(map)])
            ])
    }

    static var names: Figure {
        let names = ["transformer with six layers", "tcn", "temporal convolution", "dnn", "mlp"]
        return Figure(
            title: "", size: .square,
            panels: [
                Panel(
                    title: "Gradients until 90 %",
                    x: Axis("model", scale: .categories(names)),
                    y: Axis("gradients", scale: .logarithmic),
                    marks: [.bars(Bars(values: [12_000, 340, 90, 8, 1_400]))])
            ])
    }

    static let all = [
        SampleFigure(testDescription: "curves", figure: curves),
        SampleFigure(testDescription: "recording", figure: recording),
        SampleFigure(testDescription: "scores", figure: scores),
        SampleFigure(testDescription: "queue", figure: queue),
        SampleFigure(testDescription: "spectrogram", figure: spectrogram),
        SampleFigure(testDescription: "names", figure: names),
    ]
}
