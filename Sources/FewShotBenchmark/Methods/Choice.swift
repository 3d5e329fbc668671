private import Foundation

/// A choice among candidates by how each does on training people who are left out of learning: for
/// each setting of supports its own, with the sharpness of probabilities that fits best.
struct Choice<Candidate: Sendable>: Sendable {
    /// The candidate of each setting.
    let candidates: [Candidate]
    /// The number of each setting's candidate.
    let indices: [Int]
    /// What each setting's scores are multiplied by.
    let sharpness: [Double]
    /// The mean accuracy of the chosen candidate on the people left out, by setting.
    let accuracy: [Double]

    /// In how many parts people are left out.
    private static var folds: Int { 4 }
    /// What scores may be multiplied by.
    private static var sharpnesses: [Double] {
        [0.01, 0.03, 0.1, 0.2, 0.35, 0.5, 0.7, 1, 1.5, 2, 4, 8, 16, 32]
    }

    /// Chooses.
    ///
    /// - Parameters:
    ///   - candidates: At least one; of equally good ones the first is taken.
    ///   - people: Training people.
    ///   - learn: Learns from people, what all candidates share.
    ///   - decoder: Adapts to a person by a candidate, with sharpness 1.
    /// - Throws: What learning or adaptation throws.
    init<Learned>(
        among candidates: [Candidate], on people: TrainingPeople,
        learn: (TrainingPeople) throws -> Learned,
        decoder: (Candidate, Learned, NewPerson) throws -> ScoreDecoder?
    ) throws {
        let settings = 0..<people.settingCount
        var tallies = candidates.map { _ in settings.map { _ in Tally() } }
        for (others, leftOut) in people.folds(Self.folds) {
            let learned = try learn(others)
            for problems in leftOut.map(\.rehearsals) {
                for setting in settings {
                    for problem in problems[setting] {
                        for (place, candidate) in candidates.enumerated() {
                            guard let decoder = try decoder(candidate, learned, problem.person)
                            else { continue }
                            tallies[place][setting].add(
                                decoder.scores(problem.query.turned(by: decoder.turn)),
                                labels: problem.query.labels)
                        }
                    }
                }
            }
        }
        indices = settings.map { setting in
            candidates.indices.reduce(0) { best, place in
                tallies[place][setting].accuracy > tallies[best][setting].accuracy + 1e-12
                    ? place : best
            }
        }
        self.candidates = indices.map { candidates[$0] }
        accuracy = zip(indices, settings).map { tallies[$0][$1].accuracy }
        sharpness = zip(indices, settings).map { tallies[$0][$1].bestSharpness(Self.sharpnesses) }
    }

    /// What came of a candidate at a setting.
    private struct Tally {
        private var rows: [(scores: [Double], label: Int)] = []
        private var sum = 0.0
        private var count = 0

        /// The mean over problems.
        var accuracy: Double { count == 0 ? 0 : sum / Double(count) }

        mutating func add(_ scores: [[Double]], labels: [Int]) {
            var right = 0
            for (row, label) in zip(scores, labels) {
                right += row.likeliest == label ? 1 : 0
            }
            sum += Double(right) / Double(max(1, labels.count))
            count += 1
            // Every third window says enough about probabilities.
            for place in stride(from: 0, to: labels.count, by: 3) {
                rows.append((scores[place], labels[place]))
            }
        }

        /// The factor under which the true classes are likeliest.
        func bestSharpness(_ factors: [Double]) -> Double {
            var best = (loss: Double.infinity, factor: 1.0)
            for factor in factors {
                var loss = 0.0
                for (scores, label) in rows {
                    let highest = scores.max() ?? 0
                    let sum = scores.reduce(0) { $0 + exp(factor * ($1 - highest)) }
                    // What is held for impossible would count without end.
                    loss += min(20, log(sum) - factor * (scores[label] - highest))
                }
                if loss < best.loss { best = (loss, factor) }
            }
            return best.factor
        }
    }
}

extension [Double] {
    /// The place of the highest number; of equal ones the first.
    var likeliest: Int {
        indices.reduce(0) { self[$1] > self[$0] ? $1 : $0 }
    }
}
