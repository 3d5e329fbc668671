private import Documents
private import EMGArchive
private import Files
public import Foundation
internal import MetaLearning
private import PrintableText

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
public struct ExperimentPipeline: Sendable {
    /// Makes the report of finished runs.
    ///
    /// - Parameters:
    ///   - runs: The folders of the runs.
    ///   - title: The experiment's title for it; empty for none.
    ///   - output: The HTML file.
    public typealias Reporting =
        @Sendable (_ runs: [URL], _ title: String, _ output: URL) throws -> Void

    /// What is done.
    public let experiment: Experiment
    /// Where and how.
    public let place: PipelineWorkspace
    /// Which part of the runs is done here.
    public let shard: SweepShard
    private let reporting: Reporting?

    /// Creates a pipeline.
    ///
    /// - Parameters:
    ///   - experiment: What is done.
    ///   - place: Where and how.
    ///   - shard: Which part of the runs is done here; every part prepares the data, one at a
    ///     time.
    ///   - reporting: Makes the report; `nil` for none.
    public init(
        _ experiment: Experiment, in place: PipelineWorkspace, shard: SweepShard = .whole,
        reporting: Reporting? = nil
    ) {
        self.experiment = experiment
        self.place = place
        self.shard = shard
        self.reporting = reporting
    }

    /// The combinations of values, with the data steps and the training of each.
    private struct Combination {
        let values: [String]
        let data: DataVariant
        let training: TrainingConfiguration
    }

