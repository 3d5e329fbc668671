internal import Autodiff

/// A Gaussian prior over people whose recordings have repetitions: people, sessions, repetitions and
/// windows each scatter in their own way.
///
/// A person's class means, all together one vector, are drawn from a normal distribution once the
/// band was laid onto that of others by one of its turns; repetitions of a class scatter round its
/// mean, and windows round their repetition. A support gives a posterior over all class means in
/// closed form for each turn, and the turns are mixed by how likely they make it. It differs from
/// ``LearnedPrior`` in what it knows of noise: a decoder is asked about repetitions that it has not
/// seen, so that what repetitions differ by belongs to it.
package struct HierarchicalPrior: Sendable {
    /// How it is learned and used.
    package struct Settings: Sendable, Hashable {
        /// What is added to the variance of each class mean.
        package var spreadRidge = 0.01
        /// What is added to the variance of each feature of a window.
        package var noiseRidge = 0.02
        /// How much a class's own noise counts beside that of all classes, from 0 to 1.
        package var ownNoise = 0.3
        /// So many windows of a support, one of each class not counted, make a person's own scatter of
        /// windows weigh as much as that of training people.
        package var personWindows = 300.0
        /// The part of windows' noise that the mean over the windows of a repetition keeps, however
        /// many there are, from 0 to 1.
        package var keptNoise = 0.8
        /// The degrees of freedom of Student's distribution by which windows are decided about.
        package var freedom = 8.0

        /// The default settings.
        package init() {}
    }

    /// How many classes there are.
    package let classCount: Int
    /// Features of a window.
    package let width: Int
    /// How features may lie turned.
    package let turns: FeatureTurns
    /// How it is used.
    package let settings: Settings
    /// The mean of people's class means, `[classes × features]`.
    package let mean: [Double]
    /// Their covariance.
    package let spread: [Double]
    /// Half the covariance of what class means of two sessions of one person differ by; `nil` when
    /// nobody has two.
    package let session: [Double]?
    /// For each class the covariance of windows round their repetition.
    package let windowNoise: [[Double]]
    /// For each class the covariance of repetitions round the class mean.
    package let repetitionNoise: [[Double]]

    /// Numbers of all class means.
    package var size: Int { classCount * width }

    /// Learns a prior.
    ///
    /// - Parameters:
    ///   - people: The sessions of each person, each with its repetitions. A session without some
    ///     class says nothing; at least two people have one with all.
    ///   - classCount: How many classes there are, at least 2.
    ///   - turns: How features may lie turned from session to session.
    ///   - aligned: So many features, the first ones, are what people are laid onto each other by.
    ///   - settings: How it is learned and used.
    /// - Returns: The prior.
    /// - Throws: ``MetaLearningError`` for fewer than two people with all classes.
    package static func fit(
        _ people: [[[Repetition]]], classCount: Int, turns: FeatureTurns, aligned: Int,
        settings: Settings = Settings()
    ) throws(MetaLearningError) -> HierarchicalPrior {
        let summaries = people.map { sessions in
            sessions.compactMap { ClassSummary.all($0, classCount: classCount) }
        }.filter { !$0.isEmpty }
        guard summaries.count >= 2 else {
            throw MetaLearningError(
                .outOfRange(
                    expected: "at least two people with windows of all \(classCount) classes",
                    found: "\(summaries.count)"),
                at: "the learned prior", hint: "learn from more people")
        }
        return HierarchicalPrior(
            AlignedSessions(summaries, turns: turns, aligned: aligned), settings: settings)
    }

    /// Creates a prior of numbers that were learned before.
    ///
    /// - Parameters:
    ///   - turns: How features may lie turned.
    ///   - settings: How it is used.
    ///   - mean: The mean of people's class means, `[classes × features]`.
    ///   - spread: Their covariance.
    ///   - session: Half the covariance of what class means of two sessions of one person differ by;
    ///     `nil` when that is not known.
    ///   - windowNoise: For each class the covariance of windows round their repetition.
    ///   - repetitionNoise: For each class the covariance of repetitions round the class mean.
    package init(
        turns: FeatureTurns, settings: Settings, mean: [Double], spread: [Double],
        session: [Double]?, windowNoise: [[Double]], repetitionNoise: [[Double]]
    ) {
        classCount = windowNoise.count
        let width = mean.count / windowNoise.count
        precondition(
            spread.count == mean.count * mean.count && repetitionNoise.count == windowNoise.count
                && (windowNoise + repetitionNoise).allSatisfy { $0.count == width * width },
            "numbers of one prior")
        self.width = width
        self.turns = turns
        self.settings = settings
        self.mean = mean
        self.spread = spread
        self.session = session
        self.windowNoise = windowNoise
        self.repetitionNoise = repetitionNoise
    }

    private init(_ sessions: AlignedSessions, settings: Settings) {
        classCount = sessions.classCount
        width = sessions.width
        turns = sessions.turns
        self.settings = settings
        let rows = sessions.people.flatMap(\.self)
        let mean = Covariance.mean(of: rows)
        self.mean = mean
        spread =
            StructuredCovariance(
                rows.map { zip($0, mean).map { $0 - $1 } }, classCount: classCount,
                divisor: Double(max(1, rows.count - 1)), turns: turns, ridge: settings.spreadRidge
            ).values
        let changes = sessions.people.flatMap { person in
            person.dropFirst().map { later in
                zip(later, person[0]).map { ($0 - $1) / 2.0.squareRoot() }
            }
        }
        session =
            changes.isEmpty
            ? nil
            : StructuredCovariance(
                changes, classCount: classCount, divisor: Double(changes.count), turns: turns,
                ridge: settings.spreadRidge
            ).values
        windowNoise = Self.partly(sessions.windowNoise, settings.ownNoise).map { noise in
            var noise = noise
            for place in 0..<sessions.width {
                noise[place * sessions.width + place] += settings.noiseRidge
            }
            return noise
        }
        repetitionNoise = Self.partly(sessions.repetitionNoise, settings.ownNoise)
    }

    /// Each class's matrix, drawn towards the mean of all.
    private static func partly(_ matrices: [[Double]], _ own: Double) -> [[Double]] {
        let mean = Covariance.mean(of: matrices)
        return matrices.map { zip($0, mean).map { own * $0 + (1 - own) * $1 } }
    }

    /// The covariance of one window of a repetition that was not seen.
    func noise(of label: Int) -> [Double] {
        zip(windowNoise[label], repetitionNoise[label]).map { $0 + $1 }
    }
}
