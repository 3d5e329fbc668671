internal import Autodiff

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

    /// The score; `nil` for classes or when nothing was added. An output that is not a number tells
    /// nothing: it counts as the mean of the targets, which has an R² of 0.
    var score: RegressionScore? {
        guard outputs > 0, count > 0 else { return nil }
        let known = zip(errors, deviations).map { $0.isFinite ? $0 : $1 }
        return RegressionScore(
            squaredError: known.reduce(0, +) / Double(count * outputs),
            determinations: zip(errors, deviations).map { error, deviation in
                guard error.isFinite else { return 0 }
                return deviation > 0 ? 1 - error / deviation : error == 0 ? 1 : 0
            })
    }
}
