public import EMGSignal
public import Foundation
private import MachineFaults
private import Parallel

/// A file or folder that is to be read and whose recording it is.
public struct RecordingSource: Sendable, Hashable {
    /// The file or folder.
    public let url: URL
    /// Whose recording it is.
    public let identity: RecordingIdentity
    /// The name of its format.
    public let format: String
    /// The files it consists of, the one that stands for the source first.
    public let files: [URL]

    /// Creates a source.
    public init(url: URL, identity: RecordingIdentity, format: String, files: [URL]) {
        self.url = url
        self.identity = identity
        self.format = format
        self.files = files
    }

    /// The digest of the source's bytes as 64 lower-case hexadecimal digits.
    ///
    /// - Returns: The digest.
    /// - Throws: ``IngestError`` when a file cannot be read.
    package func sha256() throws(IngestError) -> String {
        try SourceDigest.of(files)
    }
}

/// The recordings among files and folders that a user named.
///
/// Folders are searched to the bottom in natural order. What is hidden, is no regular file or is
/// in no format of the registry is left out with a note; links are followed, but no folder is
/// entered twice. Files that the user named outright are never left out for their names.
public struct SourceSearch: Sendable {
    /// The files to read, each identity once, in the order of the search.
    public private(set) var sources: [RecordingSource] = []
    /// What was left out and why.
    public private(set) var skipped: [IngestWarning] = []
    /// What is odd about names.
    public private(set) var warnings: [IngestWarning] = []
    /// What cannot be taken: no identity, or one that another file claims with other content.
    public private(set) var refused: [IngestError] = []

    private let registry: ReaderRegistry
    private let options: ReadOptions
    private let examiner: (any SourceExaminer)?
    private var candidates: [Candidate] = []
    private var leftOut: [(url: URL, reason: String)] = []
    private var visitedFolders: Set<String> = []
    private var visitedFiles: Set<String> = []

    /// A file or folder that may be a recording.
    private enum Candidate: Sendable {
        /// One whose reader is known.
        case known(URL, any RecordingReader)
        /// One that is looked into by the examiner.
        case foreign(URL, isNamed: Bool)
    }

    /// Searches files and folders.
    ///
    /// - Parameters:
    ///   - inputs: Files and folders; the order of the result follows theirs.
    ///   - registry: The formats to look for.
    ///   - options: What the caller knows, for every source alike.
    ///   - threads: How many files are compared at once, at least 1.
    ///   - examiner: Looks into files whose parsers are native libraries; `nil` to do so in this
    ///     process, which a damaged file may then end.
    public init(
        _ inputs: [URL], registry: ReaderRegistry = .standard,
        options: ReadOptions = ReadOptions(), threads: Int = 1,
        examiner: (any SourceExaminer)? = nil
    ) {
        self.registry = registry
        self.options = options
        self.examiner = examiner
        for input in inputs { search(input, isNamed: true) }
        var sources: [RecordingSource] = []
        for (candidate, outcome) in zip(candidates, look(into: candidates, threads: threads)) {
            switch (outcome, candidate) {
            case (.success(let found), _):
                warnings += found.warnings
                sources.append(found.source)
            case (.failure(let error), .known): refused.append(error)
            case (.failure(let error), .foreign(let url, let isNamed)):
                leaveOut(url, isNamed: isNamed, error)
            }
        }
        // Side files belong to the recording that reads them and are none of their own.
        let sides = Set(sources.flatMap { $0.files.dropFirst().map(Self.key) })
        for (url, reason) in leftOut where !sides.contains(Self.key(url)) {
            skipped.append(
                IngestWarning(
                    .skipped, at: SourceLocation(file: url.relativePath),
                    message: reason))
        }
        settleDuplicates(
            sources.filter { !sides.contains(Self.key($0.url)) }, threads: threads)
    }

    /// What each candidate is. Examiners work at once; what is looked into here takes no time.
    private func look(
        into candidates: [Candidate], threads: Int
    ) -> [Result<SourceFinding, IngestError>] {
        concurrentMap(count: candidates.count, threads: examiner == nil ? 1 : threads) { index in
            do throws(IngestError) {
                return .success(try look(into: candidates[index]))
            } catch {
                return .failure(error)
            }
        }
    }

    private func look(into candidate: Candidate) throws(IngestError) -> SourceFinding {
        switch candidate {
        case .known(let url, let reader):
            return try SourceFinding(of: url, reader: reader, options: options)
        case .foreign(let url, _):
            if let examiner { return try examiner.examine(url) }
            return try SourceFinding(of: url, registry: registry, options: options)
        }
    }

