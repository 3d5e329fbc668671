internal import CSV
internal import Foundation

/// The header line of a ROAM table.
struct ROAMHeader {
    /// The columns.
    let columns: ROAMColumns
    /// The first byte behind it.
    let end: Int
    /// The line behind it.
    let nextLine: Int

    /// Reads the first line that is not blank.
    init(_ source: inout BufferedSource, file: String) throws(IngestError) {
        let prefix = Array(source.bytes.dropLast().prefix(ReaderRegistry.prefixLength))
        switch ContentKind(prefix: prefix) {
        case .empty:
            throw IngestError(
                .noSamples(found: "the file is empty"), at: SourceLocation(file: file))
        case .other(let name, let hint):
            throw IngestError(
                .wrongFormat(expected: "a comma-separated table", found: name),
                at: SourceLocation(file: file), hint: hint)
        case .text, .textWithMark: break
        }
        var used = 0
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
                self.columns = columns
                end = used
                nextLine = line + record.lines
                return
            }
            line += record.lines
        }
    }
}
