package import Decoding
private import Digests
package import Documents
package import EMGArchive
private import EMGEpisodes
package import Foundation
package import MetaLearning

/// The decoders of a training run: of its meta-trained model and of each baseline that was trained.
package struct RunDecoders: Sendable {
    /// Where they lie in the run's folder.
    package static let folderName = "decoders"

    let record: RunRecord
    let template: BundleTemplate
    let collection: CollectionFile
    /// Whether channels are a ring, for a prior; `nil` when nobody says it.
    let isRing: Bool?
    private let kinds: Kinds

    /// Prepares the decoders.
    ///
    /// - Parameters:
    ///   - folder: The run's folder.
    ///   - collection: The collection that it was trained on.
    ///   - conditioning: How the causal form of the recordings' conditioning is come by.
    ///   - isRing: Whether channels are a ring of electrodes that a prior may turn; `nil` for what the
    ///     run's configuration says, or training people.
    ///   - kinds: The stages and models that packages outside have added.
    /// - Throws: `DecodingError` for a collection that no decoder can be made of, `DocumentError`
    ///   for a run that cannot be read.
    package init(
        of folder: URL, on collection: CollectionFile,
        conditioning: BundleTemplate.Conditioning = .recorded, isRing: Bool? = nil,
        kinds: Kinds = Kinds()
    ) throws {
        self.isRing = isRing
        record = try RunRecord.read(folder)
        self.collection = collection
        template = try BundleTemplate(
            collection.manifest, conditioning: conditioning, kinds: kinds)
        self.kinds = kinds
    }

    /// A method's checkpoint in a run's folder.
    private static func checkpoint(of method: Method, in folder: URL) -> URL {
        let name = method == .meta ? "best" : method.rawValue
        return folder.appending(path: "checkpoints/\(name).safetensors")
    }

    /// The methods that a decoder can be made of.
    package var methods: [Method] {
        [Method.meta, .pretrained, .random].filter {
            FileManager.default.fileExists(
                atPath: Self.checkpoint(of: $0, in: record.folder).path(percentEncoded: false))
        } + [.lda, .prior]
    }

    /// The decoder of a method.
    ///
    /// - Parameter method: One of ``methods``.
    /// - Returns: The decoder.
    /// - Throws: `MetaLearningError` for a checkpoint that cannot be read, `DecodingError` for a
    ///   model that no decoder can be made of, and for a prior of too few people.
    package func bundle(of method: Method) throws -> DecoderBundle {
        try bundle(of: method, tasks: try trainingTasks())
    }

    /// The decoder of a method, with the reference from training people.
    private func bundle(of method: Method, tasks: [RecordedTask]) throws -> DecoderBundle {
        var bundle =
            switch method {
            case .lda: try discriminant(DiscriminantKind(), of: tasks)
            case .prior: try prior(tasks)
            default:
                try bundleWithoutReference(
                    of: Self.checkpoint(of: method, in: record.folder), method: method)
            }
        bundle.reference = reference(tasks)
        return bundle
    }

    /// What training people's classes look like.
    func reference(_ tasks: [RecordedTask]) -> ClassReference {
        ClassReference(
            of: tasks.map { ($0.amplitudes, $0.labels) }, channels: template.form.channelCount,
            classCount: template.form.classCount)
    }

    /// What decoders are fitted to of a task.
    struct RecordedTask {
        /// Whose it is.
        let patient: String
        /// The mean amplitudes of the windows of support and query, `[windows × channels]`.
        let amplitudes: [Double]
        /// Their classes.
        let labels: [UInt8]
        /// The windows as repetitions.
        let session: PriorPerson.Session
    }

    /// All training tasks, whose tensors are read for it.
    func trainingTasks() throws -> [RecordedTask] {
        let tasks = try tasks(in: .train)
        guard !tasks.isEmpty else {
            throw MetaLearningError(
                .emptySplit(.train), at: collection.manifest.name,
                hint: "build the collection with training tasks")
        }
        return tasks
    }

    /// The tasks of a split.
    func tasks(in split: EpisodeSplit) throws -> [RecordedTask] {
        let source = try CollectionEpisodes(collection)
        let manifest = collection.manifest
        let amplitudes = WindowAmplitudes(manifest)
        let patients = manifest.patients
        return try source.ids(in: split).map { id in
            let task = try source.episode(id)
            func repetitions(
                _ windows: WindowSet, keepsAll: Bool = false
            ) -> [ChannelRepetition] {
                windows.channelRepetitions(
                    keepsAll: keepsAll, stride: manifest.window.stride,
                    givingBack: windows.scaling)
            }
            return RecordedTask(
                patient: patients[id] ?? id,
                amplitudes: amplitudes.rows(of: task.support, in: id)
                    + amplitudes.rows(of: task.query, in: id),
                labels: task.support.labels + task.query.labels,
                session: PriorPerson.Session(
                    support: repetitions(task.support),
                    // What is only decided about is decided about as by other methods.
                    query: repetitions(task.query, keepsAll: split == .test)))
        }
    }

    /// All training tasks as a closed-form head sees them that is fitted to them; none for others.
    private func people(for network: any Network) throws -> [TaskSamples<Float>] {
        guard let headed = network as? HeadedNetwork, !headed.head.decidesWithoutSupport else {
            return []
        }
        let tasks = try CollectionEpisodes(collection)
        return try tasks.ids(in: .train).map { id in
            try TaskSamples(try tasks.episode(id), for: headed)
        }
    }

    /// The decoder of a checkpoint.
    ///
    /// - Parameters:
    ///   - url: A checkpoint of the run.
    ///   - method: What it is of.
    /// - Returns: The decoder.
    /// - Throws: As above.
    package func bundle(of url: URL, method: Method) throws -> DecoderBundle {
        var bundle = try bundleWithoutReference(of: url, method: method)
        bundle.reference = reference(try trainingTasks())
        return bundle
    }

    private func bundleWithoutReference(of url: URL, method: Method) throws -> DecoderBundle {
        let name = url.path(percentEncoded: false)
        let checkpoint = try ModelCheckpoint(contentsOf: url, kinds: kinds)
        var origin = BundleOrigin()
        origin.method = method.rawValue
        origin.checkpointSHA256 = SHA256.digest(of: [UInt8](try Data(contentsOf: url)))
        let head = checkpoint.learner.map { ", \($0.name)" } ?? ""
        let card = ModelCard(
            template, title: "\(method.title) \(checkpoint.model.name)\(head)",
            scores: [
                score(of: method, isFineTuned: method.isFineTuned && checkpoint.learner == nil),
                score(of: .lda, isFineTuned: false),
            ].compactMap(\.self))
        var bundle = try template.bundle(
            of: checkpoint, at: name, origin: origin, card: card.text,
            people: try people(for: checkpoint.network))
        bundle.adaptation = try adaptation(of: checkpoint, at: url, method: method)
        return bundle
    }

    /// How a checkpoint of the run is adapted to a person, with the rates that were learned with it.
    private func adaptation(
        of checkpoint: ModelCheckpoint, at url: URL, method: Method
    ) throws -> SupportAdaptation? {
        let file = CheckpointFile(url: url)
        // A closed-form head says it itself.
        guard checkpoint.learner == nil, let configuration = try file.configuration(kinds: kinds)
        else { return nil }
        let rates = try configuration.rateLayout(of: checkpoint.network.parameters).flatMap {
            try file.learnedRates(of: checkpoint, as: $0)
        }
        return SupportAdaptation(configuration, of: method, rates: rates ?? [])
    }

    /// Writes the decoders of all methods into the run's folder.
    ///
    /// - Returns: Why there is none of a method that needs more people than the collection has.
    /// - Throws: As above, or when a file cannot be written.
    package func write() throws -> [DecodingError] {
        let tasks = try trainingTasks()
        var missing: [DecodingError] = []
        for method in methods {
            let url = record.folder.appending(
                path:
                    "\(Self.folderName)/\(method.rawValue).\(DecoderBundle.fileExtension)")
            let bundle: DecoderBundle
            do {
                bundle = try self.bundle(of: method, tasks: tasks)
            } catch let error as DecodingError where method == .prior {
                missing.append(error)
                continue
            }
            try bundle.write(to: url)
        }
        return missing
    }

    /// The accuracies that training found of a method; `nil` when there are none.
    func score(of method: Method, isFineTuned: Bool) -> ModelCard.Score? {
        var table = PersonTable()
        for (task, accuracies) in record.results {
            for accuracy in accuracies where accuracy.method == method {
                table.add(
                    accuracy.value,
                    of: PersonTable.Key(person: record.person(of: task), task: task))
            }
        }
        guard !table.people.isEmpty else { return nil }
        return ModelCard.Score(
            method.title, people: table.people,
            protocolText: isFineTuned
                ? "after fine-tuning on each task's support" : "fitted on each task's support")
    }
}
