package import Statistics

/// What came of a benchmark: each method at each setting, by people.
package struct Leaderboard: Sendable {
    /// A method at a setting.
    package struct Cell: Sendable {
        /// The method.
        package let method: String
        /// The number of the setting.
        package let setting: Int
        /// Each person's accuracy: the mean over their problems and seeds.
        package let people: [(name: String, accuracy: Double)]
        /// The mean over people.
        package let accuracy: Double
        /// Where it lies; `nil` for too few people.
        package let interval: PeopleInterval?
        /// The lowest accuracy of a person on a single problem.
        package let worst: Double
        /// The mean of −log of the probability of the true class.
        package let loss: Double
        /// The expected calibration error: how far probabilities of decisions are from how often
        /// these are right, mean over ten parts (Naeini et al., AAAI 2015).
        package let calibrationError: Double
        /// The mean seconds of adaptation.
        package let seconds: Double
        /// The mean number of gradient steps of adaptation.
        package let gradients: Double
        /// The mean over people of how far the expected accuracy was off; `nil` when none was
        /// expected.
        package let expectationError: Double?
        /// How many problems gave something that is no probability.
        package let brokenCount: Int
    }

    /// The difference of two methods on the same people.
    package struct Difference: Sendable {
        /// The method.
        package let method: String
        /// The number of the setting.
        package let setting: Int
        /// The reference less the method, mean over people.
        package let mean: Double
        /// Where it lies.
        package let interval: PeopleInterval?
        /// Wilcoxon's test, corrected by Holm for all comparisons at the setting; `nil` when no
        /// difference is left.
        package let probability: Double?
    }

    /// The run that it is made from.
    package let run: BenchmarkRun
    /// The cells, by setting and in the order of methods.
    package let cells: [Cell]
    /// The method that the others are compared with: the first.
    package let reference: String
    /// The differences.
    package let differences: [Difference]

    /// Makes the leaderboard of a run.
    package init(_ run: BenchmarkRun) {
        self.run = run
        var methods: [String] = []
        for score in run.scores where !methods.contains(score.method) {
            methods.append(score.method)
        }
        let cells = run.settings.supports.indices.flatMap { setting in
            methods.compactMap { method in
                Cell(run.scores.filter { $0.method == method && $0.setting == setting })
            }
        }
        self.cells = cells
        let reference = methods.first ?? ""
        self.reference = reference
        differences = run.settings.supports.indices.flatMap { setting in
            Self.differences(cells.filter { $0.setting == setting }, reference: reference)
        }
    }

    /// The methods in their order.
    package var methods: [String] {
        var names: [String] = []
        for cell in cells where !names.contains(cell.method) { names.append(cell.method) }
        return names
    }

    /// The cell of a method at a setting.
    package func cell(_ method: String, _ setting: Int) -> Cell? {
        cells.first { $0.method == method && $0.setting == setting }
    }

    /// The difference of the reference from a method at a setting.
    package func difference(_ method: String, _ setting: Int) -> Difference? {
        differences.first { $0.method == method && $0.setting == setting }
    }

    private static func differences(_ cells: [Cell], reference: String) -> [Difference] {
        guard let first = cells.first(where: { $0.method == reference }) else { return [] }
        let own = Dictionary(
            first.people.map { ($0.name, $0.accuracy) }, uniquingKeysWith: { $1 })
        let pairs = cells.filter { $0.method != reference }.map { cell in
            (
                cell,
                cell.people.compactMap { person in
                    own[person.name].map { $0 - person.accuracy }
                }
            )
        }
        let tests = pairs.map { PairedTests.wilcoxon($0.1) }
        let corrected = PairedTests.holm(tests.map { $0 ?? 1 })
        return zip(pairs, zip(tests, corrected)).map { pair, test in
            Difference(
                method: pair.0.method, setting: pair.0.setting, mean: pair.1.mean ?? 0,
                interval: PeopleInterval(meanOf: pair.1, scale: .difference),
                probability: test.0 == nil ? nil : test.1)
        }
    }
}

extension Leaderboard.Cell {
    /// Puts a method's scores at a setting together; `nil` without any.
    init?(_ scores: [ProblemScore]) {
        guard let first = scores.first else { return nil }
        var names: [String] = []
        for score in scores where !names.contains(score.person) { names.append(score.person) }
        let people = names.map { name in
            let own = scores.filter { $0.person == name }
            return (
                name: name, accuracy: own.map(\.accuracy).mean ?? 0,
                expected: own.compactMap(\.expected).mean
            )
        }
        let seeds = Set(scores.map(\.seed)).sorted()
        let seedMeans = seeds.map { seed in
            let own = scores.filter { $0.seed == seed }
            return names.compactMap { name in
                own.filter { $0.person == name }.map(\.accuracy).mean
            }.mean ?? 0
        }
        var bins = [CalibrationBin](repeating: CalibrationBin(), count: 10)
        for score in scores {
            for (place, bin) in score.calibration.enumerated() { bins[place].add(bin) }
        }
        let accuracies = people.map(\.accuracy)
        let misses = people.compactMap { person in
            person.expected.map { abs($0 - person.accuracy) }
        }
        self.init(
            method: first.method, setting: first.setting,
            people: people.map { ($0.name, $0.accuracy) }, accuracy: accuracies.mean ?? 0,
            interval: PeopleInterval(
                meanOf: accuracies, seeds: seeds.count > 1 ? seedMeans : [], scale: .share),
            worst: scores.map(\.accuracy).min() ?? 0, loss: scores.map(\.loss).mean ?? 0,
            calibrationError: bins.calibrationError,
            seconds: scores.map(\.seconds).mean ?? 0,
            gradients: scores.map { Double($0.gradients) }.mean ?? 0,
            expectationError: misses.mean, brokenCount: scores.count(where: \.isBroken))
    }
}
