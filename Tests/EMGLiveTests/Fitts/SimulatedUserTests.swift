import Documents
import EMGLive
import Testing

@Suite struct SimulatedUserTests {
    struct Setup: Sendable, CustomTestStringConvertible {
        var dimensions = 1
        var rate = 20.0
        var delay = 0.15
        var velocity = FittsSettings.Velocity.full

        var testDescription: String { "\(dimensions)-D, \(rate) a second, delay \(delay) s" }
        var settings: FittsSettings {
            var settings =
                dimensions == 1 ? ClosedLoop.oneDimension : ClosedLoop.twoDimensions
            settings.velocity = velocity
            return settings
        }
        var loop: ClosedLoop {
            var loop = ClosedLoop()
            loop.rate = rate
            loop.user.visualDelaySeconds = delay
            return loop
        }
    }

    static let setups = [1, 2].flatMap { dimensions in
        [(20.0, 0.15), (50, 0), (31.25, 0.3), (10, 0.1)].map { rate, delay in
            Setup(dimensions: dimensions, rate: rate, delay: delay)
        }
    }

    @Test(arguments: setups)
    func `a perfect decoder reaches every target and is never active in a rest`(
        setup: Setup
    ) throws {
        let task = try setup.loop.run(setup.settings)
        #expect(task.trials.count == setup.settings.trials)
        #expect(task.trials.allSatisfy { $0.isCompleted })
        #expect(task.summary.completionRate?.mean == 1)
        #expect(task.summary.restShare?.mean == 0)
        #expect(task.trials.allSatisfy { $0.rest.activations == 0 && $0.rest.decisions > 0 })
    }

    @Test(arguments: setups)
    func `the first movement comes after visual delay and reaction`(setup: Setup) throws {
        let task = try setup.loop.run(setup.settings)
        let user = setup.loop.user
        for trial in task.trials {
            let reaction = try #require(trial.reactionSeconds)
            let expected = user.visualDelaySeconds + user.reactionSeconds
            #expect(abs(reaction - expected) <= 1 / setup.rate + 1e-9, "trial \(trial.number)")
        }
    }

    @Test(arguments: [1, 2])
    func `throughput falls with the user's delay`(dimensions: Int) throws {
        let throughputs = try [0.0, 0.15, 0.3, 0.5].map { delay in
            try #require(
                Setup(dimensions: dimensions, delay: delay).run().summary.throughput
            ).mean
        }
        #expect(throughputs == throughputs.sorted(by: >), "\(throughputs)")
        #expect(Set(throughputs).count == throughputs.count)
    }

    @Test(arguments: [1, 2])
    func `throughput falls with the decoder's errors, and rest becomes restless`(
        dimensions: Int
    ) throws {
        let summaries = try [0.0, 0.1, 0.25, 0.4].map { errorRate in
            let setup = Setup(dimensions: dimensions)
            var loop = setup.loop
            loop.errorRate = errorRate
            var settings = setup.settings
            settings.trials = 64
            return try loop.run(settings).summary
        }
        let throughputs = try summaries.map { summary in
            let rate = try #require(summary.completionRate).mean
            return rate * (summary.throughput?.mean ?? 0)
        }
        #expect(throughputs == throughputs.sorted(by: >), "\(throughputs)")
        let shares = try summaries.map { try #require($0.restShare).mean }
        #expect(shares == shares.sorted(), "\(shares)")
        // Four classes of five are active.
        for (share, errorRate) in zip(shares, [0.0, 0.1, 0.25, 0.4]) {
            #expect(abs(share - 0.8 * errorRate) < 0.04, "\(share) of \(errorRate)")
        }
    }

    @Test(arguments: [1, 2], [4, 8])
    func `a user who knows the decoder's lag reaches every target and overshoots less`(
        dimensions: Int, lag: Int
    ) throws {
        func summary(expected: Double) throws -> FittsSummary {
            let setup = Setup(dimensions: dimensions)
            var loop = setup.loop
            loop.lag = lag
            loop.user.expectedLagSeconds = expected
            return try loop.run(setup.settings).summary
        }
        let knowing = try summary(expected: Double(lag) / 20)
        let unknowing = try summary(expected: 0)
        #expect(knowing.completionRate?.mean == 1)
        let overshoots = try [knowing, unknowing].map { try #require($0.overshoots).mean }
        #expect(overshoots[0] < overshoots[1], "\(overshoots)")
        let throughputs = try [knowing, unknowing].map { try #require($0.throughput).mean }
        #expect(throughputs[0] > throughputs[1], "\(throughputs)")
    }

    @Test(arguments: [1, 2])
    func `wrong classes make ways longer`(dimensions: Int) throws {
        func efficiency(_ wrongClass: Double) throws -> Double {
            var loop = Setup(dimensions: dimensions).loop
            loop.user.wrongClass = wrongClass
            return try #require(
                loop.run(Setup(dimensions: dimensions).settings).summary.pathEfficiency
            ).mean
        }
        let efficiencies = try [0, 0.3, 0.6].map(efficiency)
        #expect(efficiencies == efficiencies.sorted(by: >), "\(efficiencies)")
    }

    @Test(arguments: [1, 2])
    func `the same seed gives the same bytes and another one others`(dimensions: Int) throws {
        func log(seed: UInt64) throws -> String {
            var loop = Setup(dimensions: dimensions).loop
            loop.errorRate = 0.1
            loop.user.wrongClass = 0.1
            loop.user.jitter = 0.02
            loop.user.seed = seed
            let task = try loop.run(Setup(dimensions: dimensions).settings)
            return FittsLog(task).csv + FittsLog(task).document.json()
        }
        #expect(try log(seed: 7) == log(seed: 7))
        #expect(try log(seed: 7) != log(seed: 8))
    }
}

extension SimulatedUserTests.Setup {
    /// The task at its end.
    func run() throws -> FittsTask { try loop.run(settings) }
}
