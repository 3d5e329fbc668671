import MetaLearning
import SeededRandom

/// Draws tasks from training people as the protocol would give them: another support of a person,
/// and the band turned, at every meta-step.
struct EpisodeDraw: Sendable {
    let people: TrainingPeople
    let input: NetworkInput
    /// What may be shown.
    let supports: [SupportSetting]
    /// Whether the band is turned by a drawn number of channels in each task.
    let turnsBand: Bool
    let seed: UInt64

    /// How many windows of each class the query has.
    private static var queryWindows: Int { 12 }

    /// The tasks of a meta-epoch.
    ///
    /// - Parameters:
    ///   - epoch: The number of the epoch.
    ///   - count: How many tasks.
    /// - Returns: The tasks.
    func tasks(epoch: Int, count: Int) -> [ArrayTask] {
        var generator = SeededGenerator(seed: seed, stream: "episodes \(epoch)")
        return (0..<count).map { place in
            let person = people.people[generator.integer(below: people.people.count)]
            let occasion = person.occasions[generator.integer(below: person.occasions.count)]
            let setting = supports[generator.integer(below: supports.count)]
            let turn = turnsBand ? generator.integer(below: people.channels) : 0
            return task(
                "\(epoch)/\(place)", of: occasion.turned(by: turn), setting, &generator)
        }
    }

    /// Tasks of drawn classes to begin with, each as if of a person of its own: where classes are
    /// numbered anew, several tasks of a person have nothing in common.
    var independentTasks: [ArrayTask] {
        tasks(epoch: 0, count: 8 * people.people.count).enumerated().map { place, task in
            ArrayTask(id: "episode \(place)", support: task.support, query: task.query)
        }
    }

    private func task(
        _ id: String, of occasion: PersonWindows, _ setting: SupportSetting,
        _ generator: inout SeededGenerator
    ) -> ArrayTask {
        let classes = classes(using: &generator)
        let combinations = setting.combinations(of: classes.count)
        let shown = combinations[generator.integer(below: combinations.count)]
        var support = PersonWindows(channels: people.channels)
        var query = PersonWindows(channels: people.channels)
        for (label, known) in classes.enumerated() {
            let windows = occasion.labels.indices.filter { occasion.labels[$0] == known }
            guard !windows.isEmpty else { continue }
            // Neighboring windows, as a hold gives them.
            let wanted = min(setting.windows ?? 40, max(1, windows.count / 2))
            let first = generator.integer(below: windows.count - wanted + 1)
            if shown.contains(label) {
                for place in first..<first + wanted {
                    support.append(
                        occasion[windows[place]..<windows[place] + 1].relabeled([known: label]))
                }
            }
            let others = windows.indices.filter { !(first..<first + wanted).contains($0) }
            for _ in 0..<min(Self.queryWindows, others.count) {
                let window = windows[others[generator.integer(below: others.count)]]
                query.append(occasion[window..<window + 1].relabeled([known: label]))
            }
        }
        return ArrayTask(id: id, support: input.part(support), query: input.part(query))
    }

    /// The classes of a task in the order of their numbers: drawn where the protocol draws them.
    private func classes(using generator: inout SeededGenerator) -> [Int] {
        let all = Array(0..<people.classCount)
        return people.ways.map { Array(generator.shuffled(all).prefix($0)) } ?? all
    }
}
