import MetaLearning
import Testing

@Suite("Outer optimisers and schedules")
struct OuterOptimizerTests {
    /// Three steps from [1, −2] with gradients [0.5, −1], [0.1, 0.3], [−0.2, 0.05] at rate 0.1,
    /// weight decay 0.1, by torch.optim in double precision.
    @Test(
        "three steps are PyTorch's",
        arguments: zip(
            [OuterOptimizer<Double>.Rule.sgd, .adam, .adamw],
            expected))
    func steps(rule: OuterOptimizer<Double>.Rule, expected: [Double]) {
        var optimizer = OuterOptimizer<Double>(rule, weightDecay: 0.1, parameterCount: 2)
        var parameters = [1.0, -2.0]
        for gradient in [[0.5, -1], [0.1, 0.3], [-0.2, 0.05]] {
            optimizer.step(&parameters, gradient: gradient, learningRate: 0.1)
        }
        #expect(relativeDistance(parameters, expected) < 1e-14)
    }

    static let expected: [[Double]] = [
        [0.9313939999999999, -1.877288],
        [0.7598997572221902, -1.7869615121704383],
        [0.7583525727518424, -1.7702548920304693],
    ]

    @Test("blocks give what the whole gives")
    func blocks() {
        var whole = OuterOptimizer<Double>(.adamw, weightDecay: 0.01, parameterCount: 4)
        var parts = whole
        var (left, right) = ([1.0, 2, 3, 4], [1.0, 2, 3, 4])
        for factor in [1.0, -2, 0.5] {
            let gradient = [0.1, -0.2, 0.3, 0].map { $0 * factor }
            whole.step(&left, gradient: gradient, learningRate: 0.05)
            parts.beginStep()
            for block in [0..<1, 1..<4] {
                parts.move(
                    &right, in: block, gradient: gradient.span.extracting(block),
                    learningRate: 0.05)
            }
        }
        #expect(left == right)
    }

    @Test("the rate falls by the factor every so many epochs")
    func schedule() {
        let schedule = StepSchedule(step: 3, factor: 0.5)
        #expect((0..<8).map { schedule.rate(8, epoch: $0) } == [8, 8, 8, 4, 4, 4, 2, 2])
    }
}
