private import EMGSignal
private import Files
package import Foundation
private import Parallel

/// The recordings among files and folders that a user named.
///
/// Folders are searched to the bottom in natural order. What is hidden, is no regular file, is in
/// no format of the registry or is a table of something else is left out with a note; links are
/// followed, but no folder is entered twice. Files that the user named outright are never left out
/// for their names. A format or template that the user named comes before every other reader; one
/// that fits nothing refuses all. Sources whose paths leave open whose they are, are refused.
package struct SourceSearch: Sendable {
    /// The files to read, each identity once, in the order of the search.
    package internal(set) var sources: [RecordingSource] = []
    /// What was left out and why.
    package internal(set) var skipped: [IngestWarning] = []
    /// What is odd about names.
    package internal(set) var warnings: [IngestWarning] = []
    /// What cannot be taken: no identity, or one that another file claims with other content.
    package internal(set) var refused: [IngestError] = []
    /// Sources whose paths leave open whose recordings they are, with a guess as identity; they
    /// are refused.
    package internal(set) var undetermined: [RecordingSource] = []

    let options: ReadOptions
    private let registry: ReaderRegistry
    private let examiner: (any SourceExaminer)?
    private var candidates: [Candidate] = []
    private var leftOut: [(url: URL, reason: String)] = []
    /// Regular files that were looked at, whatever they are.
    private(set) var looked: [URL] = []
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
    /// - Returns: The sources, and what was refused or left out.
    package static func search(
        _ inputs: [URL], registry: ReaderRegistry,
        options: ReadOptions = ReadOptions(), threads: Int = 1,
        examiner: (any SourceExaminer)? = nil
    ) -> SourceSearch {
        var search = SourceSearch(registry, options, examiner)
        search.run(inputs, threads: threads)
        return search
    }

    private init(
        _ registry: ReaderRegistry, _ options: ReadOptions, _ examiner: (any SourceExaminer)?
    ) {
        self.registry = registry
        self.options = options
        self.examiner = examiner
    }

    private mutating func run(_ inputs: [URL], threads: Int) {
        do throws(IngestError) {
            let asked = try registry.asked(by: options)
            for input in inputs { search(input, isNamed: true) }
            let found = try findings(asked, threads: threads)
            settleDuplicates(settleLayouts(found), threads: threads)
        } catch {
            // With another reader in its place, recordings would be read as something else.
            refused.append(error)
        }
    }

    /// The sources among the candidates.
    ///
    /// - Throws: ``IngestError`` when the format or template that the user named fits none.
    private mutating func findings(
        _ asked: (any RecordingReader)?, threads: Int
    ) throws(IngestError) -> [SourceFinding] {
        var found: [SourceFinding] = []
        var isFitting = asked == nil || looked.isEmpty
        var others: [RecordingSource] = []
        for (candidate, outcome) in zip(candidates, look(into: candidates, threads: threads)) {
            if case .known(let url, let reader) = candidate,
                reader.formatName == asked?.formatName, isInPlace(url)
            {
                isFitting = true
            }
            switch (outcome, candidate) {
            case (.success(let finding), _):
                found.append(finding)
                if finding.source.format == asked?.formatName {
                    isFitting = isFitting || isInPlace(finding.source.url)
                } else {
                    others.append(finding.source)
                }
            case (.failure(let error), .known(let url, _)):
                refused.append(error.concealingContent(of: url))
            case (.failure(let error), .foreign(let url, let isNamed)):
                if error.kind.name != "wrong-format" { isFitting = true }
                leaveOut(url, isNamed: isNamed, error)
            }
        }
        if let asked, !isFitting { throw unfit(asked) }
        if asked != nil { tellOfOthers(others) }
        // Side files belong to the recording that reads them and are none of their own.
        let sides = Set(found.flatMap { $0.source.files.dropFirst().map(Self.key) })
        for (url, reason) in leftOut where !sides.contains(Self.key(url)) {
            skipped.append(
                IngestWarning(
                    .skipped, at: SourceLocation(file: url.relativePath),
                    message: reason))
        }
        return found.filter { !sides.contains(Self.key($0.source.url)) }
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
        guard FileManager.default.fileExists(atPath: target.path(percentEncoded: false)) else {
            if isNamed {
                refused.append(
                    IngestError(
                        .unreadable(reason: "there is no such file or folder"),
                        at: SourceLocation(file: url.relativePath)))
            } else {
                // Such names come from systems of another encoding and reach us with a
                // character in place of their bytes.
                let isForeign = url.lastPathComponent.unicodeScalars.contains("\u{FFFD}")
                leftOut.append(
                    (
                        url,
                        isForeign
                            ? "its name is not UTF-8 (convmv -f latin1 -t utf8 renames a copy)"
                            : "a link that leads nowhere"
                    ))
            }
            return
        }
        guard Folder.exists(at: target) else {
            take(url, target: target, isNamed: isNamed)
            return
        }
        guard visitedFolders.insert(Self.key(target)).inserted else {
            leftOut.append((url, "the folder was searched already"))
            return
        }
        let names: [String]
        do throws(FilesError) {
            names = try Folder.names(in: url)
        } catch {
            refused.append(IngestError(error))
            return
        }
        let shown = names.filter { !$0.hasPrefix(".") }.sorted(by: NaturalOrder.precedes)
        do throws(IngestError) {
            if let reader = try registry.reader(forFolder: url, entries: shown, options: options) {
                candidates.append(.known(url, reader))
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
            if examiner != nil,
                try registry.needsOwnProcess(url, isNamed: isNamed, options: options)
            {
                candidates.append(.foreign(url, isNamed: isNamed))
                return
            }
            if isNamed, options.format != nil {
                candidates.append(.known(url, try registry.reader(for: url, options: options)))
                return
            }
            let found = try registry.find(url, options: options)
            if !isNamed, !found.isCertain, let reason = TableGlance.whyNoRecording(url) {
                leftOut.append((url, reason))
            } else {
                candidates.append(.known(url, found.reader))
            }
        } catch {
            leaveOut(url, isNamed: isNamed, error)
        }
    }

    /// What is no recording is left out of a search, what was named outright is refused.
    private mutating func leaveOut(_ url: URL, isNamed: Bool, _ error: IngestError) {
        guard case .wrongFormat(_, let found) = error.kind else {
            refused.append(error.concealingContent(of: url))
            return
        }
        if !isNamed {
            leftOut.append((url, TableGlance.whyUnknown(url) ?? "not a recording: \(found)"))
        } else if options.format == nil, let template = options.template,
            let reason = template.mismatch(url)
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

    static func key(_ url: URL) -> String {
        url.standardizedFileURL.path(percentEncoded: false)
    }
}
