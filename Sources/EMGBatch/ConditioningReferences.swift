internal import EMGArchive
internal import EMGFilters
internal import EMGSignal

/// Gives pipelines the amplitudes of the recordings that their stages name.
///
/// A name is looked for beside the recording that is conditioned: a condition (with its run) in
/// the same session, `session/condition` with the same patient, and a full id anywhere in the
/// archive. So one pipeline normalizes every patient by a contraction of their own.
struct ConditioningReferences {
    /// The recording that a stage was fitted on.
    struct Reference: Sendable, Hashable {
        /// Which stage of the pipeline.
        let stage: Int
        let id: String
        let sha256: String
        /// How the stage was fitted.
        let parameters: [String: ProcessingStep.Value]
    }

    /// A pipeline without names left.
    struct Fitted: Sendable {
        let pipeline: ConditioningPipeline
        let references: [Reference]
    }

    private let archive: RecordingArchive
    private let pipeline: ConditioningPipeline
    private let entries: [String: RecordingArchive.Entry]
    /// The ids in the archive's order.
    private let ids: [String]
    private let threads: Int
    /// What was fitted, by the ids of the recordings it was fitted on.
    private var fitted: [[String]: (result: Fitted, channels: [String])] = [:]

    init(
        archive: RecordingArchive, pipeline: ConditioningPipeline,
        entries: [RecordingArchive.Entry], threads: Int
    ) {
        self.archive = archive
        self.pipeline = pipeline
        self.entries = Dictionary(entries.map { ($0.id, $0) }) { first, _ in first }
        ids = entries.map(\.id)
        self.threads = threads
    }

    /// The pipeline for a recording.
    ///
    /// - Parameter recording: The recording to be conditioned.
    /// - Returns: The pipeline, its names replaced by amplitudes.
    /// - Throws: `FilterError` or `ArchiveError` when there is no such reference, it cannot be read
    ///   or fitted, or has other channels.
    mutating func pipeline(for recording: Recording) throws -> Fitted {
        var wanted: [Wanted] = []
        for (index, stage) in pipeline.stages.enumerated() {
            guard let reference = stage.reference else { continue }
            let entry = try self.entry(
                named: reference.name, for: recording, stage: "stages[\(index)] \(stage.key)")
            wanted.append(Wanted(stage: index, entry: entry, parameters: reference.parameters))
        }
        let key = wanted.map(\.entry.id)
        let found: (result: Fitted, channels: [String])
        if let earlier = fitted[key] {
            found = earlier
        } else {
            found = try fit(to: wanted)
            fitted[key] = found
        }
        let channels = recording.channels.map(\.name)
        guard found.channels == channels else {
            throw FilterError(
                .contradiction(
                    "the recording that amplitudes come from, \(key[0]), has the channels "
                        + "\(Self.list(found.channels)), this one has \(Self.list(channels))"),
                location: recording.identity.id,
                hint: "name a recording of the same electrodes")
        }
        return found.result
    }

    /// What a stage is to be fitted on.
    private struct Wanted {
        let stage: Int
        let entry: RecordingArchive.Entry
        let parameters: [String: ProcessingStep.Value]
    }

    private func fit(to wanted: [Wanted]) throws -> (result: Fitted, channels: [String]) {
        var result = pipeline
        var references: [Reference] = []
        var channels: [String]?
        for item in wanted {
            let recording = try archive.read(item.entry)
            let names = recording.channels.map(\.name)
            if let channels, channels != names {
                throw FilterError(
                    .contradiction(
                        "the recordings that amplitudes come from have different channels"),
                    location: item.entry.id, hint: "name recordings of the same electrodes")
            }
            channels = names
            references.append(
                Reference(
                    stage: item.stage, id: item.entry.id, sha256: recording.source.sha256,
                    parameters: item.parameters))
            result = try result.fitted(
                stage: item.stage, to: recording, named: item.entry.id, threads: threads)
        }
        return (Fitted(pipeline: result, references: references), channels ?? [])
    }

    private func entry(
        named name: String, for recording: Recording, stage: String
    ) throws -> RecordingArchive.Entry {
        let identity = recording.identity
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        let id =
            switch parts.count {
            case 1: "\(identity.patient)/\(identity.session)/\(name)"
            case 2: "\(identity.patient)/\(name)"
            default: name
            }
        if let entry = entries[id] { return entry }
        let beside = ids.filter {
            $0.hasPrefix(parts.count == 3 ? "" : "\(identity.patient)/")
        }
        throw FilterError(
            .contradiction("the archive has no recording \(id.debugDescription)"),
            location: stage,
            hint: "name a condition of the same session, session/condition or "
                + "patient/session/condition; there are "
                + Self.list(beside.map { $0.debugDescription }))
    }

    private static func list(_ names: [String]) -> String {
        let shown = names.prefix(6).joined(separator: ", ")
        return names.isEmpty
            ? "none" : names.count > 6 ? "\(shown) and \(names.count - 6) more" : shown
    }
}
