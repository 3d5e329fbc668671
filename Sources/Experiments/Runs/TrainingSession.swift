public import ArrayCollections
private import Decoding
private import Digests
package import Distribution
public import Documents
public import EMGArchive
private import EMGEpisodes
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
    package let collection: LearningCollection
    /// Where its tasks come from.
    private let source: any EpisodeSource
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
            folder, on: .recordings(collection), configuration: configuration, kinds: kinds,
            ranks: RankGroup())
    }

    /// Begins a run on labeled arrays; as for recordings.
    ///
    /// - Throws: `ArrayError` when the settings do not fit the collection, and what is thrown for
    ///   recordings.
    public static func begin(
        _ folder: URL, on collection: ArrayCollection, configuration: TrainingConfiguration,
        kinds: Kinds = Kinds()
    ) throws -> TrainingSession {
        try begin(
            folder, on: .arrays(collection), configuration: configuration, kinds: kinds,
            ranks: RankGroup())
    }

    /// Begins a run that other processes take part in; see ``SharedTraining``.
    package static func begin(
        _ folder: URL, on collection: LearningCollection, configuration: TrainingConfiguration,
        kinds: Kinds, ranks: RankGroup
    ) throws -> TrainingSession {
        let (trainer, tasks) = try trainer(on: collection, configuration, ranks: ranks)
        var environment = RunEnvironment.versions
        environment["collection_path"] =
            collection.manifestURL.absoluteURL.standardizedFileURL.path(percentEncoded: false)
        environment["manifest_sha256"] = try digest(of: collection)
        environment["seed"] = "\(configuration.seed)"
        let run = try TrainingRun.create(
            folder, configuration: configuration, threads: trainer.threads,
            provenance: [
                "software": SoftwareVersion.text,
                "collection": collection.name,
                "collection_sha256": collection.contentsSHA256,
            ], environment: environment, input: tasks.input)
        var session = TrainingSession(
            run: run, trainer: trainer, collection: collection, source: tasks.source, kinds: kinds,
            lock: try lock(folder))
        session.advice = try tasks.advice()
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
        try resume(
            folder, on: .recordings(collection), threads: threads, kinds: kinds,
            ranks: RankGroup())
    }

    /// Takes up a run on labeled arrays; as for recordings.
    ///
    /// - Throws: What is thrown for recordings.
    public static func resume(
        _ folder: URL, on collection: ArrayCollection, threads: Int? = nil,
        kinds: Kinds = Kinds()
    ) throws -> TrainingSession {
        try resume(
            folder, on: .arrays(collection), threads: threads, kinds: kinds, ranks: RankGroup())
    }

    /// Takes up a run that other processes take part in; see ``SharedTraining``.
    package static func resume(
        _ folder: URL, on collection: LearningCollection, threads: Int?, kinds: Kinds,
        ranks: RankGroup
    ) throws -> TrainingSession {
        let run = try TrainingRun.resume(folder)
        let path = folder.path(percentEncoded: false)
        let lock = try lock(folder)
        // What the process left that was stopped.
        try StaleFiles.sweep(in: folder)
        var isSame = run.provenance["collection_sha256"] == collection.contentsSHA256
        if let digest = run.environment["manifest_sha256"] {
            isSame = try isSame && digest == Self.digest(of: collection)
        }
        guard isSame else {
            if case .recordings(let file) = collection, let input = try RunInput.read(in: folder) {
                let differences = input.differences(from: InputDescription(file.manifest))
                if !differences.isEmpty { throw InputError(.differs(differences), at: path) }
            }
            throw MetaLearningError(
                .incompatible(
                    expected: "collection \(collection.name) as it is now",
                    found: "collection \(run.provenance["collection"] ?? "unknown")"),
                at: path, hint: "resume a run with the collection it was begun with")
        }
        var configuration = try run.configuration(kinds: kinds)
        configuration.threads = threads ?? configuration.threads
        let (trainer, tasks) = try trainer(on: collection, configuration, ranks: ranks)
        return TrainingSession(
            run: run, trainer: trainer, collection: collection, source: tasks.source, kinds: kinds,
            lock: lock)
    }

    /// What trains on a collection, the same on every rank.
    static func trainer(
        on collection: LearningCollection, _ configuration: TrainingConfiguration,
        ranks: RankGroup
    ) throws -> (Trainer, LearningTasks) {
        let tasks = try collection.tasks(by: configuration)
        let trainer = try Trainer(
            source: tasks.source, configuration: configuration, classifiers: tasks.classifiers,
            ranks: ranks)
        return (trainer, tasks)
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
        let (folder, collection, source, kinds) = (run.folder, collection, source, kinds)
        let recorder = RunRecorder(in: folder, stop: stop) { result in
            try collection.testFiles(
                result.columns, fineTuning: result.fineTuning, supportSizes: result.supportSizes,
                source: source)?.write(to: folder)
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
        of folder: URL, on collection: LearningCollection, kinds: Kinds
    ) throws {
        guard case .recordings(let file) = collection else {
            return try RunLog(in: folder).append(
                "no decoder is made: decoders decide about recordings, and these are arrays")
        }
        do {
            for missing in try RunDecoders(of: folder, on: file, kinds: kinds).write() {
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
    static func digest(of collection: LearningCollection) throws -> String {
        SHA256.digest(of: [UInt8](try Data(contentsOf: collection.manifestURL)))
    }
}
