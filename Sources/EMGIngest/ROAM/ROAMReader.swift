public import Foundation

/// Reads the comma-separated tables of the ROAM laboratory's intent-decoding work and their
/// relatives; `docs/formats/roam-csv.md` describes them.
public struct ROAMReader: RecordingReader {
    /// `roam-csv`.
    public let formatName = "roam-csv"

    /// What it reads.
    public let summary = "comma-separated tables with columns gt and emg0, emg1, …"

    /// What the values of the column `gt` mean.
    public static let classNames = ["relax", "open", "close"]

    /// Creates a reader.
    public init() {}

    /// Whether the first line has a column `gt` and a column `emg0` or `emg_0`.
    public func recognizes(content prefix: [UInt8]) -> Bool {
        var start = 0
        switch ContentKind(prefix: prefix) {
        case .empty, .other: return false
        case .textWithMark: start = 3
        case .text: break
        }
        while start < prefix.count, prefix[start] == 0x0A || prefix[start] == 0x0D { start += 1 }
        guard start < prefix.count else { return false }
        var fields: [CSVTokenizer.Field] = []
        do throws(CSVTokenizer.Fault) {
            let step = try CSVTokenizer.split(
                prefix.span, from: start, to: prefix.count, isFinal: true, fields: &fields)
            guard case .record = step else { return false }
        } catch {
            return false
        }
        return ROAMColumns.isHeader(
            fields.map { field in
                String(
                    decoding: CSVTokenizer.content(of: field, in: prefix.span), as: UTF8.self)
            })
    }

    /// Whether the name ends in `.csv`.
    public func recognizes(fileName: String) -> Bool {
        fileName.lowercased().hasSuffix(".csv")
    }

    /// Opens a table.
    public func open(
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
