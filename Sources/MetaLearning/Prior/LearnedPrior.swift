internal import Autodiff
private import Foundation

/// A Gaussian prior over people: what is known of a person's classes before the first window.
///
/// A window is a row of features. The means of a person's classes, all together one vector
/// `[classes × features]`, are drawn from a normal distribution; the windows of a class scatter
/// round its mean normally. Mean, spread and noise are learned on training people, whose features
/// are first turned onto each other (``FeatureTurns``). The support of a new person gives a
/// posterior over all class means in closed form, those of classes that were not shown included:
/// they are correlated with the shown ones. It is what a meta-learner finds by gradients, solved
/// exactly for a linear-Gaussian world (hierarchical Bayes; Lindley and Smith, "Bayes estimates
/// for the linear model", J. R. Statist. Soc. B 34, 1972).
package struct LearnedPrior: Sendable, Hashable {
    /// How many classes there are; labels are below it.
    package let classCount: Int
    /// How many features a row has.
    package let width: Int
    /// The mean of people's class means, `[classes × features]`.
    package let mean: [Double]
    /// The covariance of people's class means, `[classes · features]²`, row after row.
    package let spread: [Double]
    /// The covariance of windows round their class's mean, `[features]²`; one for each class, or
    /// one for all.
    package let noises: [[Double]]
    /// How a person's features may be turned.
    package let turns: FeatureTurns
    /// What was chosen.
    package let settings: Settings
    /// How far the spread is shrunk towards its diagonal, from 0 to 1.
    package let shrinkage: Double

    /// The covariance of windows round the mean of a class.
    ///
    /// - Parameter label: The class.
    /// - Returns: `[features]²`, row after row.
    package func noise(of label: Int) -> [Double] { noises[noises.count == 1 ? 0 : label] }

    /// Learns a prior.
    ///
    /// - Parameters:
    ///   - people: The training people, at least two that have all classes. Each is one occasion
    ///     or several of the same person, such as before and after the band was turned; a person
    ///     without some class on an occasion says nothing on that occasion.
    ///   - classCount: How many classes there are, at least 2.
    ///   - turns: How features may be turned from person to person and from occasion to occasion.
    ///   - settings: How the prior is learned.
    /// - Returns: The prior.
    /// - Throws: ``MetaLearningError`` for fewer than two people with all classes.
    package static func fit(
        _ people: [[ClassRows]], classCount: Int, turns: FeatureTurns = .none,
        settings: Settings = Settings()
    ) throws(MetaLearningError) -> LearnedPrior {
        let complete = people.map { $0.filter { $0.hasAll(classCount) } }.filter { !$0.isEmpty }
        guard complete.count >= 2 else {
            throw MetaLearningError(
                .outOfRange(
                    expected: "at least two people with windows of all \(classCount) classes",
                    found: "\(complete.count)"),
                at: "the learned prior", hint: "use a collection with more training people")
        }
        let patterns = AlignedPatterns(
            complete, classCount: classCount, turns: settings.alignsPeople ? turns : .none)
        return LearnedPrior(patterns, turns: turns, settings: settings)
    }

    private init(_ patterns: AlignedPatterns, turns: FeatureTurns, settings: Settings) {
        classCount = patterns.classCount
        width = patterns.width
        self.turns = turns
        self.settings = settings
        mean = Covariance.mean(of: patterns.rows)
        noises = patterns.noises(byClass: settings.noiseByClass, ridge: settings.noiseRidge)
        let covariance = Covariance(of: patterns.rows)
        shrinkage =
            settings.shrinkage
            ?? patterns.likeliestShrinkage(ridge: settings.spreadRidge, noises: noises)
        spread = covariance.shrunk(towardsDiagonal: shrinkage, ridge: settings.spreadRidge)
    }
}

extension LearnedPrior {
    /// How a prior is learned and used.
    package struct Settings: Sendable, Hashable {
        /// How far the spread of people is shrunk towards its diagonal, from 0 to 1; `nil` for the
        /// value under which people are likeliest when each is left out once.
        package var shrinkage: Double? = 0.3
        /// What is added to the variance of each class mean.
        package var spreadRidge = 0.01
        /// What is added to the variance of each feature of a window.
        package var noiseRidge = 0.02
        /// The part of a window's noise that all windows of a hold share, from 0 to 1: the mean of
        /// n windows has that part, and the rest divided by n.
        package var heldNoise = 0.5
        /// Whether each class has a noise of its own.
        package var noiseByClass = false
        /// Whether all turns count, each as likely as the support makes it; otherwise the likeliest
        /// alone.
        package var mixesTurns = false

        /// Whether training people are turned onto each other first; otherwise they are taken as
        /// they lie, and only a new person may be turned.
        package var alignsPeople = true

        /// The default settings.
        package init() {}
    }
}
