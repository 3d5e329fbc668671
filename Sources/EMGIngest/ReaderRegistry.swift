public import Foundation

/// The formats that can be read. A file's reader is found by its content first, by its name
/// second; ``ReadOptions/format`` overrides both.
public struct ReaderRegistry: Sendable {
    /// How many bytes of a file are shown to readers.
    public static let prefixLength = 4_096

    /// The readers, in the order in which they are asked.
    public let readers: [any RecordingReader]

    /// Every reader of this package.
    public static let standard = ReaderRegistry(
        readers: [
            ROAMReader(), EDFReader(.edf), EDFReader(.bdf), WFDBReader(), NumpyReader(),
            MyoReader(),
            // HDF5 files are looked into by the layouts that are sure of theirs, and fall to the
            // last, which takes any.
            RecordingFileReader(), EMG2QwertyReader(), EMG2PoseReader(), NeuromotorReader(),
            NWBReader(), MATLABReader(), HDF5Reader(), OTBReader(),
        ]
            + SourceTemplate.shipped.compactMap(\.reader))

    /// Every reader of this package, behind the one that a template describes.
    ///
    /// - Parameter template: How sources without a format of their own are laid out.
    /// - Returns: The registry.
    public static func standard(with template: SourceTemplate?) -> ReaderRegistry {
        guard let reader = template?.reader else { return standard }
        return ReaderRegistry(
            readers: [reader] + standard.readers.filter { $0.formatName != reader.formatName })
    }

    /// Creates a registry.
    ///
    /// - Parameter readers: Readers with different names, in the order in which they are asked.
    public init(readers: [any RecordingReader]) {
        let names = readers.map(\.formatName)
        precondition(Set(names).count == names.count, "two readers share a name: \(names)")
        self.readers = readers
    }

    /// The reader for a file.
    ///
    /// - Parameters:
    ///   - url: The file.
    ///   - options: ``ReadOptions/format`` names a reader outright.
    /// - Returns: The reader.
    /// - Throws: ``IngestError`` when the file cannot be read or no reader knows it.
    public func reader(
        for url: URL, options: ReadOptions = ReadOptions()
    ) throws(IngestError) -> any RecordingReader {
        let location = SourceLocation(file: url.relativePath)
        let known = readers.map(\.formatName).joined(separator: ", ")
        if let format = options.format {
            if let reader = readers.first(where: { $0.formatName == format }) { return reader }
            throw IngestError(
                .wrongFormat(expected: "one of the formats \(known)", found: "\"\(format)\""),
                at: location)
        }
        if let entries = Self.entries(ofFolder: url) {
            if let reader = readers.first(where: { $0.recognizes(folder: url, entries: entries) }) {
                return reader
            }
            throw IngestError(
                .unreadable(reason: "it is not a regular file"), at: location,
                hint: "a folder is searched, not read; a pipe or device cannot be read")
        }
        let prefix = try SourceFileReader.prefix(of: url, count: Self.prefixLength)
        if let reader = readers.first(where: { $0.recognizes(url, content: prefix) }) {
            return reader
        }
        let name = url.lastPathComponent
        if let reader = readers.first(where: { $0.recognizes(fileName: name) }) { return reader }
        let kind = ContentKind(prefix: prefix)
        throw IngestError(
            .wrongFormat(expected: "a recording (\(known))", found: kind.description),
            at: location, hint: kind.hint)
    }

    /// Reads a recording in whatever format it is.
    ///
    /// - Parameters:
    ///   - url: The file.
    ///   - options: What the caller knows.
    /// - Returns: The recording and its warnings.
    /// - Throws: ``IngestError`` when the file is not a recording or is damaged.
    public func read(
        _ url: URL, options: ReadOptions = ReadOptions()
    ) throws(IngestError) -> IngestOutcome {
        try reader(for: url, options: options).read(url, options: options)
    }

    /// The reader that takes a folder as one recording.
    ///
    /// - Parameters:
    ///   - url: The folder.
    ///   - entries: The names in it.
    ///   - options: ``ReadOptions/format`` allows one reader only.
    /// - Returns: The reader; `nil` when the folder is to be searched.
    package func reader(
        forFolder url: URL, entries: [String], options: ReadOptions
    ) -> (any RecordingReader)? {
        readers.first { reader in
            options.format.map { $0 == reader.formatName } ?? true
                && reader.recognizes(folder: url, entries: entries)
        }
    }

    /// The names in a folder, hidden ones left out; `nil` for anything else.
    private static func entries(ofFolder url: URL) -> [String]? {
        let path = url.resolvingSymlinksInPath().path(percentEncoded: false)
        var isFolder: ObjCBool = false
        guard unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isFolder),
            isFolder.boolValue
        else { return nil }
        // A folder that cannot be listed is refused when it is searched.
        let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
        return names.filter { !$0.hasPrefix(".") }
    }
}
