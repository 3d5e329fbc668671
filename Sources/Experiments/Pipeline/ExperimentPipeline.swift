private import Documents
private import EMGArchive
private import Files
package import Foundation
internal import MetaLearning
private import PrintableText
package import Sharding

/// Goes the whole way of an experiment: converts, filters, builds, trains and reports. A step
/// whose inputs, settings and result are as they were is left alone.
///
/// The work folder has
///
///     archive/                  the recordings
///     conditioned/              the same after filtering
///     collection/               the collection, or those of a design
///     runs/ID-TEXT/             a run for each combination of values and collection
///     runs/sweep.csv, sweep.md  what came of them
///     report/report.html        when the experiment asks for a report
///     state.json, digests.json  what was done with what
///
/// Where settings of `filter` or `build` vary, their folders have a short digest behind the name.
package struct ExperimentPipeline: Sendable {
    /// Makes the report of finished runs.
    ///
    /// - Parameters:
    ///   - runs: The folders of the runs.
    ///   - title: The experiment's title for it; empty for none.
    ///   - output: The HTML file.
    package typealias Reporting =
        @Sendable (_ runs: [URL], _ title: String, _ output: URL) throws -> Void

    /// The steps that are done, and what varies between runs.
    package let experiment: Experiment
    /// Where and how.
    package let place: PipelineWorkspace
    /// Which part of the runs is done here.
    package let shard: Shard
    let reporting: Reporting?

    /// Creates a pipeline.
    ///
    /// - Parameters:
    ///   - experiment: What is done.
    ///   - place: Where and how.
    ///   - shard: Which part of the runs is done here; every part prepares the data, one at a
    ///     time.
    ///   - reporting: Makes the report; `nil` for none.
    package init(
        _ experiment: Experiment, in place: PipelineWorkspace, shard: Shard = .whole,
        reporting: Reporting? = nil
    ) {
        self.experiment = experiment
        self.place = place
        self.shard = shard
        self.reporting = reporting
    }

    /// The combinations of values, with the data steps and the training of each.
    struct Combination {
        let values: [String]
        let data: DataVariant
        let training: TrainingConfiguration
    }

    func combinations() throws -> [Combination] {
        try SweepAxis.combinations(of: experiment.axes).map { place in
            let parts = try experiment.parts(at: place)
            guard let train = parts["train"] else {
                preconditionFailure("an experiment has a training")
            }
            return Combination(
                values: zip(experiment.axes, place).map { $0.values[$1].briefText },
                data: try DataVariant(experiment, parts: parts, place: self.place),
                training: try TrainingConfiguration(train.cursor))
        }
    }

    /// The data steps of all combinations, each once, in the order in which they are done.
    func dataSteps(_ combinations: [Combination]) -> [DataStep] {
        var seen: Set<String> = []
        return combinations.flatMap(\.data.steps).filter { seen.insert($0.name).inserted }
    }

    /// A run to be made.
    struct PlannedRun {
        let manifest: URL
        let training: TrainingConfiguration
    }

    func runs(_ combinations: [Combination]) throws -> (list: SweepList, runs: [PlannedRun]) {
        let isDesign = combinations.contains { $0.data.isDesign }
        let keys = (isDesign ? ["collection"] : []) + experiment.axes.map(\.path.description)
        var digests: [URL: String] = [:]
        var (points, runs): ([SweepPoint], [PlannedRun]) = ([], [])
        for combination in combinations {
            for manifest in try combination.data.manifests() {
                let digest =
                    try digests[manifest]
                    ?? TrainingSession.digest(
                        of: .recordings(CollectionFile.open(manifest, kinds: place.kinds)))
                digests[manifest] = digest
                let name = manifest.deletingPathExtension().lastPathComponent
                points.append(
                    SweepPoint(
                        identity: "\(combination.training.identity)\n\(digest)", keys: keys,
                        values: (isDesign ? [name] : []) + combination.values))
                runs.append(PlannedRun(manifest: manifest, training: combination.training))
            }
        }
        return (try SweepList(keys: keys, points: points), runs)
    }

    /// The runs of an experiment, and how many recordings and runs failed.
    package struct Outcome: Sendable {
        /// The table of all runs, with their states and accuracies.
        package let table: SweepTable
        /// How many recordings could not be used, this time or when the step was done.
        package let refusedCount: Int
        /// How many runs failed.
        package let failedCount: Int
        /// The report; `nil` when there is none.
        package let report: URL?
        /// The leaderboard of a benchmark; `nil` when the experiment is none.
        package let leaderboard: URL?
    }

    /// Does what is not done yet.
    ///
    /// - Parameters:
    ///   - show: Called as things happen.
    ///   - whileTraining: Calls its argument with a flag that stops the training.
    /// - Returns: What came of it.
    /// - Throws: `TrainingStop` when it was stopped, or what a step throws.
    package func run(
        show: @escaping @Sendable (PipelineEvent) -> Void,
        whileTraining: ((StopFlag) throws -> SweepTable) throws -> SweepTable = {
            try $0(StopFlag())
        }
    ) throws -> Outcome {
        let combinations = try combinations()
        let refused = try prepare(combinations, show)
        if combinations.contains(where: \.data.isBenchmark) {
            let folder = place.folder.appending(path: "benchmark", directoryHint: .isDirectory)
            return Outcome(
                table: try SweepTable.read(SweepList(keys: [], points: []), in: []),
                refusedCount: refused, failedCount: 0,
                report: folder.appending(path: "report.html"),
                leaderboard: folder.appending(path: "leaderboard.md"))
        }
        let (list, runs) = try runs(combinations)
        let failures = FailureCount()
        let runner = SweepRunner(list, in: place.runs, shard: shard)
        let table = try whileTraining { stop in
            try runner.run(
                stop: stop,
                show: { event in
                    if case .failed = event { failures.add() }
                    show(.run(event))
                },
                session: { index, folder, isResumed in
                    let collection = try CollectionFile.open(
                        runs[index].manifest, kinds: place.kinds)
                    var training = runs[index].training
                    training.threads = training.threads ?? place.threads
                    guard !isResumed else {
                        return try TrainingSession.resume(
                            folder, on: collection, threads: training.threads,
                            kinds: place.kinds)
                    }
                    let session = try TrainingSession.begin(
                        folder, on: collection, configuration: training, kinds: place.kinds)
                    if let advice = session.advice { show(.warning(advice)) }
                    return session
                })
        }
        return Outcome(
            table: table, refusedCount: refused, failedCount: failures.value,
            report: try report(on: list, table, show), leaderboard: nil)
    }

    /// How many combinations of values there are.
    ///
    /// - Throws: An error when a combination is not possible.
    package func combinationCount() throws -> Int { try combinations().count }

    /// Prepares the data and stops before the first run.
    ///
    /// - Parameter show: Called as things happen.
    /// - Returns: How many recordings could not be used.
    /// - Throws: What a step throws.
    package func prepareData(
        show: @escaping @Sendable (PipelineEvent) -> Void
    ) throws -> Int { try prepare(combinations(), show) }

    /// Prepares the data; only one process does so at a time.
    ///
    /// - Returns: How many recordings could not be used.
    private func prepare(
        _ combinations: [Combination], _ show: @escaping @Sendable (PipelineEvent) -> Void
    ) throws -> Int {
        try Folder.make(place.folder)
        var lock = try ExclusiveLock(of: place.folder)
        if lock == nil {
            show(.waiting)
            lock = try ExclusiveLock(waitingFor: place.folder)
        }
        defer { withExtendedLifetime(lock) {} }
        var state = try PipelineState.read(in: place.folder)
        var digests = FileDigests.read(storedAt: digestFile)
        var refused = 0
        for step in dataSteps(combinations) {
            switch try step.standing(state, &digests) {
            case .upToDate(let record):
                show(.upToDate(step: label(step)))
                for reason in record.refused { show(.refused(reason)) }
                refused += record.refused.count
            case .due(let why):
                show(.started(step: label(step), why: why))
                refused += try step.run(&state, &digests, show: show).refused.count
            }
            try digests.save()
        }
        return refused
    }

    var digestFile: URL {
        place.folder.appending(path: "digests.json", directoryHint: .notDirectory)
    }

    func label(_ step: DataStep) -> String {
        step.name.contains("-") ? "\(step.verb) \(step.name)" : step.verb
    }
}
