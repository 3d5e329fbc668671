public import Foundation

/// Reads records of WFDB, the format of PhysioNet: a header `.hea`, signal files and annotations.
/// `docs/formats/wfdb.md` describes what is read.
public struct WFDBReader: RecordingReader {
    /// `wfdb`.
    public let formatName = "wfdb"

    /// What it reads.
    public let summary = "WFDB records of PhysioNet: headers (.hea) with their signals"

    /// Creates a reader.
    public init() {}

    /// Whether the first lines are those of a header.
    public func recognizes(content prefix: [UInt8]) -> Bool {
        WFDBSignature.isHeader(prefix)
    }

    /// Whether the name ends in `.hea`.
    public func recognizes(fileName: String) -> Bool {
        fileName.lowercased().hasSuffix(".hea")
    }

    /// The header, those of its segments, the signal files, and the annotations.
    public func files(of url: URL, options: ReadOptions) throws(IngestError) -> [URL] {
        let files = try WFDBRecord.read(url).files
        return files + [try WFDBAnnotators(of: url, files: files).url].compactMap(\.self)
    }

    /// What the names of known collections tell; elsewhere the file's place.
    public func identity(
        of url: URL, options: ReadOptions
    ) throws(IngestError) -> SourceIdentity {
        try WFDBIdentity.identity(of: url, override: options.identity)
    }

    /// Opens a record.
    public func open(
        _ url: URL, options: ReadOptions
    ) throws(IngestError) -> [any RecordingStream] {
        try WFDBOpening(url, options: options).streams()
    }
}

/// Whether text is certainly a header.
enum WFDBSignature {
    static func isHeader(_ prefix: [UInt8]) -> Bool {
        guard !prefix.contains(0) else { return false }
        var lines = WFDBLines(prefix)
        guard let record = lines.next(), let first = lines.next() else { return false }
        let fields = record.text.split { $0 == " " || $0 == "\t" }
        guard (2...6).contains(fields.count), let count = Int(fields[1]), count > 0 else {
            return false
        }
        let parts = first.text.split { $0 == " " || $0 == "\t" }
        guard parts.count >= 2 else { return false }
        let names = fields[0].split(separator: "/", omittingEmptySubsequences: false)
        if names.count == 2 {
            return Int(names[1]) != nil && parts.count == 2 && Int(parts[1]) != nil
        }
        // A table of numbers has no names in it.
        guard names.count == 1, parts[0] == "~" || parts[0].contains(where: \.isLetter) else {
            return false
        }
        let format = parts[1].prefix { $0.isASCII && $0.isNumber }
        let next = parts[1].dropFirst(format.count).first
        return [8, 16, 24, 32, 61, 80, 160, 212, 310, 311, 508, 516, 524].contains(Int(format))
            && (next.map { "x:+".contains($0) } ?? true)
    }
}
