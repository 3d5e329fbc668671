internal import EMGSignal
private import Files
package import Foundation

/// Reads what the Myo armband's recorder of the MyoArmbandDataset wrote: files without a header,
/// 16-bit little-endian numbers of eight channels, 200 samples a second; `docs/formats/myo-dat.md`
/// says more. A folder of `classe_<n>.dat` is one recording of 7 gestures in cycles.
package struct MyoReader: RecordingReader {
    /// `myo-dat`.
    package let formatName = "myo-dat"
    /// What it reads.
    package let summary = "Myo armband folders of classe_<n>.dat, 16-bit, 8 channels at 200 Hz"

    /// The gestures: class *n* of file `classe_<i>.dat` is `i % 7`.
    package static let classNames = [
        "neutral", "radial_deviation", "wrist_flexion", "ulnar_deviation", "wrist_extension",
        "hand_close", "hand_open",
    ]

    static let channelCount = 8
    static let bytesPerSample = 2 * channelCount

    /// Creates a reader.
    package init() {}

    /// Whether the name is `classe_<n>.dat`.
    package func recognizes(fileName: String) -> Bool { Self.number(of: fileName) != nil }

    /// Whether there are files `classe_<n>.dat`.
    package func recognizes(folder url: URL, entries: [String]) -> Bool {
        entries.contains { Self.number(of: $0) != nil }
    }

    /// The pieces of a folder, by number.
    package func files(of url: URL, options: ReadOptions) throws(IngestError) -> [URL] {
        guard Folder.exists(at: url) else { return [url] }
        let names = try IngestError.wrapping { () throws(FilesError) in
            try Folder.names(in: url)
        }
        let pieces = names.filter { Self.number(of: $0) != nil }.sorted {
            (Self.number(of: $0) ?? 0, $0) < (Self.number(of: $1) ?? 0, $1)
        }
        guard !pieces.isEmpty else {
            throw IngestError(
                .noSamples(found: "no file classe_<n>.dat"),
                at: SourceLocation(file: url.relativePath))
        }
        return pieces.map { url.appending(path: $0) }
    }

    /// `<patient>/<session>/classe_<n>.dat`.
    package func identity(
        of url: URL, options: ReadOptions
    ) throws(IngestError) -> SourceIdentity {
        let files = try self.files(of: url, options: options)
        guard Self.number(of: files[0].lastPathComponent) != nil else {
            return try SourceIdentity(of: url, override: options.identity)
        }
        let folder = files[0].absoluteURL.standardizedFileURL.deletingLastPathComponent()
        var stated = options.identity
        stated.session = stated.session ?? folder.lastPathComponent
        stated.patient = stated.patient ?? folder.deletingLastPathComponent().lastPathComponent
        stated.condition =
            stated.condition
            ?? (files[0] == url
                ? url.deletingPathExtension().lastPathComponent : "gestures")
        return try SourceIdentity(of: url, override: stated)
    }

    /// Opens a file, or the pieces of a folder.
    package func open(
        _ url: URL, options: ReadOptions
    ) throws(IngestError) -> [any RecordingStream] {
        [try MyoStream(files(of: url, options: options), options: options)]
    }

    /// The number in `classe_<n>.dat`; `nil` for other names.
    static func number(of name: String) -> Int? {
        let name = name.lowercased()
        guard name.hasPrefix("classe_"), name.hasSuffix(".dat") else { return nil }
        let digits = name.dropFirst("classe_".count).dropLast(".dat".count)
        guard !digits.isEmpty, digits.count <= 6, digits.allSatisfy(\.isASCII) else { return nil }
        return Int(digits)
    }
}
