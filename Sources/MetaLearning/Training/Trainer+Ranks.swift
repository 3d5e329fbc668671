internal import Distribution

extension Trainer {
    /// What the tasks of a step gave, and which rank worked on which.
    struct SharedOutcomes {
        let division: TaskDivision
        /// In the tasks' order; those of other ranks have no gradients.
        let outcomes: [AdaptationOutcome<Float>]
    }

    /// Adapts to tasks: each rank to its own.
    ///
    /// - Parameters:
    ///   - ids: The tasks.
    ///   - goal: What is wanted of each.
    ///   - parameters: The parameters that each starts from.
    ///   - round: The meta-step.
    ///   - variation: How windows are varied.
    /// - Returns: What the tasks gave.
    /// - Throws: ``MetaLearningError``, what the source throws, or `DistributionError`.
    func adapt(
        _ ids: [String], goal: AdaptationGoal, from parameters: [Float], round: UInt64 = 0,
        varied variation: (any WindowVariation)? = nil
    ) throws -> SharedOutcomes {
        let division = division(of: ids, goal: goal)
        let outcomes = try sharing.values(
            of: division,
            work: { places in
                try adaptHere(
                    places.map { ids[$0] }, goal: goal, from: parameters, round: round,
                    varied: variation)
            }, write: { $0.write(to: &$1) }, read: AdaptationOutcome.init)
        return SharedOutcomes(division: division, outcomes: outcomes)
    }

    /// Which rank works on which tasks. Sequences stay together.
    func division(of ids: [String], goal: AdaptationGoal) -> TaskDivision {
        let costs = ranks.isAlone ? ids.map { _ in 1 } : ids.map(cost(of:))
        guard isSequence(goal) else {
            return TaskDivision(costs: costs, homes: ids.map(home(of:)), ranks: ranks.size)
        }
        let sequences = Minibatches(sampleCount: ids.count, size: learner.sequenceLength)
        let whole = TaskDivision(
            costs: (0..<sequences.count).map { costs[sequences[$0]].reduce(0, +) },
            ranks: ranks.size)
        return TaskDivision(places: whole.places.map { $0.flatMap { Array(sequences[$0]) } })
    }

    /// Tells the source which of the next step's tasks this rank will need.
    func prefetch(_ ids: [String], goal: AdaptationGoal) {
        guard !ids.isEmpty else { return }
        source.prefetch(division(of: ids, goal: goal).places[ranks.rank].map { ids[$0] })
    }

    /// Adapts to tasks in this process.
    private func adaptHere(
        _ ids: [String], goal: AdaptationGoal, from parameters: [Float], round: UInt64,
        varied variation: (any WindowVariation)?
    ) throws -> [AdaptationOutcome<Float>] {
        let (source, network, seed) = (source, network, configuration.seed)
        let step = "meta-step \(round)"
        let load: @Sendable (Int) throws -> TaskSamples<Float> = { index in
            let episode =
                goal == .score
                ? try source.episode(ids[index])
                : try source.episode(ids[index], in: EpisodeRound(step))
            return try TaskSamples(episode, for: network).varied(
                by: variation, seed: seed, round: step)
        }
        if isSequence(goal) {
            return try pool.adaptSequences(
                count: ids.count, learner: learner, initial: parameters, round: round,
                seed: configuration.seed, load: load)
        }
        return try pool.adapt(
            count: ids.count, goal: goal, initial: parameters, round: round, load: load)
    }

    private func isSequence(_ goal: AdaptationGoal) -> Bool {
        learner.sequenceLength > 1 && goal == .firstOrderGradient
    }

    /// What a task costs, in windows that go through the model; known from its sizes.
    func cost(of id: String) -> Int {
        guard let counts = source.windowCounts(of: id) else { return 1 }
        let settings = pool.settings
        let batches = Minibatches(sampleCount: counts.support, size: settings.batchSize)
        return settings.stepCount(batches: batches.count)
            * min(settings.batchSize, counts.support) + counts.query
    }

