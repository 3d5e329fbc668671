package import ArrayCollections
package import Documents
package import EMGArchive
package import EMGEpisodes
private import ErrorReports
package import Foundation
package import MetaLearning

/// What can be trained on: tasks of recordings, or labeled arrays.
package enum LearningCollection: Sendable {
    /// Tasks of recordings.
    case recordings(CollectionFile)
    /// Classes of samples, or tasks of a regression.
    case arrays(ArrayCollection)

    /// Opens a collection of either kind, as its manifest says.
    ///
    /// - Parameters:
    ///   - url: The manifest, `NAME.json`; `NAME` will do where there is no such file.
    ///   - kinds: What packages outside have added to the kinds that the manifest may name.
    /// - Returns: The collection.
    /// - Throws: What opening either kind throws.
    package static func open(_ url: URL, kinds: Kinds = Kinds()) throws -> LearningCollection {
        try isOfArrays(url)
            ? .arrays(ArrayCollection.open(url))
            : .recordings(CollectionFile.open(url, kinds: kinds))
    }

    /// Whether a manifest is that of labeled arrays; what cannot be read is not.
    package static func isOfArrays(_ url: URL) -> Bool {
        let url = CollectionManifest.file(named: url)
        // Whoever opens it says why it cannot be read.
        guard let data = try? Data(contentsOf: url, options: .alwaysMapped) else { return false }
        let (own, other) = (
            Data("\"\(ArrayManifest.format)\"".utf8), Data("\"\(CollectionManifest.format)\"".utf8)
        )
        // That of recordings may be long, and is known by its beginning.
        let head = data.prefix(4_096)
        guard head.range(of: own) != nil || head.range(of: other) == nil,
            data.range(of: own) != nil,
            let document = try? Document(contentsOf: url)
        else { return false }
        return ArrayManifest.isOne(document)
    }

    /// Its name.
    package var name: String {
        switch self {
        case .recordings(let file): file.manifest.name
        case .arrays(let collection): collection.manifest.name
        }
    }

    /// The manifest's file.
    package var manifestURL: URL {
        switch self {
        case .recordings(let file): file.manifestURL
        case .arrays(let collection): collection.manifestURL
        }
    }

    /// The SHA-256 of the file beside the manifest.
    package var contentsSHA256: String {
        switch self {
        case .recordings(let file): file.manifest.tensors.sha256
        case .arrays(let collection): collection.manifest.file.sha256
        }
    }

    /// What is allowed in the manifest but probably not meant.
    package var warnings: [String] {
        switch self {
        case .recordings(let file): file.warnings.map(\.description)
        case .arrays: []
        }
    }

    /// What training needs of the collection.
    ///
    /// - Parameters:
    ///   - configuration: The settings.
    ///   - memoryBudget: Bytes of tasks that are kept in memory; as configured when left out.
    /// - Returns: The tasks, and what goes with them.
    /// - Throws: When the settings do not fit.
    package func tasks(
        by configuration: TrainingConfiguration, memoryBudget: Int? = nil
    ) throws -> LearningTasks {
        switch self {
        case .recordings(let file):
            let tasks = try CollectionEpisodes(
                file, memoryBudget: memoryBudget ?? configuration.taskMemory)
            return LearningTasks(
                source: try FewShotEpisodes.drawing(from: tasks, by: configuration),
                classifiers: try configuration.classifiers(for: file.manifest, tasks: tasks),
                input: tasks.input.prettyJSON,
                advice: {
                    try RepresentationAdvice(configuration, on: tasks, of: file.manifest).text
                })
        case .arrays(let collection):
            let source = try collection.episodes(by: configuration)
            guard configuration.baselines.prior == nil else {
                throw MetaLearningError(
                    .incompatible(expected: "people", found: "labeled arrays"),
                    at: "baselines.prior", hint: "a prior is of people's EMG: leave it out")
            }
            var classifiers: [any SupportClassifier] = []
            if !collection.manifest.isRegression, configuration.baselines.lda {
                if collection.manifest.sample.width <= RowDiscriminant.mostNumbers {
                    classifiers.append(RowDiscriminant())
                }
                classifiers.append(NearestMean())
            }
            let input = try source.inputDescription.map { try ArrayInput(json: $0).prettyJSON }
            return LearningTasks(
                source: source, classifiers: classifiers, input: input, advice: { nil })
        }
    }

    /// What testing leaves behind besides the table of accuracies; `nil` when nothing was
    /// distinguished.
    ///
    /// - Parameters:
    ///   - columns: Methods with their predictions, all on the same tasks.
    ///   - fineTuning: The same after numbers of steps.
    ///   - supportSizes: The same on parts of the supports.
    ///   - source: The tasks.
    ///   - seen: The tasks that the model had seen before.
    /// - Returns: What goes into the run's folder.
    /// - Throws: When a test task cannot be read.
    package func testFiles(
        _ columns: [TrainingResult.Column], fineTuning: [FineTuningTable] = [],
        supportSizes: [SupportSizeTable] = [], source: any EpisodeSource, seen: [SeenTask] = []
    ) throws -> TestFiles? {
        switch self {
        case .recordings(let file):
            try TestFiles.evaluate(
                columns, fineTuning: fineTuning, supportSizes: supportSizes, collection: file,
                seen: seen)
        case .arrays(let collection):
            try TestFiles.evaluate(
                columns, fineTuning: fineTuning, supportSizes: supportSizes, arrays: collection,
                source: source)
        }
    }
}

/// What training needs of a collection.
package struct LearningTasks: Sendable {
    /// Where tasks come from.
    package let source: any EpisodeSource
    /// What is compared on test tasks and is no model.
    package let classifiers: [any SupportClassifier]
    /// What the windows are, as JSON for people.
    package let input: String?
    /// Tells what is known beforehand of the model on these tasks; `nil` for nothing.
    package let advice: @Sendable () throws -> String?
}
