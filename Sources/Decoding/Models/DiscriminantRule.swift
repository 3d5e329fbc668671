private import Autodiff
internal import MetaLearning

/// How a discriminant is fitted to windows.
package enum DiscriminantRule: String, Sendable, Hashable, CaseIterable {
    /// Fisher's discriminant; see `LinearDiscriminant`.
    case lda
    /// The nearest class mean, by the distance between features on the scale of training people.
    case nearestMean = "nearest_mean"
    /// A ridge regression from features on the scale of training people to the classes, one of K.
    case ridge

    /// Whether the scale of training people is needed.
    var needsScale: Bool { self != .lda }

    /// What the regression's sum of squares is added to: `λ` of Bertinetto et al., as ``RidgeHead``
    /// starts from it.
    private static let penalty = 1.0
    /// What the regression's answers, which lie about 0 and 1, are multiplied by to be logits: `s` of
    /// the same.
    private static let sharpness = 10.0

    /// Fits the affine map from features to the classes' scores.
    ///
    /// - Parameters:
    ///   - rows: `[windows × features]`, at least one window.
    ///   - labels: The class of each window.
    ///   - scale: The scale of training people, where ``needsScale``.
    ///   - classCount: How many classes there are.
    /// - Returns: `[classes × features]` and an offset for each class; a class that was not shown has
    ///   the lowest there is.
    func map(
        _ rows: [Double], labels: [UInt8], scale: FeatureScale, classCount: Int
    ) -> (weights: [Double], offsets: [Double]) {
        switch self {
        case .lda:
            LinearDiscriminant(rows: rows, labels: labels).affineMap(classCount: classCount)
        case .nearestMean: Self.nearestMean(rows, labels, scale, classCount)
        case .ridge: Self.ridge(rows, labels, scale, classCount)
        }
    }

    /// `−½ ‖x − c‖²` on the scale, but for what all classes share: `x · c − ½ ‖c‖²`.
    private static func nearestMean(
        _ rows: [Double], _ labels: [UInt8], _ scale: FeatureScale, _ classCount: Int
    ) -> (weights: [Double], offsets: [Double]) {
        let variances = scale.deviations.map { $0 * $0 }
        var (weights, offsets): ([Double], [Double]) = ([], [])
        for mean in classMeans(rows, labels: labels.map(Int.init), classCount: classCount) {
            let row = zip(mean ?? variances.map { _ in 0 }, variances).map { $0 / $1 }
            weights += row
            offsets.append(
                mean.map { zip(row, $0).reduce(0) { $0 - $1.0 * $1.1 / 2 } }
                    ?? -.greatestFiniteMagnitude)
        }
        return (weights, offsets)
    }

    /// `(XᵀX + λ I)⁻¹ Xᵀ Y`, features less their mean, so that the answer at the mean is how often a
    /// class occurs.
    private static func ridge(
        _ rows: [Double], _ labels: [UInt8], _ scale: FeatureScale, _ classCount: Int
    ) -> (weights: [Double], offsets: [Double]) {
        let (width, count) = (scale.deviations.count, labels.count)
        let center =
            classMeans(rows, labels: labels.map { _ in 0 }, classCount: 1)[0] ?? []
        var matrix = [Double](repeating: 0, count: width * width)
        var sums = [[Double]](repeating: [Double](repeating: 0, count: width), count: classCount)
        var counts = [Int](repeating: 0, count: classCount)
        for (window, label) in labels.enumerated() {
            let row = (0..<width).map {
                (rows[window * width + $0] - center[$0]) / scale.deviations[$0]
            }
            matrix.addOuterProduct(of: row)
            counts[Int(label)] += 1
            for column in 0..<width { sums[Int(label)][column] += row[column] }
        }
        for column in 0..<width { matrix[column * width + column] += penalty }
        let factor = CholeskyFactor(matrix, width: width)
        var (weights, offsets): ([Double], [Double]) = ([], [])
        for (sum, own) in zip(sums, counts) {
            let row = zip(factor.solve(sum), scale.deviations).map { sharpness * $0 / $1 }
            weights += row
            let share = sharpness * Double(own) / Double(count)
            offsets.append(
                own == 0
                    ? -.greatestFiniteMagnitude
                    : zip(row, center).reduce(share) { $0 - $1.0 * $1.1 })
        }
        return (weights, offsets)
    }
}
