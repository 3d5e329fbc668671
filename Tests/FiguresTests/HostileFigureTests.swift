import Figures
import Foundation
import SeededRandom
import Testing

@Suite("Figures of hostile input")
struct HostileFigureTests {
    /// Every number of the drawing is finite, and none lies absurdly far away.
    private func check(_ figure: Figure, _ comment: Comment) throws {
        let text = figure.svg()
        _ = try FigureTests.elements(text)
        for part in text.split(whereSeparator: { "\", \n()".contains($0) })
        where part.first == "-" || part.first?.isNumber == true {
            guard let number = Double(part) else { continue }
            #expect(abs(number) < 100_000, comment)
        }
        for word in ["\"nan", "\"inf", " nan", ",nan", ",inf", "-inf"] {
            #expect(!text.contains(word), comment)
        }
        #expect(try figure.png(pixelsPerPoint: 1).count > 100)
    }

    private static let numbers: [[Double]] = [
        [], [.nan], [.infinity], [-.infinity, .infinity], [0], [0, 0, 0], [7, 7], [-0.0],
        [1e308, -1e308], [.greatestFiniteMagnitude, -.greatestFiniteMagnitude],
        [.leastNonzeroMagnitude, 0], [.leastNonzeroMagnitude, 3 * .leastNonzeroMagnitude],
        [1, .nan, 2, .infinity, 3],
        [1e15, 1e15 + 1], [-5, -4], Array(repeating: .nan, count: 5_000),
    ]

    @Test("any values can be drawn in any way", arguments: numbers)
    func anyValues(y: [Double]) throws {
        let x = y.indices.map { Double($0) }
        let scales: [Axis.Scale] = [
            .linear, .logarithmic, .categories(["a", "b"]), .categories([]),
        ]
        for xScale in scales {
            for yScale in scales {
                let marks: [Mark] = [
                    .curve(Curve("a", x: x, y: y, style: .lineWithPoints)),
                    .curve(Curve("b", x: y, y: x)),
                    .curve(Curve("c", start: 0, step: 1e-3, samples: y)),
                    .ribbon(Ribbon("d", x: x, low: y, high: y.reversed())),
                    .ribbon(Ribbon(x: y, low: y, high: y)),
                    .bars(Bars("e", values: y, errors: y, decimals: 3)),
                    .bands(
                        Bands(
                            zip(y, y.dropFirst()).map {
                                Bands.Band(from: $0, to: $1, label: "x", style: .flawed)
                            })),
                    .bands(
                        Bands(
                            y.map { Bands.Band(from: 0, to: $0, label: "y", style: .query) },
                            place: .row(y.count))),
                    .reference(ReferenceLine(.horizontal, at: y.first ?? 0, label: "l")),
                    .reference(ReferenceLine(.vertical, at: y.last ?? 0, label: "l")),
                ]
                let figure = Figure(
                    title: "t",
                    panels: [
                        Panel(
                            title: "p", x: Axis("x", scale: xScale), y: Axis("y", scale: yScale),
                            marks: marks)
                    ])
                try check(figure, "\(xScale) \(yScale)")
            }
        }
        try check(
            Figure(
                panels: [
                    Panel(
                        marks: [
                            .heatMap(
                                HeatMap(
                                    rowCount: 1, columnCount: y.count, values: y, label: "v",
                                    decimals: 2))
                        ])
                ]), "matrix")
    }

    @Test("stated ends of axes may be nonsense")
    func ranges() throws {
        let ranges: [ClosedRange<Double>] = [
            -.infinity ... .infinity, 0...0, 5...5, -3...(-2), 0...1e308,
            -.greatestFiniteMagnitude ... .greatestFiniteMagnitude,
            .leastNonzeroMagnitude...3 * .leastNonzeroMagnitude,
            1...1.000_000_000_000_1,
        ]
        for range in ranges {
            for scale in [Axis.Scale.linear, .logarithmic] {
                let axis = Axis("a", scale: scale, range: range)
                let marks: [Mark] = [
                    .curve(Curve(x: [1, 2, 3], y: [4, 5, 6])), .bars(Bars(values: [1, -1])),
                    .heatMap(HeatMap(rowCount: 1, columnCount: 2, values: [1, 2], range: range)),
                ]
                for mark in marks {
                    try check(
                        Figure(panels: [Panel(x: axis, y: axis, marks: [mark])]), "\(range)")
                }
            }
        }
    }

