package import Documents

/// A discriminant of training people's windows and those that were shown together; how much the
/// latter count is chosen on training people.
package struct PooledDiscriminantMethod: AdaptationMethod {
    /// The name in documents.
    package static let key = "pooled"
    /// What it is.
    package static let documentation =
        "A discriminant of training people's windows and those that were shown together, the latter "
        + "weighed as fits training people best."
    /// Nothing is to be set.
    package static let fields: Fields<Self> = []

    /// The method.
    package init() {}

    /// What the windows that were shown weigh beside all others.
    private static let weights = [0.1, 1.0, 10.0]

    /// Features of training people.
    private struct Learned: Sendable {
        let features: WindowRepresentation
        let rows: [Double]
        let labels: [Int]

        init(of people: TrainingPeople) {
            features = WindowRepresentation(.logAmplitude, of: people)
            let all = people.people.flatMap(\.occasions)
            var (rows, labels): ([Double], [Int]) = ([], [])
            for occasion in all {
                let values = features(occasion)
                let width = people.channels
                // Neighboring windows say nearly the same.
                for window in Swift.stride(from: 0, to: occasion.count, by: 4) {
                    rows += values[window * width..<(window + 1) * width]
                    labels.append(occasion.labels[window])
                }
            }
            (self.rows, self.labels) = (rows, labels)
        }

        func decoder(_ weight: Double, _ person: NewPerson) -> ScoreDecoder? {
            let own = features(person.support)
            let each = weight * Double(labels.count) / Double(max(1, person.support.count))
            let discriminant = Discriminant(
                rows + own, labels: labels + person.support.labels,
                classCount: person.classCount, shrinkage: 0.02,
                weights: [Double](repeating: 1, count: labels.count)
                    + [Double](repeating: each, count: person.support.count))
            return ScoreDecoder { discriminant.scores(features($0)) }
        }
    }

    /// Chooses the weight for each setting.
    package func learn(from people: TrainingPeople, seed: UInt64) throws -> any LearnedMethod {
        try ChosenMethod(
            among: Self.weights, on: people, decidesNewClasses: false, learn: Learned.init,
            describe: { [MethodChoice("weight", $0.map { "\($0)" })] }
        ) { weight, learned, person in learned.decoder(weight, person) }
    }
}
