private import Files
public import Foundation

/// The formats that can be read. A file's reader is found by its content first, by its name
/// second; ``ReadOptions/format`` overrides both.
public struct ReaderRegistry: Sendable {
    /// How many bytes of a file are shown to readers.
    package static let prefixLength = 4_096

    /// The readers, in the order in which they are asked.
    package let readers: [any RecordingReader]

    /// Creates a registry.
    ///
    /// - Parameter readers: Readers with different names, in the order in which they are asked.
    public init(readers: [any RecordingReader]) {
        let names = readers.map(\.formatName)
        precondition(Set(names).count == names.count, "two readers share a name: \(names)")
        self.readers = readers
    }

    /// The registry with readers of a package outside, which are asked before the others.
    ///
    /// - Parameter readers: Readers of other names than those that are there.
    /// - Returns: The registry.
    public func adding(_ readers: any RecordingReader...) -> ReaderRegistry {
        ReaderRegistry(readers: readers + self.readers)
    }

    /// The reader for a file.
    ///
    /// A format that the options name is the answer outright. Their template comes before all
    /// readers, for every file that it fits.
    ///
    /// - Parameters:
    ///   - url: The file.
    ///   - options: ``ReadOptions/format`` and ``ReadOptions/template`` say what is looked for.
    /// - Returns: The reader.
    /// - Throws: ``IngestError`` when the file cannot be read or no reader knows it.
    package func reader(
        for url: URL, options: ReadOptions = ReadOptions()
    ) throws(IngestError) -> any RecordingReader {
        if options.format != nil, let asked = try asked(by: options) { return asked }
        return try find(url, options: options).reader
    }

    /// A reader, and how it was found.
    struct Finding {
        let reader: any RecordingReader
        /// Whether the file's content or the caller's template reported, not its name alone.
        let isCertain: Bool
    }

    /// The reader that knows a file; a named format is asked whether it does, too.
    func find(_ url: URL, options: ReadOptions) throws(IngestError) -> Finding {
        let asked = try asked(by: options)
        let location = SourceLocation(file: url.relativePath)
        let readers = options.format == nil ? all(with: asked) : [asked].compactMap { $0 }
        if let entries = try Self.entries(ofFolder: url) {
            if let reader = readers.first(where: { $0.recognizes(folder: url, entries: entries) }) {
                return Finding(reader: reader, isCertain: true)
            }
            throw IngestError(
                .unreadable(reason: "it is not a regular file"), at: location,
                hint: "a folder is searched, not read; a pipe or device cannot be read")
        }
        let prefix = try SourceFileReader.prefix(of: url, count: Self.prefixLength)
        if let reader = readers.first(where: { $0.recognizes(url, content: prefix) }) {
            return Finding(reader: reader, isCertain: true)
        }
        let name = url.lastPathComponent
        if let reader = readers.first(where: { $0.recognizes(fileName: name) }) {
            return Finding(reader: reader, isCertain: false)
        }
        let kind = ContentKind(prefix: prefix)
        throw IngestError(
            .wrongFormat(
                expected: "a recording (\(names(readers)))", found: kind.description),
            at: location, hint: Self.hint(for: kind))
    }

    /// The reader of the format or template that the caller names; `nil` when none is named.
    ///
    /// - Throws: ``IngestError`` when there is no such format, or a template describes another.
    func asked(by options: ReadOptions) throws(IngestError) -> (any RecordingReader)? {
        let ofTemplate = options.template?.reader
        guard let format = options.format else { return ofTemplate }
        let known = all(with: ofTemplate)
        let named =
            format == options.template?.name
            ? ofTemplate : known.first { $0.formatName == format }
        guard let named else {
            throw IngestError(
                .wrongFormat(
                    expected: "one of the formats \(names(known, options.template?.name))",
                    found: "\"\(format)\""),
                at: SourceLocation(file: "--format"), hint: "myotask formats lists them")
        }
        if let ofTemplate, ofTemplate.formatName != named.formatName {
            throw IngestError(
                .invalidDescription(
                    reason: "--format names \(format), the template describes "
                        + "\(ofTemplate.formatName)"),
                at: SourceLocation(file: "--format"), hint: "leave one of the two out")
        }
        return named
    }

