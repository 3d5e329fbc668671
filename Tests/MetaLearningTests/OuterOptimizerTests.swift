import MetaLearning
import Testing

@Suite("Outer optimizers and schedules")
struct OuterOptimizerTests {
    /// Three steps from [1, −2] with gradients [0.5, −1], [0.1, 0.3], [−0.2, 0.05] at rate 0.1,
    /// weight decay 0.1, by torch.optim in double precision.
    @Test(
        "three steps are PyTorch's",
        arguments: zip(
            [
                OuterSGD(weightDecay: 0.1), OuterAdam(weightDecay: 0.1),
                OuterAdamW(weightDecay: 0.1),
            ] as [any OuterRule],
            expected))
    func steps(rule: any OuterRule, expected: [Double]) {
        var optimizer = OuterOptimizer<Double>(rule, parameterCount: 2)
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
        var whole = OuterOptimizer<Double>(OuterAdamW(weightDecay: 0.01), parameterCount: 4)
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
    func stepSchedule() {
        let schedule = StepSchedule(step: 3, factor: 0.5)
        #expect(
            (0..<8).map { schedule.rate(8, epoch: $0, of: 8, losses: []) } == [
                8, 8, 8, 4, 4, 4, 2, 2,
            ])
    }

    /// CosineAnnealingLR(T_max: 4, eta_min: 0.1) from 1.
    @Test("the rate falls along half a cosine")
    func cosineSchedule() {
        let schedule = CosineSchedule(minimum: 0.1)
        let rates = (0..<5).map { schedule.rate(1, epoch: $0, of: 4, losses: []) }
        let expected = [1, 0.868_198_051_533_946_4, 0.55, 0.231_801_948_466_053_57, 0.1]
        #expect(relativeDistance(rates, expected) < 1e-14)
    }

    /// ReduceLROnPlateau(factor: 0.5, patience: 1, min_lr: 0.2) from 1.
    @Test("the rate falls when the loss does not, and stops at its minimum")
    func plateauSchedule() {
        let schedule = PlateauSchedule(factor: 0.5, patience: 1, minimum: 0.2)
        let losses = [1.0, 0.9, 0.9, 0.95, 0.8, 0.8, 0.8, 0.8, 0.8]
        let rates = (0..<10).map {
            schedule.rate(1, epoch: $0, of: 10, losses: Array(losses.prefix($0)))
        }
        #expect(rates == [1, 1, 1, 1, 0.5, 0.5, 0.5, 0.25, 0.25, 0.2])
    }
}
