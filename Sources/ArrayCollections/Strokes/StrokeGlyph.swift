private import EMGSynth
internal import SeededRandom

/// A character: strokes as curves through points of the unit square.
struct StrokeGlyph: Sendable, Hashable {
    /// A place in the unit square, y downwards.
    struct Point: Sendable, Hashable {
        var x: Double
        var y: Double
    }

    /// The points that each stroke's curve passes by.
    let strokes: [[Point]]

    /// How a script's characters are made.
    struct Manner: Sendable, Hashable {
        let strokes: ClosedRange<Int>
        let points: ClosedRange<Int>
        /// Places of the grid that strokes begin, bend and end at, in each direction.
        let grid: Int

        init(using generator: inout SeededGenerator) {
            let few = 1 + generator.integer(below: 2)
            strokes = few...few + 1 + generator.integer(below: 2)
            let bends = 2 + generator.integer(below: 2)
            points = bends...bends + 1 + generator.integer(below: 2)
            grid = 3 + generator.integer(below: 3)
        }
    }

    /// Draws up a character.
    init(_ manner: Manner, using generator: inout SeededGenerator) {
        func number(in range: ClosedRange<Int>) -> Int {
            range.lowerBound + generator.integer(below: range.count)
        }
        var strokes: [[Point]] = []
        for _ in 0..<number(in: manner.strokes) {
            var points: [Point] = []
            while points.count < number(in: manner.points) {
                let step = 1 / Double(manner.grid - 1)
                let point = Point(
                    x: Double(generator.integer(below: manner.grid)) * step,
                    y: Double(generator.integer(below: manner.grid)) * step)
                if points.last != point { points.append(point) }
            }
            strokes.append(points)
        }
        self.strokes = strokes
    }
}

/// One drawer: how all of their characters come out.
struct StrokeDrawer: Sendable, Hashable {
    private let slant: Double
    private let shear: Double
    private let width: Double
    private let height: Double
    private let unrest: Double
    private let pen: Double

    init(using generator: inout SeededGenerator) {
        slant = generator.uniform(in: -0.22..<0.22)
        shear = generator.uniform(in: -0.2..<0.2)
        width = generator.uniform(in: 0.72..<1.08)
        height = generator.uniform(in: 0.72..<1.08)
        unrest = generator.uniform(in: 0.02..<0.055)
        pen = generator.uniform(in: 1.1..<2.1)
    }

    /// An attempt at a character: dark ink on white paper.
    ///
    /// - Parameters:
    ///   - glyph: The character.
    ///   - size: Pixels of a row and of a column.
    ///   - generator: Where chance comes from.
    /// - Returns: `size` × `size` shades of gray.
    func attempt(
        at glyph: StrokeGlyph, size: Int, using generator: inout SeededGenerator
    ) -> [UInt8] {
        let turn = slant + 0.06 * generator.nearlyNormal()
        let (cosine, sine) = (ExactMath.cos(turn), ExactMath.sin(turn))
        let shift = (0.05 * generator.nearlyNormal(), 0.05 * generator.nearlyNormal())
        let side = Double(size)
        // A margin of a seventh keeps most of a character on the paper.
        let scale = side * 5 / 7
        var lines: [[StrokeGlyph.Point]] = []
        for stroke in glyph.strokes {
            let points = stroke.map { point in
                let x = (point.x - 0.5 + unrest * generator.nearlyNormal()) * width
                let y = (point.y - 0.5 + unrest * generator.nearlyNormal()) * height
                let leaning = x + shear * y
                return StrokeGlyph.Point(
                    x: side / 2 + scale * (cosine * leaning - sine * y + shift.0),
                    y: side / 2 + scale * (sine * leaning + cosine * y + shift.1))
            }
            lines.append(Self.curve(through: points))
        }
        let radius = pen * side / 56
        var nearest = [Double](repeating: .infinity, count: size * size)
        for line in lines {
            for (start, end) in zip(line, line.dropFirst()) {
                Self.approach(&nearest, size, start, end, within: radius + 0.5)
            }
        }
        return nearest.map { square in
            let ink = min(1, max(0, radius + 0.5 - square.squareRoot()))
            return UInt8((255 * (1 - ink)).rounded())
        }
    }

    /// Brings the squared distances of pixels' centers up to date with a piece of line; of those that
    /// are near it.
    private static func approach(
        _ nearest: inout [Double], _ size: Int, _ start: StrokeGlyph.Point,
        _ end: StrokeGlyph.Point, within reach: Double
    ) {
        func pixels(_ one: Double, _ other: Double) -> Range<Int> {
            let low = max(0, Int((min(one, other) - reach - 0.5).rounded(.down)))
            let high = min(size, Int((max(one, other) + reach + 0.5).rounded(.up)))
            return low..<max(low, high)
        }
        let (dx, dy) = (end.x - start.x, end.y - start.y)
        let length = dx * dx + dy * dy
        let columns = pixels(start.x, end.x)
        for row in pixels(start.y, end.y) {
            let py = Double(row) + 0.5 - start.y
            for column in columns {
                let px = Double(column) + 0.5 - start.x
                let along = length > 0 ? min(1, max(0, (px * dx + py * dy) / length)) : 0
                let (x, y) = (px - along * dx, py - along * dy)
                nearest[row * size + column] = min(nearest[row * size + column], x * x + y * y)
            }
        }
    }

    /// A smooth line (Catmull and Rom) through points, as short pieces.
    private static func curve(through points: [StrokeGlyph.Point]) -> [StrokeGlyph.Point] {
        let pieces = 8
        var line = [points[0]]
        for index in 0..<points.count - 1 {
            let (a, b, c, d) = (
                points[max(0, index - 1)], points[index], points[index + 1],
                points[min(points.count - 1, index + 2)]
            )
            for piece in 1...pieces {
                let t = Double(piece) / Double(pieces)
                func blend(_ a: Double, _ b: Double, _ c: Double, _ d: Double) -> Double {
                    let (t2, t3) = (t * t, t * t * t)
                    let first = 2 * b + (c - a) * t
                    let second = (2 * a - 5 * b + 4 * c - d) * t2
                    return 0.5 * (first + second + (3 * b - a - 3 * c + d) * t3)
                }
                line.append(
                    StrokeGlyph.Point(x: blend(a.x, b.x, c.x, d.x), y: blend(a.y, b.y, c.y, d.y)))
            }
        }
        return line
    }
}
