internal import CSV
package import Foundation
internal import PrintableText

/// Reads the comma-separated tables of the ROAM laboratory's intent-decoding work and their
/// relatives; `docs/formats/roam-csv.md` describes them.
package struct ROAMReader: RecordingReader {
    /// `roam-csv`.
    package let formatName = "roam-csv"

    /// What it reads.
    package let summary = "comma-separated tables with columns gt and emg0, emg1, …"

    /// Creates a reader.
    package init() {}

    /// Whether the first line has a column `gt` and a column `emg0` or `emg_0`.
    package func recognizes(content prefix: [UInt8]) -> Bool {
        guard let bytes = ContentKind.text(prefix),
            let start = bytes.firstIndex(where: { $0 != 0x0A && $0 != 0x0D })
        else { return false }
        var fields: [CSVTokenizer.Field] = []
        do throws(CSVTokenizer.Fault) {
            let step = try CSVTokenizer.split(
                bytes.span, from: start, to: bytes.count, isFinal: true, fields: &fields)
            guard case .record = step else { return false }
        } catch {
            return false
        }
        return ROAMColumns.isHeader(
            fields.map { ForeignText.decode(CSVTokenizer.content(of: $0, in: bytes.span)) })
    }

    /// Whether the name ends in `.csv`.
    package func recognizes(fileName: String) -> Bool {
        fileName.lowercased().hasSuffix(".csv")
    }

    /// Opens a table.
    package func open(
        _ url: URL, options: ReadOptions
    ) throws(IngestError) -> [any RecordingStream] {
        [try ROAMStream(url, options: options)]
    }

    /// Opens a table without taking the digest of its bytes.
    package func openUndigested(
        _ url: URL, options: ReadOptions
    ) throws(IngestError) -> any RecordingStream {
        try ROAMStream(url, options: options, isDigesting: false)
    }
}