    // MARK: - Walking

    private mutating func search(_ url: URL, isNamed: Bool) {
        let target = url.resolvingSymlinksInPath()
        let path = target.path(percentEncoded: false)
        var isFolder: ObjCBool = false
        guard unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            if isNamed {
                refused.append(
                    IngestError(
                        .unreadable(reason: "there is no such file or folder"),
                        at: SourceLocation(file: url.relativePath)))
            } else {
                leftOut.append((url, "a link that leads nowhere"))
            }
            return
        }
        guard isFolder.boolValue else {
            take(url, target: target, isNamed: isNamed)
            return
        }
        guard visitedFolders.insert(Self.key(target)).inserted else {
            leftOut.append((url, "the folder was searched already"))
            return
        }
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: path)
        } catch {
            let location = SourceLocation(file: url.relativePath)
            refused.append(
                MachineFault(error, .reading, at: location.file).map(IngestError.init)
                    ?? IngestError(
                        .unreadable(reason: "the folder cannot be listed"), at: location))
            return
        }
        let shown = names.filter { !$0.hasPrefix(".") }.sorted(by: NaturalOrder.precedes)
        if let reader = registry.reader(forFolder: url, entries: shown, options: options) {
            candidates.append(.known(url, reader))
            return
        }
        for name in names.filter({ $0.hasPrefix(".") }).sorted() {
            leftOut.append((url.appending(path: name), "hidden"))
        }
        for name in shown { search(url.appending(path: name), isNamed: false) }
    }

    private mutating func take(_ url: URL, target: URL, isNamed: Bool) {
        guard visitedFiles.insert(Self.key(target)).inserted else {
            leftOut.append((url, "the same file was named already"))
            return
        }
        guard isNamed || SourceFileReader.isRegular(target) else {
            leftOut.append((url, "no regular file"))
            return
        }
        do throws(IngestError) {
            if examiner != nil, try registry.needsOwnProcess(url, options: options) {
                candidates.append(.foreign(url, isNamed: isNamed))
            } else {
                candidates.append(.known(url, try registry.reader(for: url, options: options)))
            }
        } catch {
            leaveOut(url, isNamed: isNamed, error)
        }
    }

    /// What is no recording is left out of a search, what was named outright is refused.
    private mutating func leaveOut(_ url: URL, isNamed: Bool, _ error: IngestError) {
        if !isNamed, case .wrongFormat = error.kind {
            leftOut.append((url, "not a recording: \(error.fault)"))
        } else {
            refused.append(error)
        }
    }

    private static func key(_ url: URL) -> String {
        url.standardizedFileURL.path(percentEncoded: false)
    }

    // MARK: - Duplicates

    /// Keeps each identity once: of files with the same bytes the first; of files that differ
    /// none, as nobody can tell which is right.
    private mutating func settleDuplicates(_ found: [RecordingSource], threads: Int) {
        var groups: [RecordingIdentity: [Int]] = [:]
        for (index, source) in found.enumerated() {
            groups[source.identity, default: []].append(index)
        }
        let shared = found.indices.filter { (groups[found[$0].identity]?.count ?? 0) > 1 }
        let digests: [Result<String, IngestError>] = concurrentMap(
            count: shared.count, threads: threads
        ) { index in
            do throws(IngestError) {
                return .success(try SourceDigest.of(found[shared[index]].files))
            } catch {
                return .failure(error)
            }
        }
        var digestOf: [Int: String] = [:]
        for (index, digest) in zip(shared, digests) {
            switch digest {
            case .success(let text): digestOf[index] = text
            case .failure(let error): refused.append(error)
            }
        }
        for (index, source) in found.enumerated() {
            guard let group = groups[source.identity], group.count > 1 else {
                sources.append(source)
                continue
            }
            guard let own = digestOf[index] else { continue }
            let others = group.filter { $0 != index && digestOf[$0] != nil }
            if let rival = others.first(where: { digestOf[$0] != own }) {
                refused.append(
                    IngestError(
                        .identityConflict(
                            identity: source.identity.id, other: found[rival].url.relativePath),
                        at: SourceLocation(file: source.url.relativePath),
                        hint: "remove one of them, or give one another condition or run"))
            } else if let first = others.first(where: { $0 < index }) {
                skipped.append(
                    IngestWarning(
                        .duplicateSource, at: SourceLocation(file: source.url.relativePath),
                        message: "the same bytes as \(found[first].url.relativePath), "
                            + "which is \(source.identity) already"))
            } else {
                sources.append(source)
            }
        }
    }
}