    @Test("there may be no panel, no mark, or far more than fit")
    func counts() throws {
        let small = FigureSize(width: 72, height: 72)
        try check(Figure(size: small, panels: []), "nothing")
        try check(Figure(panels: [Panel(marks: [])]), "no mark")
        let panel = Panel(
            title: "a title that is far too long for where it stands",
            x: Axis("a label that is far too long", scale: .categories((0..<500).map { "c\($0)" })),
            y: Axis("another one", scale: .categories((0..<500).map { "row \($0)" })),
            marks: (0..<60).map { .bars(Bars("name \($0)", values: [1, 2])) })
        for columns in [1, 3, 40] {
            try check(
                Figure(
                    title: String(repeating: "long ", count: 500), size: small, columns: columns,
                    sharesX: true, panels: Array(repeating: panel, count: 40)), "\(columns)")
        }
        let large = HeatMap(
            rowCount: 2_000, columnCount: 2_000,
            values: (0..<4_000_000).map { Double($0 % 1_999) })
        let figure = Figure(panels: [Panel(marks: [.heatMap(large)])])
        #expect(figure.svg().utf8.count < 40_000_000)
        let bands = (0..<200_000).map {
            Bands.Band(
                from: Double($0), to: Double($0) + 1, label: "l\($0 % 3)",
                style: .category($0 % 3))
        }
        let striped = Figure(panels: [Panel(marks: [.bands(Bands(bands, place: .row(0)))])])
        #expect(striped.svg().utf8.count < 2_000_000, "bands thinner than a hair are not written")
    }

    @Test("texts are escaped, and what XML forbids is left out")
    func texts() throws {
        let text = "<b>&\"'\u{0}\u{1B}[2J\u{202E}\u{FFFF}]]> é 肌电 🦾"
        let figure = Figure(
            title: text, summary: text,
            panels: [
                Panel(
                    title: text, x: Axis(text, scale: .categories([text, "\u{B}"])),
                    y: Axis(text, unit: text),
                    marks: [
                        .curve(Curve(text, x: [0, 1], y: [1, 2])), .bars(Bars(text, values: [1])),
                        .reference(ReferenceLine(.horizontal, at: 1, label: text)),
                        .bands(Bands([Bands.Band(from: 0, to: 1, label: text, style: .neutral)])),
                    ])
            ])
        try check(figure, "texts")
        let (names, texts) = try FigureTests.elements(figure.svg())
        #expect(!names.contains("b"))
        #expect(texts.contains { $0.contains("<b>&\"'") && $0.contains("é 肌电 🦾") })
        #expect(!figure.svg().unicodeScalars.contains { $0.value < 32 && $0 != "\n" })
    }

    @Test("random figures never crash")
    func random() throws {
        var generator = SeededGenerator(seed: 99)
        let odd: [Double] = [
            .nan, .infinity, -.infinity, 0, 1e308, -1e308, .leastNonzeroMagnitude, 1, -1, 50,
        ]
        for round in 0..<60 {
            func number() -> Double {
                generator.integer(below: 3) == 0
                    ? odd[generator.integer(below: odd.count)]
                    : generator.nearlyNormal() * pow(10, generator.uniform(in: -8..<8))
            }
            func list(_ count: Int) -> [Double] { (0..<count).map { _ in number() } }
            let panels = (0..<generator.integer(below: 5)).map { _ -> Panel in
                let marks = (0..<generator.integer(below: 5)).map { _ -> Mark in
                    let count = generator.integer(below: 40)
                    switch generator.integer(below: 6) {
                    case 0: return .curve(Curve("c", x: list(count), y: list(count)))
                    case 1: return .curve(Curve(start: -1, step: 0.1, samples: list(count * 100)))
                    case 2: return .bars(Bars("b", values: list(count), errors: list(count)))
                    case 3:
                        return .heatMap(
                            HeatMap(rowCount: count, columnCount: 3, values: list(3 * count)))
                    case 4:
                        return .ribbon(
                            Ribbon(x: list(count), low: list(count), high: list(count)))
                    default:
                        return .bands(
                            Bands(
                                (0..<count).map { _ in
                                    Bands.Band(
                                        from: number(), to: number(), label: "l", style: .query)
                                }))
                    }
                }
                let isLogarithmic = generator.integer(below: 2) == 0
                return Panel(
                    x: Axis("x", scale: isLogarithmic ? .logarithmic : .linear), y: Axis("y"),
                    marks: marks, weight: generator.uniform(in: 0.01..<10))
            }
            let figure = Figure(
                size: FigureSize(
                    width: generator.uniform(in: 72..<900),
                    height: generator.uniform(in: 72..<900)),
                columns: 1 + generator.integer(below: 3),
                sharesX: generator.integer(below: 2) == 0, panels: panels)
            try check(figure, "round \(round)")
        }
    }
}
