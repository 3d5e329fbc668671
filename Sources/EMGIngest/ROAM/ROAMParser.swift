internal import Foundation

/// Reads a ROAM table from a file in pieces: memory stays near that of the arrays it fills.
enum ROAMParser {
    /// Reads the header line only.
    static func columns(of url: URL) throws(IngestError) -> ROAMColumns {
        var source = try BufferedSource.open(url)
        return try header(&source, file: url.relativePath).columns
    }

    /// Reads the whole table.
    static func table(of url: URL, options: ReadOptions) throws(IngestError) -> ROAMTable {
        let file = url.relativePath
        var source = try BufferedSource.open(url)
        let header = try header(&source, file: file)
        var rows = ROAMRows(
            header.columns, line: header.nextLine, missing: options.missing, file: file)
        var used = header.end
        var hasReserved = false
        while true {
            rows.takePlainRows(source.bytes.span, used: &used)
            if used < source.end {
                let isTaken = try rows.takeRow(
                    source.bytes.span, to: source.end, isFinal: source.isFinal, used: &used)
                if isTaken { continue }
            } else if source.isFinal {
                break
            }
            if !hasReserved, rows.count > 0 {
                rows.reserve(fileLength: source.byteCount, used: used)
                hasReserved = true
            }
            try source.advance(used: used)
            used = 0
        }
        return try rows.finish(sha256: source.finish())
    }

    private struct Header {
        let columns: ROAMColumns
        /// The first byte behind it.
        let end: Int
        /// The line behind it.
        let nextLine: Int
    }

    private static func header(
        _ source: inout BufferedSource, file: String
    ) throws(IngestError) -> Header {
        let prefix = Array(source.bytes.dropLast().prefix(ReaderRegistry.prefixLength))
        var used = 0
        switch ContentKind(prefix: prefix) {
        case .empty:
            throw IngestError(
                .noSamples(found: "the file is empty"), at: SourceLocation(file: file))
        case .other(let name, let hint):
            throw IngestError(
                .wrongFormat(expected: "a comma-separated table", found: name),
                at: SourceLocation(file: file), hint: hint)
        case .textWithMark: used = 3
        case .text: break
        }
        var record = CSVRecord()
        var line = 1
        while true {
            guard used < source.end || !source.isFinal else {
                throw IngestError(
                    .noSamples(found: "the file has only blank lines"),
                    at: SourceLocation(file: file))
            }
            let isWhole = try record.read(
                source.bytes.span, from: used, to: source.end, isFinal: source.isFinal,
                line: line, file: file)
            guard isWhole else {
                try source.advance(used: used)
                used = 0
                continue
            }
            used = record.end
            if !record.isBlank(source.bytes.span) {
                let names = record.fields.indices.map { record.text($0, in: source.bytes.span) }
                let columns = try ROAMColumns(
                    header: names, at: SourceLocation(file: file, line: line))
                return Header(columns: columns, end: used, nextLine: line + record.lines)
            }
            line += record.lines
        }
    }
}
