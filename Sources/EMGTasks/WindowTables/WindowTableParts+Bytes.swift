import EMGArchive
import ErrorReports
import Files
import Foundation
import HDF5
import NPY

// Texts and arrays of parts stand behind each other: their bytes are copied.

extension WindowTableParts {
    /// Writes the table of texts.
    func joinTexts(_ head: WindowTableHead) throws(ArchiveError) {
        let line = CSVWindowFile(head).firstLine
        try SequentialFile.write(to: table) { (file) throws(ArchiveError) in
            try file.append(line)
            for part in parts {
                let url = part.file(of: table)
                guard try Self.prefix(of: url, line.count) == line else {
                    throw Self.mismatch(url, "the titles of the table")
                }
                try Self.copy(url, from: line.count, to: &file)
            }
        }
    }

    /// Writes the arrays, and what explains them last.
    func joinArrays(_ head: WindowTableHead) throws(ArchiveError) {
        let files = NumpyWindowFiles(head)
        let index = files.indexURL(of: table)
        try joinArrays(to: index, .int64, [3]) { files.indexURL(of: $0) }
        if index != table { try joinArrays(to: table, files.valueType, head.rowShape) { $0 } }
        try files.writeSidecar(of: table)
    }

    private func joinArrays(
        to target: URL, _ type: NPYType, _ rowShape: [Int], of place: (URL) -> URL
    ) throws(ArchiveError) {
        let total = parts.reduce(0) { $0 + $1.head.windowCount }
        try SequentialFile.write(to: target) { (file) throws(ArchiveError) in
            try file.append(NPYHeader.bytes(of: type, shape: [total] + rowShape))
            for part in parts {
                let url = place(part.file(of: table))
                let expected = NPYHeader.bytes(
                    of: type, shape: [part.head.windowCount] + rowShape)
                let width = rowShape.reduce(type.byteCount, *)
                guard try Self.prefix(of: url, expected.count) == expected,
                    try Self.size(of: url) == expected.count + part.head.windowCount * width
                else { throw Self.mismatch(url, "\(part.head.windowCount) rows") }
                try Self.copy(url, from: expected.count, to: &file)
            }
        }
    }

    // MARK: - Bytes

    private static func size(of url: URL) throws(ArchiveError) -> Int {
        try reading(url) { file in Int(try file.seekToEnd()) }
    }

    private static func prefix(of url: URL, _ count: Int) throws(ArchiveError) -> [UInt8] {
        try reading(url) { file in Array(try file.read(upToCount: count) ?? Data()) }
    }

    private static func copy(
        _ url: URL, from start: Int, to target: inout SequentialFile<ArchiveError>
    ) throws(ArchiveError) {
        var place = start
        while true {
            let offset = UInt64(place)
            let piece = try reading(url) { file in
                try file.seek(toOffset: offset)
                return try file.read(upToCount: 8 << 20) ?? Data()
            }
            guard !piece.isEmpty else { return }
            try target.append(piece)
            place += piece.count
        }
    }

    private static func reading<Result>(
        _ url: URL, _ body: (FileHandle) throws -> Result
    ) throws(ArchiveError) -> Result {
        do {
            let file = try FileHandle(forReadingFrom: url)
            defer { file.closeFile() }
            return try body(file)
        } catch {
            throw ArchiveError("reading", error, .reading, at: url, hint: FilesError.readingHint)
        }
    }

    private static func mismatch(_ url: URL, _ expected: String) -> ArchiveError {
        ArchiveError(
            .invalid(expected: expected, found: "something else"),
            at: Place(file: url.path(percentEncoded: false)), hint: "do this shard again")
    }
}