    /// The reader of a source that a search found.
    ///
    /// - Parameters:
    ///   - name: The format's name.
    ///   - options: What the search was given.
    /// - Returns: The reader; `nil` when there is none of that name.
    package func reader(named name: String, options: ReadOptions) -> (any RecordingReader)? {
        all(with: options.template?.reader).first { $0.formatName == name }
    }

    /// All readers, the one of the caller's template first.
    private func all(with asked: (any RecordingReader)?) -> [any RecordingReader] {
        guard let asked else { return readers }
        return [asked] + readers.filter { $0.formatName != asked.formatName }
    }

    private func names(_ readers: [any RecordingReader], _ more: String? = nil) -> String {
        var names = readers.map(\.formatName)
        if let more, !names.contains(more) { names.insert(more, at: 0) }
        return names.joined(separator: ", ")
    }

    /// What helps against a file that nobody knows.
    private static func hint(for kind: ContentKind) -> String {
        switch kind {
        case .other(_, let hint) where !hint.isEmpty: hint
        case .text, .textWithMark:
            "describe its columns in a template and give that with --template FILE.yaml "
                + "(docs/formats/templates.md), or name the format (--format)"
        case .empty, .other: "name the format (--format) if the file has an unusual name"
        }
    }

    /// Whether finding out about a file may hand it to a native library: known by its first bytes
    /// and its name alone.
    ///
    /// - Parameters:
    ///   - url: The file.
    ///   - isNamed: Whether the user named the file, so that a named format is tried on anything.
    ///   - options: What the caller knows.
    /// - Returns: Whether a reader that ``RecordingReader/needsOwnProcess`` may look into it.
    /// - Throws: ``IngestError`` when it cannot be read.
    package func needsOwnProcess(
        _ url: URL, isNamed: Bool, options: ReadOptions
    ) throws(IngestError) -> Bool {
        let asked = try asked(by: options)
        if options.format != nil {
            guard asked?.needsOwnProcess == true else { return false }
            if isNamed { return true }
        }
        let native = all(with: asked).filter(\.needsOwnProcess)
        let name = url.lastPathComponent
        if native.contains(where: { $0.recognizes(fileName: name) }) { return true }
        let prefix = try SourceFileReader.prefix(of: url, count: Self.prefixLength)
        return native.contains { $0.recognizes(content: prefix) }
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
    /// A folder whose files the caller's template fits one by one is searched: it is no recording
    /// of another format.
    ///
    /// - Parameters:
    ///   - url: The folder.
    ///   - entries: The names in it.
    ///   - options: A format or a template that the caller names comes before all others.
    /// - Returns: The reader; `nil` when the folder is to be searched.
    /// - Throws: ``IngestError`` when there is no format of the name the caller gives.
    func reader(
        forFolder url: URL, entries: [String], options: ReadOptions
    ) throws(IngestError) -> (any RecordingReader)? {
        let asked = try asked(by: options)
        if let asked, asked.recognizes(folder: url, entries: entries) { return asked }
        guard options.format == nil else { return nil }
        let taking = readers.first { $0.recognizes(folder: url, entries: entries) }
        guard let asked, taking != nil else { return taking }
        let isForFiles = entries.contains { name in
            let file = url.appending(path: name)
            // One that cannot be read speaks neither for nor against; reading it tells why.
            guard SourceFileReader.isRegular(file.resolvingSymlinksInPath()),
                let prefix = try? SourceFileReader.prefix(of: file, count: Self.prefixLength)
            else { return false }
            return asked.recognizes(file, content: prefix)
        }
        return isForFiles ? nil : taking
    }

    /// The names in a folder, hidden ones left out; `nil` for anything else.
    private static func entries(ofFolder url: URL) throws(IngestError) -> [String]? {
        guard Folder.exists(at: url) else { return nil }
        let names = try IngestError.wrapping { () throws(FilesError) in
            try Folder.names(in: url)
        }
        return names.filter { !$0.hasPrefix(".") }
    }
}
