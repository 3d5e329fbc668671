/// How a person's own windows scatter, as far as their support tells.
///
/// Few windows say little of it: the support's scatter stands in place of that of training people by
/// a share that grows with their number, and each class keeps what it differs by.
struct OwnNoise: Sendable {
    /// How much the person's own scatter counts beside that of others, from 0 to below 1.
    let share: Double
    /// The covariance of the support's windows round the mean of their class, as the band was worn.
    let covariance: [Double]
    /// The mean over classes of what windows of training people scatter by.
    private let others: [Double]
    private let turns: FeatureTurns
    private let width: Int

    /// Nothing is known of the person.
    init(_ prior: HierarchicalPrior) {
        self.init(prior, support: [])
    }

    /// What a support told, in numbers that were stored.
    ///
    /// - Parameters:
    ///   - prior: What is known of others.
    ///   - share: How much the person's own scatter counts, from 0 to below 1.
    ///   - covariance: What windows scatter by; nothing when it does not count.
    init(_ prior: HierarchicalPrior, share: Double, covariance: [Double]) {
        self.share = share
        self.covariance = covariance
        others = share > 0 ? Covariance.mean(of: prior.windowNoise) : []
        (turns, width) = (prior.turns, prior.width)
    }

    /// What a support tells.
    ///
    /// - Parameters:
    ///   - prior: What is known of others.
    ///   - support: All windows of each class that was shown, as one repetition.
    init(_ prior: HierarchicalPrior, support: [Repetition]) {
        let width = prior.width
        let freedom = Double(support.reduce(0) { $0 + $1.count - 1 })
        // More would leave a class's noise nothing of its own.
        share = min(
            freedom / (freedom + prior.settings.personWindows), 1 - prior.settings.ownNoise)
        others = share > 0 ? Covariance.mean(of: prior.windowNoise) : []
        var covariance = [Double](repeating: 0, count: share > 0 ? width * width : 0)
        for place in covariance.indices where place % (width + 1) == 0 {
            covariance[place] = prior.settings.noiseRidge
        }
        for repetition in support where share > 0 {
            for (place, value) in repetition.scatter.enumerated() {
                covariance[place] += value / freedom
            }
        }
        self.covariance = covariance
        (turns, self.width) = (prior.turns, width)
    }

    /// What is added to the noise of every class when the band lies in a turn; `nil` when that is
    /// nothing.
    func change(in turn: Int) -> [Double]? {
        guard share > 0 else { return nil }
        return zip(turns.turned(matrix: covariance, by: turn, width: width), others)
            .map { share * ($0 - $1) }
    }
}
