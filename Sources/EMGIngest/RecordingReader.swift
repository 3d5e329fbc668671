public import Foundation

/// One raw format.
///
/// A reader is a value without state: it may be used from several threads. It never changes or
/// deletes what it reads, and it never guesses silently: what it assumed stands in the
/// recording's history, what is odd in the warnings. A reader turns a source into streams of rows;
/// rates from time stamps, quality, identity and history are the same for every format and are
/// not its business (see ``Ingestion``).
public protocol RecordingReader: Sendable {
    /// The name on the command line and in histories, for example `roam-csv`.
    var formatName: String { get }

    /// What it reads, in a few words, for lists of formats.
    var summary: String { get }

    /// Whether files are parsed by a native library that damage may crash: a batch reads them in
    /// a process of their own.
    var needsOwnProcess: Bool { get }

    /// Whether the beginning of a file is certainly of this format.
    ///
    /// - Parameter prefix: The first bytes of the file, at most
    ///   ``ReaderRegistry/prefixLength``.
    /// - Returns: Whether no other format begins like that.
    func recognizes(content prefix: [UInt8]) -> Bool

    /// Whether a file is certainly of this format, for formats that share their first bytes with
    /// others and must be looked into.
    ///
    /// - Parameters:
    ///   - url: The file.
    ///   - prefix: Its first bytes, at most ``ReaderRegistry/prefixLength``.
    /// - Returns: Whether it is; `false` also when it cannot be looked into.
    func recognizes(_ url: URL, content prefix: [UInt8]) -> Bool

    /// Whether a file of that name is usually of this format; asked when no content tells.
    ///
    /// - Parameter fileName: The name without folders.
    /// - Returns: Whether the name is one of this format.
    func recognizes(fileName: String) -> Bool

    /// Whether a folder as a whole is one recording of this format, its files being pieces.
    ///
    /// - Parameters:
    ///   - url: The folder.
    ///   - entries: The names in it.
    /// - Returns: Whether it is.
    func recognizes(folder url: URL, entries: [String]) -> Bool

    /// The files a source consists of, all of which its digest covers: a header and its data, a
    /// recording and its side files, the pieces in a folder.
    ///
    /// - Parameters:
    ///   - url: The file or folder.
    ///   - options: What the caller knows.
    /// - Returns: The files, the one that stands for the source first.
    /// - Throws: ``IngestError`` when they cannot be determined.
    func files(of url: URL, options: ReadOptions) throws(IngestError) -> [URL]

    /// Who, when and what, as far as the source and its place tell.
    ///
    /// - Parameters:
    ///   - url: The file or folder.
    ///   - options: What the caller knows; it counts more than the source.
    /// - Returns: The identity, and what does not fit together.
    /// - Throws: ``IngestError`` when a part cannot be used as a name.
    func identity(of url: URL, options: ReadOptions) throws(IngestError) -> SourceIdentity

    /// Opens a source for reading and says what is in it.
    ///
    /// - Parameters:
    ///   - url: The file or folder.
    ///   - options: What the caller knows.
    /// - Returns: One stream for each part that ``ReadOptions/parts`` asks for, at least one, the
    ///   main part first.
    /// - Throws: ``IngestError`` with the place of the first fault.
    func open(_ url: URL, options: ReadOptions) throws(IngestError) -> [any RecordingStream]
}

extension RecordingReader {
    /// No: a reader in Swift does not crash.
    public var needsOwnProcess: Bool { false }

    /// No content tells.
    public func recognizes(content prefix: [UInt8]) -> Bool { false }

    /// What the first bytes tell.
    public func recognizes(_ url: URL, content prefix: [UInt8]) -> Bool {
        recognizes(content: prefix)
    }

    /// No name tells.
    public func recognizes(fileName: String) -> Bool { false }

    /// No: a recording is a file.
    public func recognizes(folder url: URL, entries: [String]) -> Bool { false }

    /// The file itself.
    public func files(of url: URL, options: ReadOptions) throws(IngestError) -> [URL] { [url] }

    /// What the place tells in the layout of the field.
    public func identity(
        of url: URL, options: ReadOptions
    ) throws(IngestError) -> SourceIdentity {
        try SourceIdentity(of: url, override: options.identity)
    }
}
