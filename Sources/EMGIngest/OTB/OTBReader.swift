package import Foundation
internal import PrintableText

/// Reads the archives of OTBioLab, OTB+ and OTB4: tar files with numbers and XML documents.
/// `docs/formats/otb.md` describes them.
package struct OTBReader: RecordingReader {
    /// `otb`.
    package let formatName = "otb"

    /// What it reads.
    package let summary = "OTB+ and OTB4 archives (.otb+, .otb4) of OT Bioelettronica"

    /// Archives are read by libarchive, their documents by expat.
    package let needsOwnProcess = true

    /// Creates a reader.
    package init() {}

    /// Whether a tar file begins with a member of such an archive.
    package func recognizes(content prefix: [UInt8]) -> Bool {
        guard prefix.count >= 512, Array(prefix[257..<262]) == Array("ustar".utf8) else {
            return false
        }
        let name = ForeignText.decode(prefix[..<100].prefix { $0 != 0 }).lowercased()
        let names = ["patient.xml", "deviceparameters.xml", "tracks_000.xml"]
        return name.hasSuffix(".sig") || name.contains("markers_")
            || names.contains { name.hasSuffix($0) }
    }

    /// Whether the name ends in `.otb+` or `.otb4`.
    package func recognizes(fileName: String) -> Bool {
        fileName.lowercased().hasSuffix(".otb+") || fileName.lowercased().hasSuffix(".otb4")
    }

    /// Opens an archive.
    package func open(
        _ url: URL, options: ReadOptions
    ) throws(IngestError) -> [any RecordingStream] {
        try OTB4Contents.isOne(url)
            ? OTB4Opening(url).streams(options.parts) : OTBOpening(url).streams(options.parts)
    }
}
