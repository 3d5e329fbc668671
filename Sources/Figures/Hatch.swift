/// Strokes from the lower left to the upper right.
enum Hatch {
    private static let mostLines = 200

    static func lines(over box: Rectangle, color: Color) -> [Shape] {
        let span = box.width + box.height
        let step = max(5, span / Double(mostLines))
        let stroke = Stroke(color: color, width: 0.6)
        return stride(from: step / 2, to: span, by: step).map { distance in
            .line(
                [
                    Point(x: box.x + distance, y: box.y),
                    Point(x: box.x + distance - box.height, y: box.bottom),
                ], stroke)
        }
    }
}
