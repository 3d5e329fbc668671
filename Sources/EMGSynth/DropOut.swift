internal import SeededRandom

/// A segment in which the link, or one electrode, delivers nothing new. Two recordings in five
/// have one.
struct DropOut: Sendable {
    /// The electrode concerned, where it is only one.
    let channel: Int
    private let range: Range<Double>?

    init(plan: LaboratoryPlan, duration: Double, stream: String) {
        var generator = SeededGenerator(seed: plan.seed, stream: "\(stream) drop-out")
        channel = generator.integer(below: 1_000)
        let happens = generator.uniform() < 0.4
        let length = generator.uniform(in: 0.3..<0.5)
        let start = generator.uniform() * max(0, duration - length)
        range = plan.hasDropOuts && happens ? start..<(start + length) : nil
    }

    /// Whether nothing new arrives at a time, in seconds from the start.
    func isActive(at time: Double) -> Bool { range?.contains(time) ?? false }
}
