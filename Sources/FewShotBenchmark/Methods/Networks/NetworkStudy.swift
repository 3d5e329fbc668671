import MetaLearning

/// Training people, divided into those that a network learns from and those that choose.
struct NetworkStudy: Sendable {
    let learned: TrainingPeople
    let input: NetworkInput
    /// The problems of those that choose, as a network sees them.
    private let rehearsals: [Rehearsal]

    /// A problem of somebody who chooses.
    private struct Rehearsal: Sendable {
        let setting: Int
        let task: ArrayTask
        /// The classes of the query.
        let labels: [Int]
    }

    /// Divides people: a quarter chooses.
    init(_ people: TrainingPeople) {
        let fold = people.folds(4)[0]
        learned = fold.others
        let input = NetworkInput(fold.others)
        self.input = input
        rehearsals = fold.leftOut.flatMap { person in
            person.rehearsals.flatMap(\.self).enumerated().map { place, problem in
                let query = problem.query.every(4)
                return Rehearsal(
                    setting: problem.person.setting,
                    task: ArrayTask(
                        id: "\(person.name) \(place)",
                        support: input.part(problem.person.support), query: input.part(query)),
                    labels: query.labels)
            }
        }
    }

    /// What all trainings have in common.
    ///
    /// - Parameter seed: Where draws come from.
    /// - Returns: The options.
    func options(seed: UInt64) -> MAML.Options {
        var options = MAML.Options()
        options.classCount = learned.classCount
        options.windowLength = NetworkInput.featuresPerChannel
        options.innerSteps = 5
        options.selectsByAccuracy = true
        options.threads = 1
        options.seed = seed
        return options
    }

    /// The problems of those that choose.
    var validationTasks: [ArrayTask] { rehearsals.map(\.task) }

    /// A way to train, and how it is told.
    struct Candidate: Sendable {
        let turnsBand: Bool
        var rate: Double?

        fileprivate var choices: [MethodChoice] {
            (rate.map { [MethodChoice(name: "rate", value: "\($0)")] } ?? [])
                + [
                    MethodChoice(
                        name: "band in training", value: turnsBand ? "turned" : "as worn")
                ]
        }
    }

    /// Trains each candidate, and takes the one that is most often right on those that choose.
    ///
    /// - Parameters:
    ///   - candidates: At least one; of equally good ones the first is taken.
    ///   - stepCounts: Numbers of steps of adaptation among which is chosen for each setting.
    ///   - train: Trains a candidate.
    /// - Returns: The network with what was chosen.
    /// - Throws: What `train` or adaptation throws.
    func best(
        of candidates: [Candidate], stepCounts: [Int], train: (Candidate) throws -> MAML
    ) throws -> TrainedNetwork {
        var best: (accuracy: Double, network: TrainedNetwork)?
        for candidate in candidates {
            let trained = try train(candidate)
            let steps = try bestSteps(of: trained, among: stepCounts)
            let accuracy = steps.reduce(0) { $0 + $1.accuracy }
            guard accuracy > best?.accuracy ?? -1 else { continue }
            best = (
                accuracy,
                TrainedNetwork(
                    trained: trained, input: input, takesNewClasses: learned.ways != nil,
                    steps: steps.map(\.steps),
                    others: candidate.choices)
            )
        }
        guard let best else { preconditionFailure("one of the candidates is the best") }
        return best.network
    }

    /// All windows of each occasion of those that a network learns from.
    ///
    /// - Parameters:
    ///   - turns: By how many channels the band is turned, a task each.
    ///   - step: Every so many-th window is taken.
    /// - Returns: The tasks, with the same windows as support and query.
    func wholeTasks(turns: Range<Int>, step: Int) -> [ArrayTask] {
        learned.people.flatMap { person in
            person.occasions.enumerated().flatMap { place, occasion in
                turns.map { turn in
                    let part = input.part(occasion.every(step).turned(by: turn))
                    return ArrayTask(
                        id: "\(person.name) \(place) \(turn)", support: part, query: part)
                }
            }
        }
    }

    /// How many steps of adaptation fit those that choose best, by setting.
    ///
    /// - Parameters:
    ///   - trained: The network.
    ///   - candidates: Numbers of steps.
    /// - Returns: For each setting the steps, and the mean accuracy with them.
    /// - Throws: `MetaLearningError` when adaptation is impossible.
    private func bestSteps(
        of trained: MAML, among candidates: [Int]
    ) throws -> [(steps: Int, accuracy: Double)] {
        try (0..<learned.settingCount).map { setting in
            let own = rehearsals.filter { $0.setting == setting }
            var best = (steps: candidates[0], accuracy: -1.0)
            for steps in candidates {
                let sum = try own.reduce(0.0) { sum, rehearsal in
                    let decided = try trained.adapted(to: rehearsal.task.support, steps: steps)
                        .probabilities(of: rehearsal.task.query.inputs).map {
                            $0.prefix(learned.ways ?? $0.count).map(\.self)
                        }
                    return sum
                        + Double(zip(decided, rehearsal.labels).count { $0.likeliest == $1 })
                        / Double(max(1, rehearsal.labels.count))
                }
                let accuracy = own.isEmpty ? 0 : sum / Double(own.count)
                if accuracy > best.accuracy { best = (steps, accuracy) }
            }
            return best
        }
    }
}

/// A network that was trained, and what was chosen for it.
struct TrainedNetwork: LearnedMethod {
    let trained: MAML
    let input: NetworkInput
    /// Whether outputs stand for whatever the support shows; else for the classes of training people.
    let takesNewClasses: Bool
    /// Steps of adaptation, by setting.
    let steps: [Int]
    /// What else was chosen.
    let others: [MethodChoice]

    var choices: [MethodChoice] { others + [MethodChoice("steps", steps.map { "\($0)" })] }

    func adapted(to person: NewPerson) throws -> (any PersonDecoder)? {
        guard takesNewClasses || !person.hasNewClasses else { return nil }
        let steps = steps[person.setting]
        return NetworkDecoder(
            model: try trained.adapted(to: input.part(person.support), steps: steps),
            input: input, classCount: person.classCount, gradientCount: steps)
    }
}

/// A network after adaptation.
struct NetworkDecoder: PersonDecoder {
    let model: AdaptedModel
    let input: NetworkInput
    /// How many classes are decided about; a network that was trained on more has outputs left over.
    let classCount: Int
    let gradientCount: Int

    func probabilities(of windows: PersonWindows) throws -> [[Double]] {
        try model.probabilities(of: input.rows(windows)).map { row in
            guard row.count > classCount else { return row }
            let own = row.prefix(classCount)
            let sum = own.reduce(0, +)
            return own.map { sum > 0 ? $0 / sum : 1 / Double(classCount) }
        }
    }
}
