/// The sessions of training people, turned onto each other: everybody's first session onto the mean
/// of all, further sessions onto the person's first.
struct AlignedSessions: Sendable {
    let classCount: Int
    let width: Int
    let turns: FeatureTurns
    /// For each person and session the class means, `[classes × features]`.
    private(set) var people: [[[Double]]]
    /// For each class the covariance of windows round their repetition.
    private(set) var windowNoise: [[Double]]
    /// For each class the covariance of repetitions round the class mean.
    private(set) var repetitionNoise: [[Double]]

    /// Lays sessions onto each other.
    ///
    /// - Parameters:
    ///   - summaries: For each person and session what is known of each class.
    ///   - turns: The turns of features.
    ///   - aligned: So many features, the first ones, are compared.
    init(_ summaries: [[[ClassSummary]]], turns: FeatureTurns, aligned: Int) {
        let classCount = summaries[0][0].count
        let width = summaries[0][0][0].means[0].count
        (self.classCount, self.width, self.turns) = (classCount, width, turns)
        let patterns = summaries.map { person in person.map { $0.flatMap(\.mean) } }
        let own = turns.aligning(patterns.map { $0[0] }, aligned: aligned, width: width)
        var frames: [[Int]] = []
        people = []
        for (person, turn) in zip(patterns, own) {
            var laid = [turns.turned(person[0], by: turn)]
            var chosen = [turn]
            for pattern in person.dropFirst() {
                chosen.append(
                    turns.nearest(pattern, to: laid[0], aligned: aligned, width: width))
                laid.append(turns.turned(pattern, by: chosen[chosen.count - 1]))
            }
            people.append(laid)
            frames.append(chosen)
        }
        let zero = [[Double]](
            repeating: [Double](repeating: 0, count: width * width), count: classCount)
        (windowNoise, repetitionNoise) = (zero, zero)
        addNoise(of: summaries, frames: frames)
    }

    private mutating func addNoise(of summaries: [[[ClassSummary]]], frames: [[Int]]) {
        var counts = [Int](repeating: 0, count: classCount)
        var degrees = counts
        for (person, frames) in zip(summaries, frames) {
            for (session, turn) in zip(person, frames) {
                let source = turns.sources(of: turn, width: width)
                for (label, summary) in session.enumerated() {
                    counts[label] += summary.count
                    degrees[label] += summary.means.count - 1
                    let mean = summary.mean
                    let differences = summary.means.map { row in
                        source.map { row[$0] - mean[$0] }
                    }
                    for one in 0..<width {
                        for other in 0..<width {
                            let place = one * width + other
                            windowNoise[label][place] +=
                                summary.scatter[source[one] * width + source[other]]
                            repetitionNoise[label][place] += differences.reduce(0) {
                                $0 + $1[one] * $1[other]
                            }
                        }
                    }
                }
            }
        }
        for label in 0..<classCount {
            for place in 0..<width * width {
                windowNoise[label][place] /= Double(max(1, counts[label]))
                repetitionNoise[label][place] /= Double(max(1, degrees[label]))
            }
        }
    }
}
