/// How well an adapted model does on the query windows of a task.
package struct QueryScore<Scalar: Sendable>: Sendable {
    /// The sum over query minibatches of their mean losses.
    package var loss: Scalar
    /// How many query minibatches that is the sum of.
    package let batchCount: Int
    /// How many query windows were predicted correctly, from 0 to `count`.
    package var correctCount: Int
    /// How many query windows there are.
    package let count: Int
    /// The class predicted for each query window, when only a score was wanted.
    package var predictions: [UInt8] = []
    /// How far off a regression is; `nil` for classes.
    package var regression: RegressionScore?

    /// Creates a score.
    ///
    /// - Parameters:
    ///   - loss: The sum over query minibatches of their mean losses.
    ///   - batchCount: How many query minibatches that is the sum of.
    ///   - correctCount: How many query windows were predicted correctly.
    ///   - count: How many query windows there are.
    package init(loss: Scalar, batchCount: Int, correctCount: Int, count: Int) {
        self.loss = loss
        self.batchCount = batchCount
        self.correctCount = correctCount
        self.count = count
    }

    /// The fraction of query windows predicted correctly; R² of a regression.
    package var accuracy: Double {
        regression?.determination ?? Double(correctCount) / Double(count)
    }
}

extension QueryScore where Scalar == Float {
    /// The mean loss of a query minibatch.
    var meanLoss: Double { Double(loss) / Double(batchCount) }
}
