package import MetaLearning
private import SeededRandom
package import Statistics

/// Methods of one or several runs beside each other, with how sure their differences are.
///
/// Seeds, folds, tasks and people are different things. People are the independent cases: a
/// task's numbers are averaged over seeds, a person's over their tasks, whichever folds they are
/// of; intervals and tests are over people, and differences are paired person by person.
package struct RunComparison: Sendable {
    /// How intervals and probabilities are found.
    package struct Settings: Sendable, Hashable {
        /// The confidence of intervals, above 0 and below 1.
        package var confidence = 0.95
        /// How often signs are drawn for the permutation test of more than 16 people.
        package var resamples = 20_000
        /// Where draws come from.
        package var seed = SeededGenerator.defaultSeed

        /// The default settings.
        package init() {}
    }

    /// A method of a group of runs.
    package struct Arm: Sendable, Hashable {
        /// The group's name.
        package let group: String
        /// The method whose predictions the numbers evaluate.
        package let method: Method
    }

    /// A method's mean over people.
    package struct Level: Sendable {
        /// The method.
        package let arm: Arm
        /// The metric.
        package let metric: Metric
        /// How many people there are.
        package let peopleCount: Int
        /// How many tasks they have.
        package let taskCount: Int
        /// How many seeds there are; `nil` for a method that draws nothing at random.
        package let seedCount: Int?
        /// How many folds there are.
        package let foldCount: Int
        /// The mean over people.
        package let mean: Double
        /// Where it lies; `nil` when too few people tell.
        package let interval: PeopleInterval?
        /// The standard deviation over seeds of the mean over people, folds and tasks; `nil` with
        /// fewer than two seeds that have all tasks, and for a method without seeds.
        package let seedDeviation: Double?
    }

    /// How much better one method is than another for the same people.
    package struct Difference: Sendable {
        /// The one.
        package let arm: Arm
        /// The other, whose numbers are taken away.
        package let other: Arm
        /// The metric.
        package let metric: Metric
        /// How many people both have.
        package let peopleCount: Int
        /// The mean over people of their mean difference on the tasks that both have.
        package let mean: Double
        /// For how many people the one is better.
        package let wins: Int
        /// For how many people the other is better.
        package let losses: Int
        /// Where the mean difference lies; `nil` when too few people tell.
        package let interval: PeopleInterval?
        /// The probability by Wilcoxon's test; `nil` when all differences are 0.
        package let wilcoxon: Double?
        /// The probability by permutation of signs.
        package let permutation: Double?
        /// The permutation's probability, corrected for all comparisons of the metric by Holm.
        package fileprivate(set) var corrected: Double?
    }

    /// The groups.
    package let groups: [RunGroup]
    /// How intervals and probabilities are found.
    package let settings: Settings
    /// Whatever differs between the groups: a row for each fact with a value for each group.
    package let differingFacts: [(fact: String, values: [String])]
    /// Whether the groups' names leave out some of it.
    package let namesAreShortened: Bool
    /// Every method's mean.
    package let levels: [Level]
    /// The meta-trained model of each group less every other method of it, and every group's
    /// meta-trained model less that of the first.
    package let differences: [Difference]

    /// What the independent cases are called: people, or episodes and tasks of labeled arrays.
    var cases: (one: String, many: String) {
        if isOfPeople { return ("person", "people") }
        return groups.flatMap(\.runs).allSatisfy { $0.setting?.hasEpisodes == true }
            ? ("episode", "episodes") : ("task", "tasks")
    }

    /// Whether tasks are of people, over whom means and intervals are.
    var isOfPeople: Bool { !groups.flatMap(\.runs).allSatisfy(\.isOfArrays) }

    /// Whether all models put out values.
    var isRegression: Bool { groups.flatMap(\.runs).allSatisfy(\.isRegression) }

    /// What a number is called: R² of a regression stands in the place of accuracy.
    package func title(of metric: Metric) -> String {
        isRegression && metric == .accuracy ? "R²" : metric.title
    }

    /// Compares runs.
    ///
    /// - Parameters:
    ///   - runs: The runs; those that differ in their seed or fold alone are one configuration.
    ///   - metrics: By which numbers.
    ///   - settings: How intervals are found.
    package init(
        _ runs: [RunRecord], metrics: [Metric] = Metric.allCases, settings: Settings = Settings()
    ) {
        let groups = RunGroup.groups(runs)
        let names = RunNames(groups.map(\.runs))
        self.groups = groups
        self.settings = settings
        differingFacts = names.differences
        namesAreShortened = names.isShortened
        levels = metrics.flatMap { metric in
            groups.flatMap { group in
                group.methods.compactMap { Self.level(metric, of: $0, in: group, settings) }
            }
        }
        differences = metrics.flatMap { Self.differences($0, groups, settings) }
    }

    private static func level(
        _ metric: Metric, of method: Method, in group: RunGroup, _ settings: Settings
    ) -> Level? {
        let numbers = SeedTables(metric, of: method, in: group)
        let people = numbers.all.people
        guard let mean = people.mean else { return nil }
        let seeds = numbers.seedMeans
        return Level(
            arm: Arm(group: group.name, method: method), metric: metric,
            peopleCount: people.count, taskCount: numbers.all.tasks.count,
            seedCount: method.hasSeed ? max(1, group.seeds.count) : nil,
            foldCount: group.foldCount, mean: mean,
            interval: PeopleInterval(
                meanOf: people, seeds: seeds,
                scale: group.runs.contains(where: \.isRegression) ? .difference : .share,
                confidence: settings.confidence),
            seedDeviation: seeds.standardDeviation)
    }

    private static func differences(
        _ metric: Metric, _ groups: [RunGroup], _ settings: Settings
    ) -> [Difference] {
        var own: [Difference] = []
        func compare(_ one: (RunGroup, Method), _ two: (RunGroup, Method)) {
            let numbers = SeedTables(
                SeedTables(metric, of: one.1, in: one.0),
                less: SeedTables(metric, of: two.1, in: two.0))
            let people = numbers.all.people
            guard let mean = people.mean else { return }
            own.append(
                Difference(
                    arm: Arm(group: one.0.name, method: one.1),
                    other: Arm(group: two.0.name, method: two.1), metric: metric,
                    peopleCount: people.count, mean: mean,
                    wins: people.count { $0 > 0 }, losses: people.count { $0 < 0 },
                    interval: PeopleInterval(
                        meanOf: people, seeds: numbers.seedMeans, scale: .difference,
                        confidence: settings.confidence),
                    wilcoxon: PairedTests.wilcoxon(people),
                    permutation: PairedTests.permutation(
                        people, draws: settings.resamples, seed: settings.seed),
                    corrected: nil))
        }
        for group in groups where group.methods.contains(.meta) {
            for method in group.methods where method != .meta {
                compare((group, .meta), (group, method))
            }
        }
        for group in groups.dropFirst() { compare((group, .meta), (groups[0], .meta)) }
        let tested = own.indices.filter { own[$0].permutation != nil }
        let corrected = PairedTests.holm(tested.compactMap { own[$0].permutation })
        for (index, value) in zip(tested, corrected) { own[index].corrected = value }
        return own
    }
}
