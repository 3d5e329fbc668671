/// The file formats that figures are written in.
public enum FigureFormat: String, Sendable, Hashable, CaseIterable {
    /// Scalable, with real text: for the web and for further work.
    case svg
    /// Pixels.
    case png
    /// Scalable: for print.
    case pdf

    /// The format that a file's name asks for.
    ///
    /// - Parameter pathExtension: What stands behind the last dot, in any case.
    /// - Throws: ``FigureError`` for any other extension.
    public init(pathExtension: String) throws(FigureError) {
        guard let format = FigureFormat(rawValue: pathExtension.lowercased()) else {
            throw FigureError(
                .unknownFormat(found: pathExtension),
                hint: "choose .svg for the web, .png for slides or .pdf for print")
        }
        self = format
    }
}
