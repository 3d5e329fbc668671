package import Documents
package import EMGArchive
private import EMGSignal
package import Foundation
private import Parallel

/// Whether a collection comes out again from its recordings: every task is built anew, and the
/// bytes are compared.
package struct CollectionVerification: Sendable, Hashable {
    /// Something that came out otherwise.
    package struct Difference: Sendable, Hashable {
        /// The task; empty when it is about the whole collection.
        package let task: String
        /// What differs.
        package let text: String
    }

    /// The collection's manifest.
    package let manifest: CollectionManifest
    /// What came out otherwise; nothing when the bytes of both files are the same.
    package let differences: [Difference]

    /// Builds a collection anew and compares.
    ///
    /// - Parameters:
    ///   - url: The manifest, `NAME.json`.
    ///   - archive: The recordings it was built from; others in it do not matter.
    ///   - edits: The edit file it was built with, if there was one.
    ///   - kinds: What packages outside have added to the kinds that the manifest may name.
    ///   - threads: How many recordings are prepared at once, at least 1.
    /// - Returns: What came out otherwise.
    /// - Throws: ``TaskError`` when the edit file is missing or another one, `DocumentError` when
    ///   the manifest or the edit file is refused, `ArchiveError` when the archive
    ///   cannot be listed or there is no room for the second copy.
    package static func verify(
        _ url: URL, from archive: RecordingArchive, edits: URL? = nil, kinds: Kinds = Kinds(),
        threads: Int = 1
    ) throws -> CollectionVerification {
        let url = CollectionManifest.file(named: url)
        let manifest = try CollectionManifest(contentsOf: url, kinds: kinds)
        let applied = try AppliedEdits(of: manifest, at: edits)
        let configuration = try CollectionConfiguration(manifest)
        let entries = try (applied ?? AppliedEdits()).entries(of: archive)
        let folder = FileManager.default.temporaryDirectory.appending(
            path: "myotask-verify-\(UUID().uuidString)", directoryHint: .isDirectory)
        defer { try? FileManager.default.removeItem(at: folder) }
        let rebuild = Rebuild(
            manifest: manifest, configuration: configuration, archive: archive, entries: entries,
            edits: applied)
        let copy = folder.appending(path: url.lastPathComponent, directoryHint: .notDirectory)
        var differences = try rebuild.write(to: copy, threads: threads)
        if differences.isEmpty {
            let pairs = [
                (url, copy, "the manifest"),
                (
                    manifest.tensorsURL(manifest: url),
                    copy.deletingPathExtension().appendingPathExtension("h5"), "the tensors' file"
                ),
            ]
            for (one, other, name) in pairs {
                if let place = try firstDifference(one, other) {
                    differences.append(
                        Difference(
                            task: "",
                            text: "\(name) differs from byte \(place) on, though all tasks agree"))
                }
            }
        }
        return CollectionVerification(manifest: manifest, differences: differences)
    }

    /// The first byte that is not in both files alike; `nil` when they are the same.
    private static func firstDifference(_ one: URL, _ other: URL) throws -> Int? {
        let left = try FileHandle(forReadingFrom: one)
        let right = try FileHandle(forReadingFrom: other)
        var place = 0
        while true {
            let piece = try left.read(upToCount: 1 << 22) ?? Data()
            let same = try right.read(upToCount: 1 << 22) ?? Data()
            if piece != same {
                let first = zip(piece, same).enumerated().first { $1.0 != $1.1 }
                return place + (first?.offset ?? min(piece.count, same.count))
            }
            if piece.isEmpty { return nil }
            place += piece.count
        }
    }
}

/// A collection on its second way.
private struct Rebuild {
    typealias Difference = CollectionVerification.Difference

    let manifest: CollectionManifest
    let configuration: CollectionConfiguration
    let archive: RecordingArchive
    let entries: [String: RecordingArchive.Entry]
    let edits: AppliedEdits?

    /// What came of one task.
    private enum Outcome: Sendable {
        case built(PreparedTask, TaskDraft)
        case failed(String)
    }

