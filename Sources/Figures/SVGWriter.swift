/// Writes a scene as SVG: text stays text, and the same scene gives the same bytes.
struct SVGWriter {
    /// What ids begin with.
    private let identifier: String

    /// The usual sans-serif fonts of all systems; layouts are made for the widest.
    private static let fonts =
        "Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif"

    init(identifier: String) {
        let usable = identifier.unicodeScalars.filter { scalar in
            scalar.isASCII
                && (scalar.properties.isAlphabetic || scalar == "-" || scalar == "_"
                    || ("0"..."9").contains(scalar))
        }
        let text = String(String.UnicodeScalarView(usable))
        let begins = text.unicodeScalars.first.map { $0.properties.isAlphabetic } ?? false
        self.identifier = begins ? text : "figure\(text)"
    }

    func document(_ scene: Scene) -> String {
        let width = number(scene.size.width)
        let height = number(scene.size.height)
        var text = """
            <svg xmlns="http://www.w3.org/2000/svg" width="\(width)pt" height="\(height)pt" \
            viewBox="0 0 \(width) \(height)" role="img" \
            aria-labelledby="\(identifier)-title \(identifier)-summary" \
            font-family="\(Self.fonts)" font-size="\(number(TextMetrics.size))">
            <title id="\(identifier)-title">\(escaped(scene.title))</title>
            <desc id="\(identifier)-summary">\(escaped(scene.summary))</desc>
            <rect width="\(width)" height="\(height)" fill="#ffffff"/>

            """
        var clips: [Rectangle] = []
        var body = ""
        for shape in scene.shapes { write(shape, to: &body, clips: &clips) }
        if !clips.isEmpty {
            text += "<defs>\n"
            for (index, box) in clips.enumerated() {
                text += "<clipPath id=\"\(identifier)-clip\(index)\">"
                text += "<rect \(attributes(box))/></clipPath>\n"
            }
            text += "</defs>\n"
        }
        return text + body + "</svg>\n"
    }

    private func write(_ shape: Shape, to text: inout String, clips: inout [Rectangle]) {
        switch shape {
        case .line(let points, let stroke):
            guard points.count > 1 else { return }
            text += "<polyline points=\"\(list(points))\" fill=\"none\"\(attributes(stroke))"
            text += " stroke-linejoin=\"round\"/>\n"
        case .area(let points, let color, let opacity):
            guard points.count > 2 else { return }
            text += "<polygon points=\"\(list(points))\" fill=\"\(color.hexadecimal)\""
            text += opacity < 1 ? " fill-opacity=\"\(number(opacity))\"/>\n" : "/>\n"
        case .box(let box, let fill, let outline):
            text += "<rect \(attributes(box)) fill=\"\(fill.hexadecimal)\""
            text += "\(outline.map(attributes) ?? "")/>\n"
        case .dots(let points, let radius, let color):
            guard !points.isEmpty else { return }
            text += "<g fill=\"\(color.hexadecimal)\">"
            for point in points {
                text += "<circle cx=\"\(number(point.x))\" cy=\"\(number(point.y))\" "
                text += "r=\"\(number(radius))\"/>"
            }
            text += "</g>\n"
        case .caption(let caption):
            write(caption, to: &text)
        case .clipped(let box, let shapes):
            guard !shapes.isEmpty else { return }
            let index = clips.firstIndex(of: box) ?? clips.count
            if index == clips.count { clips.append(box) }
            text += "<g clip-path=\"url(#\(identifier)-clip\(index))\">\n"
            for shape in shapes { write(shape, to: &text, clips: &clips) }
            text += "</g>\n"
        }
    }

    private func write(_ caption: Caption, to text: inout String) {
        guard !caption.text.isEmpty else { return }
        let (x, y) = (number(caption.at.x), number(caption.at.y))
        text += "<text x=\"\(x)\" y=\"\(y)\" fill=\"\(caption.color.hexadecimal)\""
        if caption.size != TextMetrics.size { text += " font-size=\"\(number(caption.size))\"" }
        if caption.anchor != .start { text += " text-anchor=\"\(caption.anchor.rawValue)\"" }
        if caption.isBold { text += " font-weight=\"bold\"" }
        if caption.isUpright { text += " transform=\"rotate(-90 \(x) \(y))\"" }
        text += ">\(escaped(caption.text))</text>\n"
    }

    private func list(_ points: [Point]) -> String {
        points.map { "\(number($0.x)),\(number($0.y))" }.joined(separator: " ")
    }

    private func attributes(_ stroke: Stroke) -> String {
        var text =
            " stroke=\"\(stroke.color.hexadecimal)\" stroke-width=\"\(number(stroke.width))\""
        if !stroke.dash.isEmpty {
            text += " stroke-dasharray=\"\(stroke.dash.map(number).joined(separator: " "))\""
        }
        return text
    }

    private func attributes(_ box: Rectangle) -> String {
        "x=\"\(number(box.x))\" y=\"\(number(box.y))\" "
            + "width=\"\(number(max(0, box.width)))\" height=\"\(number(max(0, box.height)))\""
    }

    private func number(_ value: Double) -> String { PlainText.coordinate(value) }

    private func escaped(_ text: String) -> String {
        var result = ""
        for scalar in PlainText.printable(text).unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
