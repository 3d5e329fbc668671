extension FeatureTurns {
    /// How often the turns of all people are chosen anew against their mean.
    private static var passes: Int { 5 }

    /// The turn in which a pattern lies nearest to another one; of equally near ones the first.
    ///
    /// - Parameters:
    ///   - pattern: Rows of features, one after the other.
    ///   - goal: As many numbers.
    ///   - aligned: So many features of each row, the first ones, are compared.
    ///   - width: Features of a row.
    /// - Returns: The turn.
    func nearest(
        _ pattern: [Double], to goal: [Double], aligned: Int, width: Int
    ) -> Int {
        var best = (distance: Double.infinity, turn: 0)
        for turn in 0..<count {
            let turned = turned(pattern, by: turn)
            var distance = 0.0
            for place in turned.indices where place % width < aligned {
                distance += (turned[place] - goal[place]) * (turned[place] - goal[place])
            }
            if distance < best.distance { best = (distance, turn) }
        }
        return best.turn
    }

    /// The turns in which people's patterns lie nearest to their common mean.
    ///
    /// - Parameters:
    ///   - patterns: A pattern for each person, at least one.
    ///   - aligned: So many features of each row, the first ones, are compared.
    ///   - width: Features of a row.
    /// - Returns: A turn for each person.
    func aligning(_ patterns: [[Double]], aligned: Int, width: Int) -> [Int] {
        var chosen = [Int](repeating: 0, count: patterns.count)
        for _ in 0..<(count > 1 ? Self.passes : 0) {
            let mean = Covariance.mean(of: zip(patterns, chosen).map { turned($0, by: $1) })
            chosen = patterns.map { nearest($0, to: mean, aligned: aligned, width: width) }
        }
        return chosen
    }
}