    private func combinations() throws -> [Combination] {
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
    private func dataSteps(_ combinations: [Combination]) -> [DataStep] {
        var seen: Set<String> = []
        return combinations.flatMap(\.data.steps).filter { seen.insert($0.name).inserted }
    }

    /// A run to be made.
    private struct PlannedRun {
        let manifest: URL
        let training: TrainingConfiguration
    }

    private func runs(_ combinations: [Combination]) throws -> (list: SweepList, runs: [PlannedRun])
    {
        let isDesign = combinations.contains { $0.data.isDesign }
        let keys = (isDesign ? ["collection"] : []) + experiment.axes.map(\.path.description)
        var digests: [URL: String] = [:]
        var (points, runs): ([SweepPoint], [PlannedRun]) = ([], [])
        for combination in combinations {
            for manifest in try combination.data.manifests() {
                let digest =
                    try digests[manifest]
                    ?? TrainingSession.digest(of: CollectionFile.open(manifest, kinds: place.kinds))
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

    // MARK: Doing

    /// What came of an experiment.
    public struct Outcome: Sendable {
        /// The runs.
        public let table: SweepTable
        /// How many recordings could not be used, this time or when the step was done.
        public let refusedCount: Int
        /// How many runs failed.
        public let failedCount: Int
        /// The report; `nil` when there is none.
        public let report: URL?
    }

    /// Does what is not done yet.
    ///
    /// - Parameters:
    ///   - show: Called as things happen.
    ///   - whileTraining: Calls its argument with a flag that stops the training.
    /// - Returns: What came of it.
    /// - Throws: `TrainingStop` when it was stopped, or what a step throws.
    public func run(
        show: @escaping @Sendable (PipelineEvent) -> Void,
        whileTraining: ((StopFlag) throws -> SweepTable) throws -> SweepTable = {
            try $0(StopFlag())
        }
    ) throws -> Outcome {
        let combinations = try combinations()
        let refused = try prepare(combinations, show)
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
                    return isResumed
                        ? try TrainingSession(
                            resuming: folder, on: collection, threads: training.threads,
                            kinds: place.kinds)
                        : try TrainingSession(
                            beginning: folder, on: collection, configuration: training)
                })
        }
        return Outcome(
            table: table, refusedCount: refused, failedCount: failures.value,
            report: try report(on: list, table, show))
    }

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
        var state = try PipelineState(in: place.folder)
        var digests = FileDigests(storedAt: digestFile)
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

    /// The making of the report; `nil` when none is asked for.
    private func reportStep(on list: SweepList) -> DataStep? {
        guard let settings = experiment.report, let reporting else { return nil }
        let folders = list.points.map {
            place.runs.appending(path: $0.folder, directoryHint: .isDirectory)
        }
        let title = settings.title.isEmpty ? experiment.name : settings.title
        return DataStep(
            name: "report", verb: "report", options: DataVariant.options(["title": title]),
            inputs: folders,
            output: place.folder.appending(path: "report", directoryHint: .isDirectory),
            isIncremental: false
        ) { target, show in
            try reporting(
                folders, title,
                target.appending(path: "report.html", directoryHint: .notDirectory))
            show(.done(step: "report", summary: "\(folders.count, of: "run")"))
            return []
        }
    }

    /// Makes the report once every run is finished.
    private func report(
        on list: SweepList, _ table: SweepTable, _ show: @escaping @Sendable (PipelineEvent) -> Void
    ) throws -> URL? {
        guard let step = reportStep(on: list) else { return nil }
        guard table.count(.finished) == list.points.count else {
            show(.warning("no report yet: not all runs are finished"))
            return nil
        }
        let lock = try ExclusiveLock(waitingFor: place.folder)
        defer { withExtendedLifetime(lock) {} }
        var state = try PipelineState(in: place.folder)
        var digests = FileDigests(storedAt: digestFile)
        switch try step.standing(state, &digests) {
        case .upToDate: show(.upToDate(step: "report"))
        case .due(let why):
            show(.started(step: "report", why: why))
            _ = try step.run(&state, &digests, show: show)
        }
        try digests.save()
        return step.output.appending(path: "report.html", directoryHint: .notDirectory)
    }

    // MARK: Planning

    /// What would be done, and why; nothing is written.
    ///
    /// - Returns: The steps in order.
    /// - Throws: What is wrong with the settings.
    public func plan() throws -> [PlannedStep] {
        let combinations = try combinations()
        let state = try PipelineState(in: place.folder)
        var digests = FileDigests(storedAt: digestFile)
        var steps: [PlannedStep] = []
        var isSettled = true
        for step in dataSteps(combinations) {
            switch try step.standing(state, &digests) {
            case .due(let why):
                steps.append(PlannedStep(step: label(step), action: .run, why: why))
                isSettled = false
            case .upToDate where !isSettled:
                steps.append(
                    PlannedStep(
                        step: label(step), action: .unknown,
                        why: "to do when a step before it gives something else than before"))
            case .upToDate:
                steps.append(
                    PlannedStep(
                        step: label(step), action: .skip,
                        why: "inputs, settings and result are as they were"))
            }
        }
        guard isSettled else {
            steps.append(
                PlannedStep(
                    step: "train", action: .unknown,
                    why: "runs on collections that stay the same are not done again"))
            return steps
        }
        let list = try runs(combinations).list
        for (index, point) in list.points.enumerated() where shard.contains(index) {
            let folder = place.runs.appending(path: point.folder, directoryHint: .isDirectory)
            let isThere = FileManager.default.fileExists(
                atPath: folder.path(percentEncoded: false))
            let (action, why): (PlannedStep.Action, String) =
                TrainingRun.isFinished(folder)
                ? (.skip, "the run of these settings on this collection is finished")
                : isThere ? (.resume, "the run was stopped") : (.run, "there is no such run yet")
            steps.append(PlannedStep(step: "train \(point.folder)", action: action, why: why))
        }
        guard let step = reportStep(on: list) else { return steps }
        let isComplete = list.points.allSatisfy {
            TrainingRun.isFinished(
                place.runs.appending(path: $0.folder, directoryHint: .isDirectory))
        }
        guard isComplete else {
            return steps + [
                PlannedStep(step: "report", action: .unknown, why: "when all runs are finished")
            ]
        }
        let (action, why): (PlannedStep.Action, String) =
            switch try step.standing(state, &digests) {
            case .upToDate: (.skip, "the runs and the title are as they were")
            case .due(let why): (.run, why)
            }
        return steps + [PlannedStep(step: "report", action: action, why: why)]
    }

    private var digestFile: URL {
        place.folder.appending(path: "digests.json", directoryHint: .notDirectory)
    }

    private func label(_ step: DataStep) -> String {
        step.name.contains("-") ? "\(step.verb) \(step.name)" : step.verb
    }
}