    /// A number of a task that is the same in all steps.
    func home(of id: String) -> Int { homes[id] ?? 0 }

    /// Meets the other ranks between epochs: says what this one did, and which tasks need not be
    /// checked again on its machine.
    ///
    /// - Parameter parameters: What all ranks must have bit by bit alike.
    /// - Returns: What each rank's time went into; empty for a process by itself.
    /// - Throws: `DistributionError` when a rank has failed, or the parameters differ.
    func meet(with parameters: [Float]) throws(DistributionError) -> [RankReport] {
        guard !ranks.isAlone else { return [] }
        let checking = source as? any CheckedEpisodes
        var message = MessageWriter()
        ranks.takeTimes().write(to: &message)
        message.put(Self.mark(of: parameters))
        let checked = checking?.takeChecked() ?? []
        message.put(checked.count)
        for name in checked { message.put(name) }
        var reports: [RankReport] = []
        var marks: [Int] = []
        for (rank, bytes) in try ranks.gather(message.bytes).enumerated() {
            var reader = MessageReader(bytes)
            reports.append(
                RankReport(rank: rank, host: ranks.hosts[rank], try RankTimes(&reader)))
            marks.append(try reader.integer())
            var names: [String] = []
            for _ in 0..<(try reader.integer()) { names.append(try reader.text()) }
            if rank != ranks.rank, ranks.hosts[rank] == ranks.hosts[ranks.rank] {
                checking?.trust(names)
            }
        }
        guard let odd = marks.firstIndex(where: { $0 != marks[0] }) else { return reports }
        throw DistributionError(
            .outOfStep(
                expected: "the same parameters on all ranks",
                found: "others on rank \(odd) than on rank 0"),
            hint: "run the same build on processors that compute the same numbers")
    }

    /// A number that is another for other parameters (FNV-1a over their bits).
    private static func mark(of parameters: [Float]) -> Int {
        var mark: UInt64 = 0xcbf2_9ce4_8422_2325
        for value in parameters {
            mark = (mark ^ UInt64(value.bitPattern)) &* 0x100_0000_01b3
        }
        return Int(truncatingIfNeeded: mark)
    }

    /// Gives all ranks the state that training goes on from, which the first one may have read
    /// from a run's folder.
    func share(_ state: inout TrainingState) throws {
        guard !ranks.isAlone else { return }
        let own = state
        let bytes = try ranks.fromFirst {
            var message = MessageWriter()
            message.put(own.checkpoint(configuration: configuration.identity).bytes)
            message.put(own.reports.map { $0.json }.joined(separator: "\n"))
            return message.bytes
        }
        guard !ranks.isFirst else { return }
        var reader = MessageReader(bytes)
        try state.restore(
            from: Safetensors(bytes: try reader.byteArray(), name: "rank 0"), name: "rank 0",
            configuration: configuration.identity)
        state.reports = try EpochReport.lines(of: try reader.text(), name: "rank 0")
    }
}

extension TaskSharing {
    /// What pre-training gave, which the first rank does: its steps follow each other.
    ///
    /// - Parameter train: Trains; `nil` when it diverged. Called on the first rank alone.
    /// - Returns: The outcome, the same on all ranks.
    /// - Throws: What `train` throws, or `DistributionError` when another rank has failed.
    func pretraining(
        _ train: () throws -> Pretraining.Outcome?
    ) throws -> Pretraining.Outcome? {
        guard !ranks.isAlone else { return try train() }
        let bytes = try ranks.fromFirst {
            var message = MessageWriter()
            message.put(try train()) { message, outcome in
                message.put(outcome.parameters)
                message.put(outcome.gradientCount)
            }
            return message.bytes
        }
        var reader = MessageReader(bytes)
        return try reader.optional { (message) throws(DistributionError) in
            Pretraining.Outcome(
                parameters: try message.floats(), gradientCount: try message.integer())
        }
    }
}
