internal import Autodiff

/// How far off the outputs of a regression are from their targets.
public struct RegressionScore: Sendable, Hashable {
    /// The mean squared error over windows and outputs.
    public let squaredError: Double
    /// The coefficient of determination R² of each output: 1 less the squared error over the
    /// squared distance from the targets' mean; 1 is perfect, 0 no better than that mean, below 0
    /// worse. An output whose targets do not move has 1 when it is met exactly and 0 otherwise.
    public let determinations: [Double]

    /// The mean of R² over outputs.
    public var determination: Double {
        determinations.reduce(0, +) / Double(max(1, determinations.count))
    }

    /// What a reader of a regression's numbers must know.
    static let note =
        "This is a regression: losses are mean squared errors, and R² stands in the "
        + "place of accuracy (1 is perfect, 0 no better than the mean of a task's targets)."
}

/// Sums over windows from which a ``RegressionScore`` is made.
struct Residuals: Sendable {
    let outputs: Int
    private var count = 0
    private var errors: [Double]
    private var means: [Double]
    private var deviations: [Double]

    /// Starts the sums of a regression of so many outputs; 0 for classes.
    init(outputs: Int = 0) {
        self.outputs = outputs
        errors = Array(repeating: 0, count: outputs)
        means = errors
        deviations = errors
    }

    /// Adds what a model put out for some samples, row by row.
    mutating func add<Scalar: TensorScalar>(
        _ values: [Scalar], _ samples: LabeledSamples<Scalar>, _ batch: ArraySlice<Int>
    ) {
        for (row, sample) in batch.enumerated() {
            count += 1
            for output in 0..<outputs {
                let target = Double(samples.target(sample * outputs + output))
                let error = Double(values[row * outputs + output]) - target
                errors[output] += error * error
                // Welford 1962: exact enough for targets far from 0.
                let distance = target - means[output]
                means[output] += distance / Double(count)
                deviations[output] += distance * (target - means[output])
            }
        }
    }

    /// The score; `nil` for classes or when nothing was added.
    var score: RegressionScore? {
        guard outputs > 0, count > 0 else { return nil }
        return RegressionScore(
            squaredError: errors.reduce(0, +) / Double(count * outputs),
            determinations: zip(errors, deviations).map { error, deviation in
                deviation > 0 ? 1 - error / deviation : error == 0 ? 1 : 0
            })
    }
}

extension EpisodeSource {
    /// The names of what a model puts out: targets of a regression, or else classes.
    var outputNames: [String] { targetNames.isEmpty ? classNames : targetNames }

    /// What a model is trained to make small.
    var loss: Loss { targetNames.isEmpty ? .crossEntropy : .meanSquaredError }
}
