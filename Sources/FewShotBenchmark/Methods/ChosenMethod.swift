private import MetaLearning

/// A method that has chosen among candidates by how each does on training people who are left out of
/// learning: for each setting of supports its own, with the sharpness of probabilities that fits best.
struct ChosenMethod<Candidate: Sendable, Learned: Sendable>: LearnedMethod {
    /// Adapts to a person by a candidate, with sharpness 1.
    typealias Decoder = @Sendable (Candidate, Learned, NewPerson) throws -> ScoreDecoder?

    let choices: [MethodChoice]
    /// The candidate of each setting.
    private let candidates: [Candidate]
    /// What each setting's scores are multiplied by.
    private let sharpness: [Double]
    private let learned: Learned
    private let decidesNewClasses: Bool
    private let decoder: Decoder

    /// In how many parts people are left out.
    private static var folds: Int { 4 }
    /// What scores may be multiplied by.
    private static var sharpnesses: [Double] {
        [0.01, 0.03, 0.1, 0.2, 0.35, 0.5, 0.7, 1, 1.5, 2, 4, 8, 16, 32]
    }

    /// Learns and chooses.
    ///
    /// - Parameters:
    ///   - candidates: At least one; of equally good ones the first is taken.
    ///   - people: Training people.
    ///   - decidesNewClasses: Whether it can decide about classes that training people have not shown.
    ///   - learn: Learns from people, what all candidates share.
    ///   - describe: Tells the candidates of all settings.
    ///   - decoder: Adapts to a person by a candidate.
    /// - Throws: What learning or adaptation throws.
    init(
        among candidates: [Candidate], on people: TrainingPeople, decidesNewClasses: Bool = true,
        learn: (TrainingPeople) throws -> Learned,
        describe: ([Candidate]) -> [MethodChoice], decoder: @escaping Decoder
    ) throws {
        let settings = 0..<people.settingCount
        var tallies = candidates.map { _ in settings.map { _ in Tally() } }
        // What cannot decide in the end has nothing to choose.
        let folds = decidesNewClasses || !people.isForNewClasses ? people.folds(Self.folds) : []
        for (others, leftOut) in folds {
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
        let chosen = settings.map { setting in
            candidates.indices.reduce(0) { best, place in
                tallies[place][setting].accuracy > tallies[best][setting].accuracy + 1e-12
                    ? place : best
            }
        }
        self.candidates = chosen.map { candidates[$0] }
        choices = describe(self.candidates)
        sharpness = zip(chosen, settings).map { tallies[$0][$1].bestSharpness(Self.sharpnesses) }
        learned = try learn(people)
        self.decidesNewClasses = decidesNewClasses
        self.decoder = decoder
    }

    func adapted(to person: NewPerson) throws -> (any PersonDecoder)? {
        guard decidesNewClasses || !person.hasNewClasses else { return nil }
        var adapted = try decoder(candidates[person.setting], learned, person)
        adapted?.sharpness = sharpness[person.setting]
        return adapted
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
                    // What is held for impossible would count without end.
                    loss += min(20, scores.loss(of: label, sharpness: factor))
                }
                if loss < best.loss { best = (loss, factor) }
            }
            return best.factor
        }
    }
}
