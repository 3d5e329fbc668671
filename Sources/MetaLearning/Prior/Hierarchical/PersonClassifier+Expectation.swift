internal import Autodiff
private import SeededRandom

// What can be said of a person before they are decided about.
extension PersonClassifier {
    /// The accuracy to be expected on windows of repetitions that were not seen, were the posterior
    /// true: drawn from it, no query is needed.
    ///
    /// - Parameters:
    ///   - draws: How many people are drawn.
    ///   - windows: How many windows of each class.
    ///   - seed: Where draws come from.
    /// - Returns: From 0 to 1.
    package func expectedAccuracy(draws: Int = 60, windows: Int = 4, seed: UInt64 = 0) -> Double {
        var generator = SeededGenerator(seed: seed, stream: "expected accuracy")
        let people = CholeskyFactor(unknown.covariance, width: prior.size)
        var noises: [Int: [CholeskyFactor]] = [:]
        func normal(_ count: Int) -> [Double] { (0..<count).map { _ in generator.nearlyNormal() } }
        var right = 0
        for _ in 0..<draws {
            var rest = generator.uniform()
            let turn =
                turnProbabilities.firstIndex { probability in
                    rest -= probability
                    return rest < 0
                } ?? 0
            let own = zip(means[turn], people.scattered(normal(prior.size))).map { $0 + $1 }
            let factors =
                noises[turn]
                ?? (0..<prior.classCount).map {
                    CholeskyFactor(noise(of: $0, in: turn), width: prior.width)
                }
            noises[turn] = factors
            for label in 0..<prior.classCount {
                for _ in 0..<windows {
                    let noise = factors[label].scattered(normal(prior.width))
                    let row = (0..<prior.width).map { own[label * prior.width + $0] + noise[$0] }
                    let scores = scores(of: prior.turns.turnedBack(row, by: turn))
                    let decided = scores.indices.max { scores[$0] < scores[$1] }
                    right += decided == label ? 1 : 0
                }
            }
        }
        return Double(right) / Double(draws * windows * prior.classCount)
    }

    /// How far windows scatter round the mean of their repetition, in the likeliest turn.
    ///
    /// - Parameter repetitions: What a person has shown.
    /// - Returns: The mean over windows of their squared distance, measured by what windows of
    ///   training people scatter by; 1 for somebody who holds as steadily as they do, 0 without any.
    package func unsteadiness(of repetitions: [Repetition]) -> Double {
        let turn =
            turnProbabilities.indices.max { turnProbabilities[$0] < turnProbabilities[$1] } ?? 0
        var (sum, count) = (0.0, 0)
        for repetition in repetitions {
            let factor = CholeskyFactor(prior.windowNoise[repetition.label], width: prior.width)
            let mean = repetition.mean
            for first in stride(from: 0, to: repetition.rows.count, by: prior.width) {
                let difference = (0..<prior.width).map { repetition.rows[first + $0] - mean[$0] }
                sum += factor.squaredDistance(prior.turns.turned(difference, by: turn))
                count += prior.width
            }
        }
        return sum / Double(max(1, count))
    }
}
