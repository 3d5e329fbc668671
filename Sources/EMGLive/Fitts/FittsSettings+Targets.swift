private import SeededRandom

extension FittsSettings {
    /// The targets of all trials in their order.
    ///
    /// - Returns: As many as there are ``trials``; the same for the same settings.
    package func targets() -> [FittsTarget] {
        let isBand = dimensions == 1
        let count = isBand ? 2 : directions
        let angles = (0..<count).map { 360 * Double($0) / Double(count) }
        let block = distances.flatMap { distance in
            widths.flatMap { width in
                angles.map {
                    FittsTarget(
                        FittsCondition(distance: distance, width: width), degrees: $0,
                        isBand: isBand)
                }
            }
        }
        var generator = SeededGenerator(seed: seed, stream: "fitts")
        var result: [FittsTarget] = []
        while result.count < trials {
            result += order == .shuffled ? generator.shuffled(block) : block
        }
        return Array(result.prefix(trials))
    }
}
