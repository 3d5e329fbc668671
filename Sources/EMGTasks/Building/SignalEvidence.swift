import Digests
import EMGArchive
import EMGSignal
import PrintableText

/// What tells whether two recordings hold the same signal, kept while a collection is built: small
/// beside the signal itself.
struct SignalEvidence: Sendable {
    private let id: String
    private let source: SourceFile
    /// The SHA-256 of the raw samples of the chosen channels.
    private let digest: String
    private let fingerprint: SignalFingerprint

    /// So many marks of each recording are kept.
    private static let markCount = 4_096

    /// - Parameters:
    ///   - draft: The task.
    ///   - samples: Its raw samples.
    ///   - normalized: The same normalized.
    ///   - normalization: What it was normalized with.
    /// - Throws: ``TaskError`` when the support and the query of the recording are the same signal.
    init(
        _ draft: TaskDraft, samples: SampleMatrix, normalized: SampleMatrix,
        normalization: FittedNormalization
    ) throws(TaskError) {
        id = draft.header.identity.id
        source = draft.header.source
        digest = SHA256.digest(of: samples.values)
        let whole = SignalFingerprint(
            id: id, split: "", signal: normalized,
            normalization: CollectionManifest.Coefficients(
                offset: normalization.offset, scale: normalization.scale))
        try Self.checkParts(whole, of: draft)
        fingerprint = whole.distinct(atMost: Self.markCount)
    }

    /// Makes sure that the query does not repeat what was adapted to.
    private static func checkParts(
        _ fingerprint: SignalFingerprint, of draft: TaskDraft
    ) throws(TaskError) {
        func marks(in part: TaskDraft.Part) -> SignalFingerprint {
            fingerprint.marks(in: part.ranges).distinct(atMost: markCount)
        }
        let known = ([draft.support] + [draft.earlier].compactMap(\.self)).map {
            marks(in: $0).inSplit("support")
        }
        let segments = SharedSegment.find(in: known + [marks(in: draft.query).inSplit("query")])
        guard let found = segments.first else { return }
        throw TaskError(
            .repeatedSignal(
                support: found.oneSample, query: found.otherSample, places: found.places),
            subject: draft.header.identity.id,
            hint: "what a model adapts to cannot be what it is evaluated on: exclude one of the "
                + "segments with \"myotask review\", or leave the recording out with \"include\"")
    }

    /// Makes sure that no two tasks of different splits hold the same signal.
    ///
    /// - Parameters:
    ///   - evidence: One for each task.
    ///   - splits: The split of each task, by its id.
    /// - Throws: ``TaskError`` naming the first two.
    static func check(
        _ evidence: [SignalEvidence], splits: [String: String]
    ) throws(TaskError) {
        var owners: [String: [SignalEvidence]] = [:]
        for item in evidence {
            // One file may hold several recordings: only the same samples of it are the same.
            let key = item.source.sha256 + item.digest
            for other in owners[key] ?? [] where splits[other.id] != splits[item.id] {
                throw error(
                    other, item, splits,
                    "they come from the same bytes (\(item.source.name), SHA-256 "
                        + "\(item.source.sha256.prefix(12))…)")
            }
            owners[key, default: []].append(item)
        }
        let prints = evidence.map { $0.fingerprint.inSplit(splits[$0.id] ?? "") }
        guard let found = SharedSegment.find(in: prints).first else { return }
        throw error(
            evidence[found.one], evidence[found.other], splits,
            "sample \(found.oneSample) of the one is sample \(found.otherSample) of the other, "
                + "and so at \(found.places, of: "place")")
    }

    private static func error(
        _ one: SignalEvidence, _ other: SignalEvidence, _ splits: [String: String],
        _ how: String
    ) -> TaskError {
        TaskError(
            .sharedSignal(
                task: one.id, split: splits[one.id] ?? "", other: other.id,
                otherSplit: splits[other.id] ?? "", how: how),
            subject: other.id,
            hint: "a model would be evaluated on what it has learned: leave one of them out with "
                + "\"include\" or \"myotask review\", or put both into one split; if they are one "
                + "person under two names, \"myotask label rename\" gives them one")
    }
}
