package import MetaLearning

/// The class whose support samples' mean is nearest to a sample, number by number: with one shot the
/// nearest neighbor among the shots.
package struct NearestMean: SupportClassifier {
    /// Creates the classifier.
    package init() {}

    /// `nearest_mean`.
    package var method: Method { .nearestMean }

    /// Finds the nearest mean of each query sample.
    package func predictions(for task: Episode) -> [UInt8] {
        let width = task.support.windowWidth
        let rows = task.support.rows
        let labels = Set(task.support.labels).sorted()
        let means = labels.map { label in
            var sum = [Float](repeating: 0, count: width)
            let own = task.support.labels.indices.filter { task.support.labels[$0] == label }
            for place in own {
                for index in 0..<width { sum[index] += rows[place * width + index] }
            }
            return sum.map { $0 / Float(own.count) }
        }
        let query = task.query.rows
        return (0..<task.query.count).map { row in
            let distances = means.map { mean in
                var sum: Float = 0
                for index in 0..<width {
                    let difference = query[row * width + index] - mean[index]
                    sum += difference * difference
                }
                return sum
            }
            let nearest = distances.indices.min { distances[$0] < distances[$1] } ?? 0
            return labels[nearest]
        }
    }
}

/// A linear discriminant on the numbers of samples that are few, with the covariance shrunk as far
/// as the support asks for.
package struct RowDiscriminant: SupportClassifier {
    /// Samples of more numbers than this are not distinguished so: the covariance of each support
    /// would take longer than the model.
    package static let mostNumbers = 64

    /// Creates the classifier.
    package init() {}

    /// `lda`.
    package var method: Method { .lda }

    /// Fits the discriminant and predicts the query.
    package func predictions(for task: Episode) -> [UInt8] {
        let discriminant = LinearDiscriminant(
            rows: task.support.rows.map(Double.init), labels: task.support.labels)
        return discriminant.predictions(task.query.rows.map(Double.init))
    }
}

extension WindowSet {
    /// The windows row by row, as the signal lies.
    fileprivate var rows: [Float] {
        var rows = [Float](repeating: 0, count: count * windowWidth)
        gather(Array(0..<count)[...], as: .timeMajor, into: &rows)
        return rows
    }
}
