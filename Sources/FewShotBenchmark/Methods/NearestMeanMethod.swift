private import Autodiff
package import Documents
private import MetaLearning

/// The nearest class mean; how distance is measured is chosen on training people.
package struct NearestMeanMethod: AdaptationMethod {
    /// The name in documents.
    package static let key = "nearest_mean"
    /// What it is.
    package static let documentation =
        "The nearest mean of what was shown: by angle between amplitudes, by distance between "
        + "features, or by the scatter of training people's windows."
    /// Nothing is to be set.
    package static let fields: Fields<Self> = []

    /// The method.
    package init() {}

    /// How distance is measured.
    fileprivate enum Distance: String, Sendable, CaseIterable {
        /// By the angle between amplitudes.
        case cosine
        /// Between logarithms of amplitude, each on its own scale.
        case scaled
        /// Between logarithms of amplitude, by the covariance of training people's windows.
        case scatter
        /// Between the features of the prior, by the covariance of training people's windows.
        case bandScatter = "band_scatter"
    }

    /// What is learned from people.
    private struct Learned: Sendable {
        let features: WindowRepresentation
        let factor: CholeskyFactor
        let band: WindowRepresentation
        let bandFactor: CholeskyFactor

        init(of people: TrainingPeople) {
            features = WindowRepresentation(.logAmplitude, of: people)
            band = WindowRepresentation(.band, of: people)
            factor = Self.factor(of: people, features)
            bandFactor = Self.factor(of: people, band)
        }

        /// The covariance of windows round the class means of their person's occasion.
        private static func factor(
            of people: TrainingPeople, _ features: WindowRepresentation
        ) -> CholeskyFactor {
            let width = features.width
            var covariance = [Double](repeating: 0, count: width * width)
            var count = 0
            for occasion in people.people.flatMap(\.occasions) {
                let rows = features(occasion)
                let means = classMeans(
                    rows, labels: occasion.labels, classCount: people.classCount)
                for (window, label) in occasion.labels.enumerated() {
                    guard let mean = means[label] else { continue }
                    covariance.addOuterProduct(
                        of: (0..<width).map { rows[window * width + $0] - mean[$0] })
                    count += 1
                }
            }
            for place in covariance.indices { covariance[place] /= Double(max(1, count)) }
            for column in 0..<width { covariance[column * width + column] += 0.05 }
            return CholeskyFactor(covariance, width: width)
        }
    }

    /// Chooses the distance for each setting.
    package func learn(from people: TrainingPeople, seed: UInt64) throws -> any LearnedMethod {
        try ChosenMethod(
            among: Distance.allCases, on: people, learn: Learned.init,
            describe: { [MethodChoice("distance", $0.map(\.rawValue))] }, decoder: Self.decoder)
    }

    private static func decoder(
        _ distance: Distance, _ learned: Learned, _ person: NewPerson
    ) -> ScoreDecoder? {
        @Sendable func rows(_ windows: PersonWindows) -> [Double] {
            switch distance {
            case .cosine: windows.amplitudes
            case .scaled, .scatter: learned.features(windows)
            case .bandScatter: learned.band(windows)
            }
        }
        let means = classMeans(
            rows(person.support), labels: person.support.labels, classCount: person.classCount)
        let isBand = distance == .bandScatter
        let width = isBand ? learned.band.width : person.support.channels
        let factor = isBand ? learned.bandFactor : learned.factor
        return ScoreDecoder { windows in
            let rows = rows(windows)
            return (0..<windows.count).map { window in
                let row = Array(rows[window * width..<(window + 1) * width])
                return means.map { mean in
                    mean.map { -distance.between(row, $0, factor) } ?? -.infinity
                }
            }
        }
    }
}

extension NearestMeanMethod.Distance {
    fileprivate func between(
        _ row: [Double], _ mean: [Double], _ factor: CholeskyFactor
    ) -> Double {
        func product(_ one: [Double], _ other: [Double]) -> Double {
            zip(one, other).reduce(0) { $0 + $1.0 * $1.1 }
        }
        switch self {
        case .cosine:
            let lengths = (product(row, row) * product(mean, mean)).squareRoot()
            return lengths > 0 ? 1 - product(row, mean) / lengths : 1
        case .scaled:
            return zip(row, mean).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) } / 2
        case .scatter, .bandScatter:
            return factor.squaredDistance(zip(row, mean).map { $0 - $1 }) / 2
        }
    }
}
