public import MetaLearning

/// Methods of one or several runs beside each other, with how sure their differences are.
///
/// Tasks are the independent cases: a task's numbers are averaged over seeds first, and
/// differences are paired task by task.
public struct RunComparison: Sendable {
    /// How intervals and probabilities are found.
    public struct Settings: Sendable, Hashable {
        /// The confidence of intervals, above 0 and below 1.
        public var confidence = 0.95
        /// How often tasks are drawn for an interval.
        public var resamples = 10_000
        /// Where draws come from.
        public var seed: UInt64 = 1

        /// The default settings.
        public init() {}
    }

    /// A method of a group of runs.
    public struct Arm: Sendable, Hashable {
        /// The group's name.
        public let group: String
        /// The method.
        public let method: Method
    }

    /// A method's mean over tasks.
    public struct Level: Sendable {
        /// The method.
        public let arm: Arm
        /// The metric.
        public let metric: Metric
        /// How many tasks there are.
        public let taskCount: Int
        /// How many seeds there are.
        public let seedCount: Int
        /// The mean over tasks.
        public let mean: Double
        /// Where it lies; `nil` with fewer than 3 tasks.
        public let interval: BootstrapInterval?
        /// The deviation of the seeds' means; `nil` with one seed.
        public let seedDeviation: Double?
    }

    /// How much better one method is than another on the same tasks.
    public struct Difference: Sendable {
        /// The one.
        public let arm: Arm
        /// The other, whose numbers are taken away.
        public let other: Arm
        /// The metric.
        public let metric: Metric
        /// How many tasks both have.
        public let taskCount: Int
        /// The mean difference.
        public let mean: Double
        /// On how many tasks the one is better.
        public let wins: Int
        /// On how many tasks the other is better.
        public let losses: Int
        /// Where the mean difference lies; `nil` with fewer than 3 tasks.
        public let interval: BootstrapInterval?
        /// The probability by Wilcoxon's test; `nil` when all differences are 0.
        public let wilcoxon: Double?
        /// The probability by permutation of signs.
        public let permutation: Double?
        /// The permutation's probability, corrected for all comparisons of the metric by Holm.
        public fileprivate(set) var corrected: Double?
    }

    /// The groups.
    public let groups: [RunGroup]
    /// The settings.
    public let settings: Settings
    /// Every method's mean.
    public let levels: [Level]
    /// The meta-trained model of each group less every other method of it, and every group's
    /// meta-trained model less that of the first.
    public let differences: [Difference]

    /// Compares runs.
    ///
    /// - Parameters:
    ///   - runs: The runs; those that differ in their seed alone count as one.
    ///   - metrics: By which numbers.
    ///   - settings: How intervals are found.
    public init(
        _ runs: [RunRecord], metrics: [Metric] = Metric.allCases, settings: Settings = Settings()
    ) {
        let groups = RunGroup.groups(runs)
        self.groups = groups
        self.settings = settings
        func arm(_ group: RunGroup, _ method: Method) -> Arm {
            Arm(group: group.name, method: method)
        }
        var levels: [Level] = []
        var differences: [Difference] = []
        for metric in metrics {
            for group in groups {
                for method in group.methods {
                    let values = Self.ordered(group.means(metric, of: method))
                    guard !values.isEmpty else { continue }
                    levels.append(
                        Level(
                            arm: arm(group, method), metric: metric, taskCount: values.count,
                            seedCount: group.runs.count,
                            mean: values.reduce(0, +) / Double(values.count),
                            interval: Self.interval(values, settings),
                            seedDeviation: Self.deviation(group.runMeans(metric, of: method))))
                }
            }
            var own: [Difference] = []
            func compare(_ one: (RunGroup, Method), _ two: (RunGroup, Method)) {
                let (left, right) = (one.0.means(metric, of: one.1), two.0.means(metric, of: two.1))
                let pairs = left.keys.sorted().compactMap { task in
                    right[task].map { (left[task] ?? .nan) - $0 }
                }
                guard !pairs.isEmpty else { return }
                own.append(
                    Difference(
                        arm: arm(one.0, one.1), other: arm(two.0, two.1), metric: metric,
                        taskCount: pairs.count,
                        mean: pairs.reduce(0, +) / Double(pairs.count),
                        wins: pairs.count { $0 > 0 }, losses: pairs.count { $0 < 0 },
                        interval: Self.interval(pairs, settings),
                        wilcoxon: PairedTests.wilcoxon(pairs),
                        permutation: PairedTests.permutation(pairs, seed: settings.seed),
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
            differences += own
        }
        self.levels = levels
        self.differences = differences
    }

    private static func ordered(_ values: [String: Double]) -> [Double] {
        values.sorted { $0.key < $1.key }.map(\.value)
    }

    private static func interval(_ values: [Double], _ settings: Settings) -> BootstrapInterval? {
        BootstrapInterval(
            meanOf: values, confidence: settings.confidence, resamples: settings.resamples,
            seed: settings.seed)
    }

    private static func deviation(_ values: [Double]) -> Double? {
        guard values.count > 1 else { return nil }
        let mean = values.reduce(0, +) / Double(values.count)
        let square = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        return (square / Double(values.count - 1)).squareRoot()
    }
}
