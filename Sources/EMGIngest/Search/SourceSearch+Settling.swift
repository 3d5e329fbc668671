internal import EMGSignal
internal import Foundation
private import Parallel
import PrintableText

extension SourceSearch {
    // MARK: - Formats that the user named

    /// Why a format or template that the user named fits nothing.
    func unfit(_ asked: any RecordingReader) -> IngestError {
        let name = options.template?.name ?? asked.formatName
        let reasons = looked.prefix(10).map { url -> String in
            let reason =
                options.template.map { $0.mismatch(url) ?? "it is not one file of several" }
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

    /// Whether a source that the template's reader takes lies where the template says; with a named
    /// format it may lie anywhere.
    func isInPlace(_ url: URL) -> Bool {
        options.format != nil || options.template?.isInPlace(url) ?? true
    }

    /// Says which sources another format took than the one that the user named.
    mutating func tellOfOthers(_ others: [RecordingSource]) {
        guard let template = options.template, let first = others.first else { return }
        warnings.append(
            IngestWarning(
                .skipped, at: SourceLocation(file: first.url.relativePath), count: others.count,
                message: "the template \(template.name) does not fit it: read as \(first.format)"
                    + (others.count > 1
                        ? ", and \(others.count - 1, of: "more file") by other formats" : "")
            ))
    }

    // MARK: - Whose recordings they are

    /// Leaves out the sources whose paths leave open whose recordings they are.
    mutating func settleLayouts(_ found: [SourceFinding]) -> [RecordingSource] {
        let survey = LayoutSurvey(found)
        undetermined = survey.open.map { found[$0].source }
        if let error = survey.error { refused.append(error) }
        warnings += survey.warnings
        let open = Set(survey.open)
        return found.indices.filter { !open.contains($0) }.map { found[$0].source }
    }

    /// Keeps each identity once: of files with the same bytes the first; of files that differ
    /// none, as nobody can tell which is right.
    mutating func settleDuplicates(_ found: [RecordingSource], threads: Int) {
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
