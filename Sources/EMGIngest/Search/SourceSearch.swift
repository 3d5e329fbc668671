public import EMGSignal
public import Foundation
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
/// Folders are searched to the bottom in natural order. What is hidden, is no regular file, is in
/// no format of the registry or is a table of something else is left out with a note; links are
/// followed, but no folder is entered twice. Files that the user named outright are never left out
/// for their names. A format or template that the user named comes before every other reader; one
/// that fits nothing refuses all, and so do paths that leave open whose recordings they are.
public struct SourceSearch: Sendable {
    /// The files to read, each identity once, in the order of the search.
    public private(set) var sources: [RecordingSource] = []
    /// What was left out and why.
    public private(set) var skipped: [IngestWarning] = []
    /// What is odd about names.
    public private(set) var warnings: [IngestWarning] = []
    /// What cannot be taken: no identity, or one that another file claims with other content.
    public private(set) var refused: [IngestError] = []
    /// Sources whose paths leave open whose recordings they are, with a guess as identity; they
    /// are refused.
    public private(set) var undetermined: [RecordingSource] = []

    private let registry: ReaderRegistry
    private let options: ReadOptions
    private var candidates: [(url: URL, reader: any RecordingReader)] = []
    private var leftOut: [(url: URL, reason: String)] = []
    private var looked: [URL] = []
    private var visitedFolders: Set<String> = []
    private var visitedFiles: Set<String> = []

    /// Searches files and folders.
    ///
    /// - Parameters:
    ///   - inputs: Files and folders; the order of the result follows theirs.
    ///   - registry: The formats to look for.
    ///   - options: What the caller knows, for every source alike.
    ///   - threads: How many files are compared at once, at least 1.
    public init(
        _ inputs: [URL], registry: ReaderRegistry,
        options: ReadOptions = ReadOptions(), threads: Int = 1
    ) {
        self.registry = registry
        self.options = options
        do throws(IngestError) {
            let asked = try registry.asked(by: options)
            for input in inputs { search(input, isNamed: true) }
            if let asked, !candidates.contains(where: { $0.reader.formatName == asked.formatName }),
                !looked.isEmpty
            {
                throw unfit(asked)
            }
            let read = readIdentities()
            settleDuplicates(settleLayouts(read), threads: threads)
        } catch {
            // With another reader in its place, recordings would be read as something else.
            refused.append(error)
        }
    }

    /// The sources among the candidates with what their places tell.
    private mutating func readIdentities() -> [(source: RecordingSource, told: SourceIdentity)] {
        var read: [(source: RecordingSource, told: SourceIdentity)] = []
        for (url, reader) in candidates {
            do throws(IngestError) {
                let told = try reader.settledIdentity(of: url, options: options)
                let source = RecordingSource(
                    url: url, identity: told.identity, format: reader.formatName,
                    files: try reader.files(of: url, options: options))
                read.append((source, told))
            } catch {
                refused.append(error.concealingContent(of: url))
            }
        }
        // Side files belong to the recording that reads them and are none of their own.
        let sides = Set(read.flatMap { $0.source.files.dropFirst().map(Self.key) })
        for (url, reason) in leftOut where !sides.contains(Self.key(url)) {
            skipped.append(
                IngestWarning(
                    .skipped, at: SourceLocation(file: url.relativePath),
                    message: reason))
        }
        return read.filter { !sides.contains(Self.key($0.source.url)) }
    }

    /// Leaves out the sources whose paths leave open whose recordings they are.
    private mutating func settleLayouts(
        _ read: [(source: RecordingSource, told: SourceIdentity)]
    ) -> [RecordingSource] {
        let survey = LayoutSurvey(read.map { ($0.source.url, $0.told) })
        undetermined = survey.open.map { read[$0].source }
        if let error = survey.error { refused.append(error) }
        warnings += survey.warnings
        let open = Set(survey.open)
        return read.indices.filter { !open.contains($0) }.map { read[$0].source }
    }

    /// Why a format or template that the user named fits nothing.
    private func unfit(_ asked: any RecordingReader) -> IngestError {
        let name = options.template?.name ?? asked.formatName
        let reasons = looked.prefix(10).map { url -> String in
            let reason =
                options.template.map { $0.misfit(url) ?? "it is not one file of several" }
                ?? "not recognized"
            return "\(url.relativePath): \(reason)"
        }
        return IngestError(
            .fitsNothing(
                what: options.template == nil ? "the format \(name)" : "the template \(name)",
                reasons: reasons, count: looked.count),
            at: SourceLocation(file: options.template == nil ? "--format" : "--template"),
            hint: options.template == nil
                ? "name a file itself to have it read as \(name) whatever it looks like"
                : "correct the template, or name a file together with --format \(name) to have it "
                    + "read whatever it looks like (docs/formats/templates.md)")
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
            refused.append(
                IngestError(
                    .unreadable(reason: "the folder cannot be listed"),
                    at: SourceLocation(file: url.relativePath)))
            return
        }
        let shown = names.filter { !$0.hasPrefix(".") }.sorted(by: NaturalOrder.precedes)
        do throws(IngestError) {
            if let reader = try registry.reader(forFolder: url, entries: shown, options: options) {
                candidates.append((url, reader))
                return
            }
        } catch {
            refused.append(error)
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
        looked.append(url)
        do throws(IngestError) {
            if isNamed, options.format != nil {
                candidates.append((url, try registry.reader(for: url, options: options)))
                return
            }
            let found = try registry.find(url, options: options)
            if !isNamed, !found.isCertain, let reason = TableGlance.whyNoRecording(url) {
                leftOut.append((url, reason))
            } else {
                candidates.append((url, found.reader))
            }
        } catch {
            if !isNamed, case .wrongFormat(_, let found) = error.kind {
                leftOut.append((url, TableGlance.whyUnknown(url) ?? "not a recording: \(found)"))
            } else if isNamed, let template = options.template, options.format == nil,
                let reason = template.misfit(url)
            {
                refused.append(
                    IngestError(
                        .fitsNothing(
                            what: "the template \(template.name)", reasons: [reason], count: 1),
                        at: error.location))
            } else {
                refused.append(error)
            }
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
