import Figures
import Foundation
import TestSupport
import Testing

#if canImport(FoundationXML)
    import FoundationXML
#endif

@Suite("Figures as files")
struct FigureTests {
    /// Reads a document with a strict parser and lists its elements.
    static func elements(_ text: String) throws -> (names: [String], texts: [String]) {
        let collector = ElementCollector()
        let parser = XMLParser(data: Data(text.utf8))
        parser.delegate = collector
        guard parser.parse() else { throw parser.parserError ?? CocoaError(.fileReadCorruptFile) }
        return (collector.names, collector.texts)
    }

    @Test("SVG is well-formed, with real text, title and description", arguments: SampleFigures.all)
    func wellFormed(sample: SampleFigure) throws {
        let figure = sample.figure
        let text = figure.svg()
        let (names, texts) = try Self.elements(text)
        #expect(names.first == "svg")
        #expect(names.count { $0 == "text" } >= 5)
        #expect(names.count { $0 == "title" } == 1 && names.count { $0 == "desc" } == 1)
        #expect(figure.title.isEmpty || texts.contains(figure.title))
        for word in ["nan", "inf"] { #expect(!text.lowercased().contains("\(word),")) }
        #expect(text.utf8.count < 250_000)
        #expect(text == figure.svg(), "the same figure gives the same bytes")
    }

    @Test("the first row of a matrix is on top of names, and at the bottom of numbers")
    func rows() throws {
        var map = HeatMap(rowCount: 2, columnCount: 2, values: [9, 0, 0, 0])
        let names = Axis(scale: .categories(["one", "two"]))
        /// Where the only dark cell lies beside a light one.
        func place(_ map: HeatMap, _ x: Axis, _ y: Axis) throws -> (x: Double, y: Double) {
            let svg = Figure(panels: [Panel(x: x, y: y, marks: [.heatMap(map)])]).svg()
            let boxes = svg.matches(
                of:
                    /<rect x="([0-9.]+)" y="([0-9.]+)" width="[0-9.]+" height="[0-9.]+" fill="(#[0-9a-f]+)"/
            ).map { (x: Double($0.1) ?? 0, y: Double($0.2) ?? 0, fill: String($0.3)) }
            // Three of four cells have one color; the bar beside them begins further right.
            let cells = boxes.filter { $0.x < 600 }
            let single = try #require(
                cells.first { cell in cells.count { $0.fill == cell.fill } == 1 })
            let other = try #require(
                cells.first { $0.fill != single.fill && abs($0.y - single.y) > 1 })
            return (single.x - (cells.map(\.x).max() ?? 0), single.y - other.y)
        }
        let onNames = try place(map, names, names)
        #expect(onNames.x < 0 && onNames.y < 0)
        (map.xRange, map.yRange) = (0...10, 0...100)
        let onNumbers = try place(map, Axis(range: 0...10), Axis(range: 0...100))
        #expect(onNumbers.x < 0 && onNumbers.y > 0)
    }

    @Test("low panels have two numbers at least: one alone tells no scale")
    func lowPanels() throws {
        for height in stride(from: 200.0, through: 900, by: 50) {
            for top in [0.7, 1, 1.3, 1.9, 2.4, 4.6, 7.7, 9.9] {
                let panel = Panel(
                    y: Axis("emg"), marks: [.curve(Curve(x: [0, 1], y: [-top, top]))])
                let figure = Figure(
                    size: FigureSize(width: 400, height: height), sharesX: true,
                    panels: Array(repeating: panel, count: 6))
                let texts = try Self.elements(figure.svg()).texts
                #expect(texts.count { $0.hasPrefix("−") } >= 6, "\(height), \(top)")
            }
        }
    }

    @Test(
        "a low plot ends at round numbers where they leave little of it empty",
        arguments: zip(
            [0...38, 0...190, 0...0.74, -11...11], ["40", "200", "1.0", nil] as [String?]))
    func endsOfLowPlots(values: ClosedRange<Double>, end: String?) throws {
        let curve = Curve(x: [1_000, 1_001], y: [values.lowerBound, values.upperBound])
        let panel = Panel(y: Axis("emg"), marks: [.curve(curve)])
        let figure = Figure(
            size: FigureSize(width: 400, height: 420), sharesX: true,
            panels: Array(repeating: panel, count: 4))
        let beyond = try Self.elements(figure.svg()).texts.filter { text in
            guard let number = Double(text) else { return false }
            return number > values.upperBound && number < 1_000
        }
        #expect(Set(beyond) == Set([end].compactMap(\.self)))
    }

    @Test("the example of the documentation is the snippet that every build compiles")
    func snippet() throws {
        let document = try String(
            contentsOf: SharedMaterial.packageFolder.appending(path: "docs/figures.md"),
            encoding: .utf8)
        let snippet = try String(
            contentsOf: SharedMaterial.packageFolder.appending(path: "Snippets/Drawing.swift"),
            encoding: .utf8)
        let example = document.components(separatedBy: "```swift\n")[1]
            .components(separatedBy: "```")[0]
        #expect(snippet.hasSuffix("\n\n" + example))
    }

    @Test("several figures share a page: ids begin with what they are reported to")
    func identifiers() throws {
        let text = SampleFigures.recording.svg(identifier: "a <\"1")
        #expect(text.contains("id=\"a1-title\""))
        #expect(!text.contains("figure-"))
        _ = try Self.elements(text)
        #expect(SampleFigures.recording.svg(identifier: "1").contains("id=\"figure1-title\""))
    }

    @Test("PNG has its signature and two pixels a point", arguments: SampleFigures.all)
    func png(sample: SampleFigure) throws {
        let figure = sample.figure
        let bytes = [UInt8](try figure.png())
        #expect(Array(bytes.prefix(8)) == [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
        func number(at offset: Int) -> Int {
            bytes[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) }
        }
        #expect(number(at: 16) == Int(figure.size.width * 2))
        #expect(number(at: 20) == Int(figure.size.height * 2))
        #expect(bytes.count > 4_000, "it is not an empty picture")
    }

    @Test("PDF has its signature and is the same each time", arguments: SampleFigures.all)
    func pdf(sample: SampleFigure) throws {
        let figure = sample.figure
        let data = try figure.pdf()
        #expect(String(decoding: data.prefix(5), as: UTF8.self) == "%PDF-")
        #expect(try figure.pdf() == data)
        #expect(data.range(of: Data("CreationDate".utf8)) == nil)
    }

    @Test("the file's name says the format; others are refused and nothing is written")
    func formats() throws {
        let folder = try TemporaryFolder()
        let figure = SampleFigures.scores
        for name in ["a.svg", "b.PNG", "new/c.pdf"] {
            let url = folder.url.appending(path: name)
            try figure.write(to: url)
            try figure.write(to: url)
            #expect(FileManager.default.fileExists(atPath: url.path()))
        }
        #expect(
            try String(contentsOf: folder.url.appending(path: "a.svg"), encoding: .utf8)
                == figure.svg())
        for (name, found) in [("a.jpeg", "jpeg"), ("a", ""), ("a.\u{1B}[2J", "\u{1B}[2J")] {
            let error = #expect(throws: FigureError.self) {
                try figure.write(to: folder.url.appending(path: name))
            }
            #expect(error?.kind == .unknownFormat(found: found))
            #expect(error?.description.contains("\u{1B}") == false)
            #expect(error?.description.contains("hint: ") == true)
        }
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.url.path())
        #expect(names.sorted() == ["a.svg", "b.PNG", "new"])
    }

    @Test("a place that cannot be written is named")
    func unwritable() throws {
        let folder = try TemporaryFolder()
        let file = folder.url.appending(path: "file")
        try Data("x".utf8).write(to: file)
        let error = #expect(throws: FigureError.self) {
            try SampleFigures.scores.write(to: file.appending(path: "a.svg"))
        }
        #expect(error?.location.hasSuffix("file/a.svg") == true)
    }

    @Test("a picture of too many pixels is refused before there is memory for it")
    func tooLarge() throws {
        let figure = Figure(size: FigureSize(width: 14_400, height: 14_400), panels: [])
        for resolution in [4.0, 1.5, 1e300] {
            let error = #expect(throws: FigureError.self) {
                try figure.png(pixelsPerPoint: resolution)
            }
            guard case .tooLarge? = error?.kind else {
                Issue.record("\(String(describing: error))")
                return
            }
        }
    }
}

/// Notes the elements of a document and the text in each.
private final class ElementCollector: NSObject, XMLParserDelegate {
    var names: [String] = []
    var texts: [String] = []
    private var open: [Int] = []

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
        qualifiedName: String?, attributes: [String: String] = [:]
    ) {
        open.append(names.count)
        names.append(name)
        texts.append("")
    }

    func parser(
        _ parser: XMLParser, didEndElement name: String, namespaceURI: String?,
        qualifiedName: String?
    ) {
        open.removeLast()
    }

    func parser(_ parser: XMLParser, foundCharacters text: String) {
        if let element = open.last { texts[element] += text }
    }
}
