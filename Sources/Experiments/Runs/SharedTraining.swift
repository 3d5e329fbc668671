private import Autodiff
package import Distribution
package import Documents
package import MetaLearning

/// A training that several processes share.
///
/// The first rank checks the input, has the run's folder and tells of it; the others learn from it
/// what to do and work on their share of the tasks. Any error, or a wish to stop, on one rank ends
/// it on all.
package enum SharedTraining: Sendable {
    /// On the first rank: the run.
    case run(TrainingSession)
    /// On the others: what works on their share.
    case share(Trainer)

    /// Prepares a training on all ranks.
    ///
    /// - Parameters:
    ///   - ranks: The processes.
    ///   - threads: Threads of this rank; what the settings say, or its fair part of the machine,
    ///     when left out.
    ///   - kinds: The kinds that packages outside have added.
    ///   - open: Opens the collection: on the first rank before all others.
    ///   - session: Begins or resumes the run; called on the first rank alone.
    /// - Returns: What this rank does.
    /// - Throws: What `open` and `session` throw, or `DistributionError` when another rank has
    ///   failed or sees another collection.
    package static func prepare(
        on ranks: RankGroup, threads: Int?, kinds: Kinds, open: () throws -> LearningCollection,
        session: (LearningCollection) throws -> TrainingSession
    ) throws -> SharedTraining {
        var own: TrainingSession?
        let bytes = try ranks.fromFirst {
            let collection = try open()
            let session = try session(collection)
            own = session
            let configuration = session.trainer.configuration
            var message = MessageWriter()
            message.put(configuration.resolvedJSON(threads: session.trainer.threads))
            message.put(configuration.threads) { $0.put($1) }
            message.put(try TrainingSession.digest(of: collection))
            return message.bytes
        }
        var training: SharedTraining? = own.map { .run($0) }
        if training == nil {
            var message = MessageReader(bytes)
            let text = try message.text()
            let document = try Document(json: text.utf8, name: "the settings of rank 0")
            var configuration = try TrainingConfiguration(
                Document(name: document.name, root: document.root, kinds: kinds).cursor)
            let wanted = try message.optional { (message) throws(DistributionError) in
                try message.integer()
            }
            configuration.threads = threads ?? wanted
            let collection = try open()
            let (expected, found) = (
                try message.text(), try TrainingSession.digest(of: collection)
            )
            guard expected == found else {
                throw DistributionError(
                    .outOfStep(
                        expected: "the collection of rank 0 (SHA-256 \(expected.prefix(12)))",
                        found: "another one (\(found.prefix(12)))"),
                    hint: "give all machines the same collection at the same path")
            }
            training = .share(
                try TrainingSession.trainer(on: collection, configuration, ranks: ranks).0)
        }
        // Training begins when all are ready; who is not says so here.
        _ = try ranks.agree(onStop: false)
        guard let training else { preconditionFailure("the first rank has no session") }
        return training
    }
}

/// Lets a rank ask for a stop that has nothing to write.
package struct StopObserver: TrainingObserver {
    private let flag: StopFlag

    /// Watches a flag.
    package init(_ flag: StopFlag) {
        self.flag = flag
    }

    package var wantsStop: Bool { flag.isRaised }
    package func observe(_ event: TrainingEvent) {}
    package func observe(_ parameters: Parameters<Float>, after epoch: Int) {}
    package func observe(_ result: TrainingResult) {}
}
