// Draws a figure of two panels. docs/figures.md shows the part below.

import Foundation
import MyoTask

let steps = [0.0, 1, 2, 5, 10]
let figure = Figure(
    title: "Adaptation", columns: 2,
    panels: [
        Panel(
            title: "Accuracy", x: Axis("gradient steps"), y: Axis("accuracy", range: 0...1),
            marks: [
                .curve(Curve("meta", x: steps, y: [0.4, 0.7, 0.8, 0.9, 0.92], style: .lineWithPoints)),
                .curve(Curve("scratch", x: steps, y: [0.33, 0.4, 0.45, 0.6, 0.7])),
                .reference(ReferenceLine(.horizontal, at: 1.0 / 3, label: "chance")),
            ]),
        Panel(
            title: "Confusion",
            x: Axis("predicted", scale: .categories(["open", "close"])),
            y: Axis("true class", scale: .categories(["open", "close"])),
            marks: [
                .heatMap(HeatMap(rowCount: 2, columnCount: 2, values: [41, 3, 5, 37], decimals: 0))
            ]),
    ])
try figure.write(to: URL(filePath: "adaptation.svg"))
