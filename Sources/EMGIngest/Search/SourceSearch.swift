private import Digests
public import EMGSignal
public import Foundation
private import Parallel

/// A file that is to be read and whose recording it is.
public struct RecordingSource: Sendable, Hashable {
    /// The file.
    public let url: URL
    /// Whose recording it is.
    public let identity: RecordingIdentity

    /// Creates a source.
    public init(url: URL, identity: RecordingIdentity) {
        self.url = url
        self.identity = identity
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
    /// What was left out, and what is odd about names.
    public private(set) var warnings: [IngestWarning] = []
    /// What cannot be taken: no identity, or one that another file claims with other content.
    public private(set) var refused: [IngestError] = []

    private var visitedFolders: Set<String> = []
    private var visitedFiles: Set<String> = []

    /// Searches files and folders.
    ///
    /// - Parameters:
    ///   - inputs: Files and folders; the order of the result follows theirs.
    ///   - registry: The formats to look for.
    ///   - identity: Parts of the identity that the caller knows better, for every file alike.
    ///   - threads: How many files are compared at once, at least 1.
    public init(
        _ inputs: [URL], registry: ReaderRegistry = .standard,
        identity: IdentityOverride = IdentityOverride(), threads: Int = 1
    ) {
        var found: [RecordingSource] = []
        for input in inputs {
            for url in files(at: input, registry: registry, isNamed: true) {
                do throws(IngestError) {
                    let told = try SourceIdentity(of: url, override: identity)
                    warnings += told.warnings
                    found.append(RecordingSource(url: url, identity: told.identity))
                } catch {
                    refused.append(error)
                }
            }
        }
        settleDuplicates(found, threads: threads)
    }

    // MARK: - Walking

    private mutating func files(
        at url: URL, registry: ReaderRegistry, isNamed: Bool
    ) -> [URL] {
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
                skip(url, "a link that leads nowhere")
            }
            return []
        }
        guard isFolder.boolValue else {
            return isWanted(url, registry: registry, isNamed: isNamed) ? [url] : []
        }
        guard visitedFolders.insert(Self.key(target)).inserted else {
            skip(url, "the folder was searched already")
            return []
        }
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: path)
        } catch {
            refused.append(
                IngestError(
                    .unreadable(reason: "the folder cannot be listed"),
                    at: SourceLocation(file: url.relativePath)))
            return []
        }
        var result: [URL] = []
        for name in names.sorted(by: NaturalOrder.precedes) {
            let child = url.appending(path: name)
            if name.hasPrefix(".") {
                skip(child, "hidden")
            } else {
                result += files(at: child, registry: registry, isNamed: false)
            }
        }
        return result
    }

    private mutating func isWanted(
        _ url: URL, registry: ReaderRegistry, isNamed: Bool
    ) -> Bool {
        let target = url.resolvingSymlinksInPath()
        guard visitedFiles.insert(Self.key(target)).inserted else {
            skip(url, "the same file was named already")
            return false
        }
        if isNamed { return true }
        guard SourceFileReader.isRegular(target) else {
            skip(url, "no regular file")
            return false
        }
        do throws(IngestError) {
            _ = try registry.reader(for: url)
            return true
        } catch {
            switch error.kind {
            case .wrongFormat: skip(url, "not a recording: \(error.fault)")
            default: refused.append(error)
            }
            return false
        }
    }

    private mutating func skip(_ url: URL, _ reason: String) {
        warnings.append(
            IngestWarning(
                .skipped, at: SourceLocation(file: url.relativePath),
                message: "left out: \(reason)"))
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
                return .success(try Self.digest(of: found[shared[index]].url))
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
                warnings.append(
                    IngestWarning(
                        .duplicateSource, at: SourceLocation(file: source.url.relativePath),
                        message: "left out: the same bytes as \(found[first].url.relativePath), "
                            + "which is \(source.identity) already"))
            } else {
                sources.append(source)
            }
        }
    }

    /// The SHA-256 of a file.
    static func digest(of url: URL) throws(IngestError) -> String {
        let file = try SourceFileReader(url)
        var hash = SHA256()
        while true {
            let piece = try file.next(1 << 20)
            if piece.isEmpty { return hash.finish() }
            hash.update(piece.bytes)
        }
    }
}
