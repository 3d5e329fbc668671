import MetaLearning

/// Training people, divided into those that a network learns from and those that choose.
struct NetworkStudy: Sendable {
    let learned: TrainingPeople
    let validation: [TrainingPeople.Person]
    let input: NetworkInput
    let settingCount: Int

    /// Divides people: a quarter chooses.
    init(_ people: TrainingPeople) {
        let fold = people.folds(4)[0]
        learned = fold.others
        validation = fold.leftOut
        input = NetworkInput(fold.others)
        settingCount = people.settingCount
    }

    /// The problems of those that choose, as tasks.
    var validationTasks: [ArrayTask] {
        validation.flatMap { person in
            person.rehearsals.flatMap(\.self).enumerated().map { place, problem in
                ArrayTask(
                    id: "\(person.name) \(place)", support: input.part(problem.person.support),
                    query: input.part(problem.query.every(4)))
            }
        }
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
    func bestSteps(
        of trained: MAML, among candidates: [Int]
    ) throws -> [(steps: Int, accuracy: Double)] {
        try (0..<settingCount).map { setting in
            var best = (steps: candidates[0], accuracy: -1.0)
            for steps in candidates {
                var (sum, count) = (0.0, 0)
                for problem in validation.flatMap({ $0.rehearsals[setting] }) {
                    let query = problem.query.every(4)
                    let decided = try trained.adapted(
                        to: input.part(problem.person.support), steps: steps
                    ).probabilities(of: input.rows(query))
                    sum +=
                        Double(zip(decided, query.labels).count { $0.likeliest == $1 })
                        / Double(max(1, query.count))
                    count += 1
                }
                let accuracy = count == 0 ? 0 : sum / Double(count)
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
    /// Steps of adaptation, by setting.
    let steps: [Int]
    /// What else was chosen.
    let others: [MethodChoice]

    var choices: [MethodChoice] { others + [MethodChoice("steps", steps.map { "\($0)" })] }

    func adapted(to person: NewPerson) throws -> (any PersonDecoder)? {
        // The network's outputs stand for the classes of training people.
        guard !person.hasNewClasses else { return nil }
        let steps = steps[person.setting]
        return NetworkDecoder(
            model: try trained.adapted(to: input.part(person.support), steps: steps),
            input: input, gradientCount: steps)
    }
}

/// A network after adaptation.
struct NetworkDecoder: PersonDecoder {
    let model: AdaptedModel
    let input: NetworkInput
    let gradientCount: Int

    func probabilities(of windows: PersonWindows) throws -> [[Double]] {
        try model.probabilities(of: input.rows(windows))
    }
}
