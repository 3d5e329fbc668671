internal import Autodiff

/// How far off the outputs of a regression are from their targets.
package struct RegressionScore: Sendable, Hashable {
    /// The mean squared error over windows and outputs.
    package let squaredError: Double
    /// The coefficient of determination R² of each output: 1 less the squared error over the
    /// squared distance from the targets' mean; 1 is perfect, 0 no better than that mean, below 0
    /// worse. An output whose targets do not move has 1 when it is met exactly and 0 otherwise.
    package let determinations: [Double]

    /// The mean of R² over outputs.
    package var determination: Double {
        determinations.reduce(0, +) / Double(max(1, determinations.count))
    }

    /// What a reader of a regression's numbers must know.
    static let note =
        "This is a regression: losses are mean squared errors, and R² stands in the "
        + "place of accuracy (1 is perfect, 0 no better than the mean of a task's targets)."
}

extension EpisodeSource {
    /// The names of what a model puts out: targets of a regression, or else classes.
    var outputNames: [String] { targetNames.isEmpty ? classNames : targetNames }

    /// What a model is trained to make small.
    var loss: Loss { targetNames.isEmpty ? .crossEntropy : .meanSquaredError }
}
