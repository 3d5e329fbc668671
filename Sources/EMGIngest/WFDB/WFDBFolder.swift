private import Files
internal import Foundation

/// The folder of a header, in which everything else of its record lies.
struct WFDBFolder: Sendable, Hashable {
    private let url: URL
    private let header: String

    /// The folder of a header.
    init(of header: URL) {
        url = header.deletingLastPathComponent()
        self.header = header.relativePath
    }

    /// A file that a header names.
    ///
    /// - Parameters:
    ///   - name: The name in the header.
    ///   - line: The line in the header.
    ///   - title: Which line that is.
    /// - Returns: The file in the header's folder, whether it is there or not.
    /// - Throws: ``IngestError`` for a name that leads out of the folder.
    func file(_ name: String, line: Int, title: String) throws(IngestError) -> URL {
        let isPlain =
            !name.isEmpty && !name.hasPrefix(".") && name != "-" && name.utf8.count <= 255
            && name.unicodeScalars.allSatisfy {
                $0.value >= 0x20 && $0.value != 0x7F && !"/\\:".unicodeScalars.contains($0)
            }
        guard isPlain else {
            throw IngestError(
                .malformed(expected: "the name of a file beside the header", found: "\"\(name)\""),
                at: SourceLocation(file: header, line: line, field: "file name", object: title),
                hint: "a header may only name files in its own folder")
        }
        return url.appending(path: name, directoryHint: .notDirectory)
    }

    /// The files in the folder whose names begin with a record's, in order.
    ///
    /// - Throws: ``IngestError`` when the folder cannot be listed: the record may have labels.
    func files(ofRecord stem: String) throws(IngestError) -> [URL] {
        let names = try IngestError.wrapping { () throws(FilesError) in
            try Folder.names(in: url)
        }
        return names.filter { $0.hasPrefix("\(stem).") }.sorted()
            .map { url.appending(path: $0, directoryHint: .notDirectory) }
    }
}
