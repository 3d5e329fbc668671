private import Decoding
private import Digests
package import Distribution
public import Documents
public import EMGArchive
internal import EMGEpisodes
private import EMGSignal
private import ErrorReports
private import Figures
private import Files
public import Foundation
public import MetaLearning

/// A training run from its folder to its table: a new one, or one that was stopped.
///
/// ```swift
/// let collection = try CollectionFile.open(URL(filePath: "study.json"))
/// let session = try TrainingSession.begin(
///     URL(filePath: "run"), on: collection, configuration: TrainingConfiguration())
/// let result = try session.train()
/// ```
///
/// The folder has what ``TrainingRun`` keeps and besides `log.txt`, `tensorboard/` and `figures/`.
public struct TrainingSession: Sendable {
    /// The run's folder.
    public let run: TrainingRun
    /// What trains.
    public let trainer: Trainer
    /// The collection that is trained on.
    public let collection: CollectionFile
    /// What should be known of the model on this signal; `nil` for nothing.
    package var advice: String?
    /// The kinds that packages outside have added.
    private let kinds: Kinds

    private let lock: ExclusiveLock

    /// Begins a run.
    ///
    /// - Parameters:
    ///   - folder: The run's folder, which must not be there.
    ///   - collection: What is trained on.
    ///   - configuration: The settings.
    ///   - kinds: The kinds that packages outside have added.
    /// - Returns: The session, of which nothing is trained yet.
    /// - Throws: `MetaLearningError` when the collection does not fit or the folder cannot be
    ///   made; nothing is left behind then.
    public static func begin(
        _ folder: URL, on collection: CollectionFile, configuration: TrainingConfiguration,
        kinds: Kinds = Kinds()
    ) throws -> TrainingSession {
        try begin(
            folder, on: collection, configuration: configuration, kinds: kinds, ranks: RankGroup())
    }

    /// Begins a run that other processes take part in; see ``SharedTraining``.
    package static func begin(
        _ folder: URL, on collection: CollectionFile, configuration: TrainingConfiguration,
        kinds: Kinds, ranks: RankGroup
    ) throws -> TrainingSession {
        let (trainer, source) = try trainer(on: collection, configuration, ranks: ranks)
        var environment = RunEnvironment.versions
        environment["collection_path"] =
            collection.manifestURL.absoluteURL.standardizedFileURL.path(percentEncoded: false)
        environment["manifest_sha256"] = try digest(of: collection)
        environment["seed"] = "\(configuration.seed)"
        let run = try TrainingRun.create(
            folder, configuration: configuration, threads: trainer.threads,
            provenance: [
                "software": SoftwareVersion.text,
                "collection": collection.manifest.name,
                "collection_sha256": collection.manifest.tensors.sha256,
            ], environment: environment, input: source.input.prettyJSON)
        var session = TrainingSession(
            run: run, trainer: trainer, collection: collection, kinds: kinds,
            lock: try lock(folder))
        session.advice =
            try RepresentationAdvice(configuration, on: source, of: collection.manifest).text
        return session
    }

    /// Takes up a run that was stopped, with its own configuration.
    ///
    /// - Parameters:
    ///   - folder: The run's folder.
    ///   - collection: The collection that it was begun with.
    ///   - threads: Threads to use in place of the configured ones.
    ///   - kinds: The kinds that packages outside have added.
    /// - Returns: The session, which goes on from the last checkpoint.
    /// - Throws: `MetaLearningError` when there is no run, another process works on it, or the
    ///   collection is another one; `InputError` when that gives another input, with what differs.
    public static func resume(
        _ folder: URL, on collection: CollectionFile, threads: Int? = nil,
        kinds: Kinds = Kinds()
    ) throws -> TrainingSession {
        try resume(folder, on: collection, threads: threads, kinds: kinds, ranks: RankGroup())
    }

