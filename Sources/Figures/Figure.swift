private import Files
public import Foundation
private import PrintableText

/// A drawing of panels: what is shown, not how.
///
/// Panels stand in rows of ``columns``, each with its axes; those of one column are flush. Colors,
/// ticks, legends and margins are chosen so that nothing overlaps, series are distinguished by
/// color-blind readers and on a gray print, and long signals keep their extremes. Sizes are in
/// points, 72 to an inch. The same figure gives the same bytes as SVG and PDF.
///
/// ```swift
/// let figure = Figure(
///     title: "Adaptation",
///     panels: [
///         Panel(
///             x: Axis("gradient steps"), y: Axis("accuracy", range: 0...1),
///             marks: [.curve(Curve("meta", x: [0, 1, 5], y: [0.4, 0.7, 0.9]))])
///     ])
/// try figure.write(to: URL(filePath: "adaptation.svg"))
/// ```
///
/// Whatever the numbers are, a figure can be drawn: what is not finite is left out, as is what is
/// not above zero on a logarithmic axis.
public struct Figure: Sendable, Hashable {
    /// What stands above the panels; empty for nothing.
    public var title: String
    /// A sentence for readers who cannot see the figure; made from the panels when empty.
    public var summary: String
    /// Width and height in points.
    public var size: FigureSize
    /// How many panels stand side by side, at least 1.
    public var columns: Int
    /// Whether the panels of a column have the numbers of the x axis in common: only the lowest
    /// one shows them, and all reach from the lowest to the highest value of any.
    public var sharesX: Bool
    /// The panels, row after row.
    public var panels: [Panel]

    /// Creates a figure.
    ///
    /// - Parameters:
    ///   - title: What stands above the panels.
    ///   - summary: A sentence for readers who cannot see the figure.
    ///   - size: Width and height in points.
    ///   - columns: How many panels stand side by side, at least 1.
    ///   - sharesX: Whether the panels of a column have the x axis in common.
    ///   - panels: The panels, row after row.
    public init(
        title: String = "", summary: String = "", size: FigureSize = .wide, columns: Int = 1,
        sharesX: Bool = false, panels: [Panel]
    ) {
        precondition(columns >= 1, "a figure has at least 1 column, got \(columns)")
        self.title = title
        self.summary = summary
        self.size = size
        self.columns = columns
        self.sharesX = sharesX
        self.panels = panels
    }

    /// The figure as an SVG document.
    ///
    /// - Parameter identifier: What the ids inside begin with, for several figures in one page:
    ///   letters, digits, `-` and `_`; anything else is left out.
    /// - Returns: The document: text stays text, and title and description are for screen readers.
    public func svg(identifier: String = "figure") -> String {
        SVGWriter(identifier: identifier).document(scene)
    }

    /// The figure as pixels.
    ///
    /// - Parameter pixelsPerPoint: Above 0; 2 are 144 to an inch.
    /// - Returns: A PNG file.
    /// - Throws: ``FigureError`` when the picture is too large to be drawn.
    public func png(pixelsPerPoint: Double = 2) throws(FigureError) -> Data {
        precondition(
            pixelsPerPoint.isFinite && pixelsPerPoint > 0,
            "pixels per point are above 0, got \(pixelsPerPoint)")
        return try CairoDrawing.png(scene, pixelsPerPoint: pixelsPerPoint)
    }

    /// The figure as a page of its size.
    ///
    /// - Returns: A PDF file.
    /// - Throws: ``FigureError`` when it cannot be drawn.
    public func pdf() throws(FigureError) -> Data { try CairoDrawing.pdf(scene) }

    /// Writes the figure in the format that the file's name ends in, whole or not at all.
    ///
    /// - Parameter url: A file ending in `.svg`, `.png` or `.pdf`. Its folder is made when it is
    ///   missing, a file that is there is replaced.
    /// - Throws: ``FigureError`` that names the file.
    public func write(to url: URL) throws(FigureError) {
        let path = url.path(percentEncoded: false)
        let data: Data
        do throws(FigureError) {
            switch try FigureFormat(pathExtension: url.pathExtension) {
            case .svg: data = Data(svg().utf8)
            case .png: data = try png()
            case .pdf: data = try pdf()
            }
        } catch {
            throw FigureError(error.kind, location: path, hint: error.hint)
        }
        do throws(FilesError) {
            try AtomicFile.write(Array(data), to: url)
        } catch {
            throw FigureError(error.at(path))
        }
    }

    /// What is drawn.
    var scene: Scene { FigureLayout(self).scene() }
}