    /// Writes what comes out, and says what is otherwise; stops writing at the first difference.
    func write(to url: URL, threads: Int) throws -> [Difference] {
        let plan = ArchiveSurvey.plan(configuration, rate: manifest.samplingRate)
        let consensus = Consensus(manifest)
        var writer = try CollectionWriter(manifest: url, grid: manifest.grid)
        var rebuilt = manifest
        var differences: [Difference] = []
        for first in stride(from: 0, to: manifest.tasks.count, by: threads) {
            let group = manifest.tasks[first..<min(first + threads, manifest.tasks.count)]
            let outcomes = concurrentMap(count: group.count, threads: threads) { index in
                build(group[first + index], plan: plan, consensus: consensus)
            }
            for (index, outcome) in zip(group.indices, outcomes) {
                let task = manifest.tasks[index]
                switch outcome {
                case .failed(let text): differences.append(Difference(task: task.id, text: text))
                case .built(let prepared, let draft):
                    let location = try writer.add(draft.header.identity, prepared.tensors)
                    var entry = prepared.entry(
                        of: draft, at: location, classes: manifest.classes.count)
                    if manifest.quality == nil {
                        // Collections that are older than the policy do not count.
                        entry.support.leftOut = [:]
                        entry.query.leftOut = [:]
                    }
                    differences += Self.compare(task, entry)
                    rebuilt.tasks[index] = entry
                    if index == 0 {
                        rebuilt.conditioning = draft.header.history.conditioning
                    }
                }
            }
        }
        if rebuilt.conditioning != manifest.conditioning {
            differences.append(
                Difference(
                    task: "", text: "the recordings were conditioned with other parameters"))
        }
        guard differences.isEmpty else { return differences }
        try writer.finish { file in
            var copy = rebuilt
            copy.tensors = file
            copy.tensors.path = manifest.tensors.path
            return copy
        }
        return []
    }

    private func build(
        _ task: CollectionManifest.Entry, plan: SplitPlan, consensus: Consensus
    ) -> Outcome {
        let recordings =
            task.recordings.isEmpty
            ? [(id: task.id, part: nil, source: task.source)]
            : task.recordings.map { (id: $0.id, part: Optional($0.part), source: $0.source) }
        do {
            var pieces: [TaskDraft.Piece] = []
            for (id, part, source) in recordings {
                guard let entry = entries[id] else {
                    return .failed(
                        "the archive has no such recording" + (part == nil ? "" : " as \(id)"))
                }
                let metadata = try archive.readMetadata(entry)
                guard metadata.header.source == source else {
                    return .failed(
                        "the recording comes from another file: "
                            + "\(metadata.header.source.name) with SHA-256 "
                            + "\(metadata.header.source.sha256.prefix(12))…, the collection was "
                            + "built from \(source.name) with \(source.sha256.prefix(12))…")
                }
                let mapped = try MappedMetadata(
                    metadata, classes: configuration.classes, channels: configuration.channels,
                    edits: edits, targets: configuration.targets, quality: configuration.quality)
                try consensus.check(mapped)
                pieces.append(TaskDraft.Piece(entry: entry, metadata: mapped, part: part))
            }
            let draft = try TaskDraft(
                of: pieces, plan: plan, configuration: configuration,
                isUnlabeled: manifest.classes.isEmpty)
            let prepared = try PreparedTask.prepare(
                draft, archive: archive, rule: configuration.normalization)
            return .built(prepared, draft)
        } catch {
            return .failed("\(error)")
        }
    }

    private static func compare(
        _ stated: CollectionManifest.Entry, _ built: CollectionManifest.Entry
    ) -> [Difference] {
        let parts: [(String, Bool)] = [
            ("the number of samples", stated.sampleCount == built.sampleCount),
            ("the effective rate", stated.effectiveRate == built.effectiveRate),
            ("the support", stated.support == built.support),
            ("the query", stated.query == built.query),
            ("the earlier recordings", stated.earlier == built.earlier),
            ("the recordings' samples", stated.recordings == built.recordings),
            ("the draw", stated.draw == built.draw),
            ("offset or scale", stated.normalization == built.normalization),
            ("quality intervals", stated.quality == built.quality),
            ("the tensors' SHA-256", stated.tensor == built.tensor),
        ]
        let others = parts.filter { !$0.1 }.map(\.0)
        guard !others.isEmpty else { return [] }
        return [
            Difference(
                task: stated.id, text: "comes out otherwise: " + others.joined(separator: ", "))
        ]
    }
}