    /// Takes up a run that other processes take part in; see ``SharedTraining``.
    package static func resume(
        _ folder: URL, on collection: CollectionFile, threads: Int?, kinds: Kinds,
        ranks: RankGroup
    ) throws -> TrainingSession {
        let run = try TrainingRun.resume(folder)
        let path = folder.path(percentEncoded: false)
        let lock = try lock(folder)
        // What the process left that was stopped.
        try StaleFiles.sweep(in: folder)
        var isSame = run.provenance["collection_sha256"] == collection.manifest.tensors.sha256
        if let digest = run.environment["manifest_sha256"] {
            isSame = try isSame && digest == Self.digest(of: collection)
        }
        guard isSame else {
            if let input = try RunInput.read(in: folder) {
                let differences = input.differences(from: InputDescription(collection.manifest))
                if !differences.isEmpty { throw InputError(.differs(differences), at: path) }
            }
            throw MetaLearningError(
                .incompatible(
                    expected: "collection \(collection.manifest.name) as it is now",
                    found: "collection \(run.provenance["collection"] ?? "unknown")"),
                at: path, hint: "resume a run with the collection it was begun with")
        }
        var configuration = try run.configuration(kinds: kinds)
        configuration.threads = threads ?? configuration.threads
        let (trainer, _) = try trainer(on: collection, configuration, ranks: ranks)
        return TrainingSession(
            run: run, trainer: trainer, collection: collection, kinds: kinds, lock: lock)
    }

    /// What trains on a collection, the same on every rank.
    static func trainer(
        on collection: CollectionFile, _ configuration: TrainingConfiguration, ranks: RankGroup
    ) throws -> (Trainer, CollectionEpisodes) {
        let source = try CollectionEpisodes(collection, memoryBudget: configuration.taskMemory)
        let trainer = try Trainer(
            source: FewShotEpisodes.drawing(from: source, by: configuration),
            configuration: configuration,
            classifiers: configuration.classifiers(for: collection.manifest, tasks: source),
            ranks: ranks)
        return (trainer, source)
    }

    /// Trains, from where the run is to its end.
    ///
    /// - Parameters:
    ///   - stop: Asks the training to stop after the step it is at.
    ///   - progress: Called as things happen, from the calling thread.
    /// - Returns: The result, which the folder has, too.
    /// - Throws: `TrainingStop` when it stopped; `MetaLearningError` and others when something
    ///   went wrong. What is saved then can be resumed.
    public func train(
        stop: StopFlag = StopFlag(), progress: @Sendable (TrainingEvent) -> Void = { _ in }
    ) throws -> TrainingResult {
        let (folder, collection, kinds) = (run.folder, collection, kinds)
        let recorder = RunRecorder(in: folder, stop: stop) { result in
            try TestFiles.evaluate(result, collection: collection)?.write(to: folder)
            try Self.writeDecoders(of: folder, on: collection, kinds: kinds)
            return result.isRegression
                ? RunFigures(regression: result) : RunFigures(try Report.read([folder]))
        }
        do {
            return try trainer.train(into: run, observer: recorder, progress: progress)
        } catch {
            // The log may be what cannot be written.
            try? recorder.note("\(error)")
            throw error
        }
    }

    /// Writes the run's decoders; what has none says why in the log.
    private static func writeDecoders(
        of folder: URL, on collection: CollectionFile, kinds: Kinds
    ) throws {
        do {
            for missing in try RunDecoders(of: folder, on: collection, kinds: kinds).write() {
                try RunLog(in: folder).append("a decoder is not made: \(missing)")
            }
        } catch let error as DecodingError where error.machineFault == nil {
            try RunLog(in: folder).append("no decoder is made: \(error)")
        }
    }

    /// Keeps other processes from working on a run.
    private static func lock(_ folder: URL) throws -> ExclusiveLock {
        guard let lock = try ExclusiveLock(of: folder) else {
            throw MetaLearningError(
                .inputOutput(reason: "another process works on this run"),
                at: folder.path(percentEncoded: false), hint: "wait for it, or stop it")
        }
        return lock
    }

    /// The SHA-256 of a collection's manifest, which names those of its tensors.
    static func digest(of collection: CollectionFile) throws -> String {
        SHA256.digest(of: [UInt8](try Data(contentsOf: collection.manifestURL)))
    }
}
