package import Documents
private import Foundation

/// The nearest windows that were shown; how many vote is chosen on training people.
package struct NearestNeighborsMethod: AdaptationMethod {
    /// The name in documents.
    package static let key = "knn"
    /// What it is.
    package static let documentation =
        "A vote of the nearest windows that were shown, nearer ones counting more."
    /// Nothing is to be set.
    package static let fields: Fields<Self> = []

    /// The method.
    package init() {}

    /// What can be chosen.
    private struct Candidate: Sendable {
        let features: WindowRepresentation.Kind
        let neighbors: Int
    }

    /// Chooses features and the number of neighbors for each setting.
    package func learn(from people: TrainingPeople, seed: UInt64) throws -> any LearnedMethod {
        let candidates = WindowRepresentation.Kind.allCases.flatMap { kind in
            [1, 3, 5, 9].map { Candidate(features: kind, neighbors: $0) }
        }
        return try ChosenMethod(
            among: candidates, on: people, learn: WindowRepresentations.init,
            describe: { chosen in
                [
                    MethodChoice("features", chosen.map(\.features.rawValue)),
                    MethodChoice("neighbors", chosen.map { "\($0.neighbors)" }),
                ]
            }, decoder: Self.decoder)
    }

    private static func decoder(
        _ candidate: Candidate, _ representations: WindowRepresentations, _ person: NewPerson
    ) -> ScoreDecoder? {
        let features = representations[candidate.features]
        let shown = features(person.support)
        let labels = person.support.labels
        let width = shown.count / max(1, labels.count)
        let classCount = person.classCount
        return ScoreDecoder { windows in
            let rows = features(windows)
            return (0..<windows.count).map { window in
                let distances = labels.indices.map { place in
                    (0..<width).reduce(0.0) { sum, column in
                        let difference =
                            rows[window * width + column] - shown[place * width + column]
                        return sum + difference * difference
                    }
                }
                var votes = [Double](repeating: 1e-3, count: classCount)
                let nearest = distances.indices.sorted {
                    (distances[$0], $0) < (distances[$1], $1)
                }.prefix(candidate.neighbors)
                for place in nearest { votes[labels[place]] += 1 / (1e-9 + distances[place]) }
                let sum = votes.reduce(0, +)
                return votes.map { log($0 / sum) }
            }
        }
    }
}
