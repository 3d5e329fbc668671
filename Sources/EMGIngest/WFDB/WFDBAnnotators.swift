internal import Foundation

/// Which annotation file goes with a record.
///
/// `RECORD.atr`, the reference annotations, when there is one. Otherwise the one file
/// `RECORD.NAME`, NAME of letters, that is none of the record's own and is an annotation file from
/// its first byte to its last. When there are several of these, nobody can tell which one has the
/// labels: none is read, and a warning names them.
struct WFDBAnnotators: Sendable, Hashable {
    /// Where the file lies.
    let url: URL?
    /// What was left out.
    let warnings: [IngestWarning]

    /// Names that other files of a record have.
    private static let others: Set<String> = [
        "hea", "dat", "txt", "csv", "tsv", "json", "xml", "edf", "bdf", "mat", "zip", "gz", "pdf",
        "png", "svg", "md", "xws", "rec", "bin", "npy", "h", "flac",
    ]

    /// Looks for the file of a record.
    ///
    /// - Parameters:
    ///   - header: The record's header.
    ///   - files: The files that the header names.
    /// - Throws: ``IngestError`` when the folder or a file that may be it cannot be read.
    init(of header: URL, files: [URL]) throws(IngestError) {
        let stem = header.deletingPathExtension().lastPathComponent
        let own = Set(files.map(\.lastPathComponent))
        let candidates = try WFDBFolder(of: header).files(ofRecord: stem).filter { file in
            let name = String(file.lastPathComponent.dropFirst(stem.count + 1))
            return !own.contains(file.lastPathComponent)
                && (1...16).contains(name.utf8.count)
                && name.allSatisfy { $0.isASCII && $0.isLetter }
                && !Self.others.contains(name.lowercased())
                && SourceFileReader.isRegular(file.resolvingSymlinksInPath())
        }
        if let reference = candidates.first(where: { $0.pathExtension == "atr" }) {
            url = reference
            warnings = []
            return
        }
        var found: [URL] = []
        for file in candidates where try WFDBAnnotationFile.isOne(file) { found.append(file) }
        url = found.count == 1 ? found[0] : nil
        let names = found.map(\.lastPathComponent).joined(separator: ", ")
        warnings =
            found.count <= 1
            ? []
            : [
                IngestWarning(
                    .events, at: SourceLocation(file: header.relativePath), count: found.count,
                    message: "none of the annotation files \(names) was read: name the one with "
                        + "the labels \(stem).atr")
            ]
    }
}
