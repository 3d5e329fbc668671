import AllocationCount
import Decoding
import SeededRandom
import Testing

@Suite struct ControlLayerTests {
    static let classes = ["relax", "open", "close"]

    /// Probabilities that stay with a class for a while.
    static func rows(_ count: Int, seed: UInt64, classCount: Int = 3) -> [[Double]] {
        var generator = SeededGenerator(seed: seed, stream: "control")
        var leader = 0
        return (0..<count).map { _ in
            if generator.integer(below: 6) == 0 { leader = generator.integer(below: classCount) }
            // Few values, so that ties are frequent.
            var weights = (0..<classCount).map { _ in Double(1 + generator.integer(below: 4)) }
            weights[leader] += Double(generator.integer(below: 8))
            let sum = weights.reduce(0, +)
            return weights.map { $0 / sum }
        }
    }

    static func outputs(
        _ layer: inout ControlLayer, _ rows: [[Double]], amplitudes: [Double]? = nil
    ) -> [ControlOutput] {
        rows.enumerated().map { place, row in
            layer.decide(row.span, amplitude: amplitudes?[place] ?? 0)
        }
    }

    static func outputs(
        _ settings: ControlSettings, _ rows: [[Double]], rate: Double = 20,
        amplitudes: [Double]? = nil, classes: [String] = classes
    ) throws -> [ControlOutput] {
        var layer = try ControlLayer(settings, classes: classes, decisionRate: rate)
        return outputs(&layer, rows, amplitudes: amplitudes)
    }

    @Test(arguments: [["relax", "open", "close"], ["fist", "open", "close"]])
    func `without settings the likeliest class is put out at once`(classes: [String]) throws {
        let rows = Self.rows(500, seed: 1)
        let outputs = try Self.outputs(ControlSettings(), rows, classes: classes)
        for (row, output) in zip(rows, outputs) {
            let likeliest = row.firstIndex(of: row.max() ?? 0)
            let velocity = likeliest == 0 && classes[0] == "relax" ? 0.0 : 1.0
            #expect(
                output == ControlOutput(label: likeliest, velocity: velocity, state: .decided))
        }
    }

    static let cases: [(settings: ControlSettings, reference: ControlReference)] = {
        typealias Bounds = (enter: Double, leave: Double, count: Int)
        let off: Bounds = (0, 1, 1)
        var vote = ControlSettings()
        vote.vote = .seconds(0.25)
        var reject = ControlSettings()
        reject.rejectBelow = 0.5
        var hold = reject
        hold.whenRejected = .hold
        hold.vote = .decisions(4)
        var hysteresis = ControlSettings()
        hysteresis.hysteresis.enterProbability = 0.55
        hysteresis.hysteresis.leaveProbability = 0.3
        var single = Hysteresis()
        single.enterDuration = .seconds(0.15)
        hysteresis.classes["open"] = single
        var refractory = ControlSettings()
        refractory.refractorySeconds = 0.3
        var all = hysteresis
        all.rejectBelow = 0.45
        all.vote = .decisions(3)
        all.refractorySeconds = 0.21
        let bounds: [Bounds] = [(0.55, 0.3, 1), (0, 1, 3), (0.55, 0.3, 1)]
        return [
            (vote, .init(voteCount: 5, classes: [off, off, off])),
            (reject, .init(rejectBelow: 0.5, classes: [off, off, off])),
            (
                hold,
                .init(
                    rejectBelow: 0.5, holdsRejected: true, voteCount: 4, classes: [off, off, off])
            ),
            (hysteresis, .init(classes: bounds)),
            (refractory, .init(classes: [off, off, off], refractoryCount: 6)),
            (
                all,
                .init(rejectBelow: 0.45, voteCount: 3, classes: bounds, refractoryCount: 5)
            ),
        ]
    }()

    @Test(arguments: cases.indices, [false, true])
    func `outputs are what the description says`(number: Int, hasNeutral: Bool) throws {
        var (settings, reference) = Self.cases[number]
        let classes = hasNeutral ? ["a", "open", "nothing"] : ["a", "open", "b"]
        if hasNeutral {
            settings.neutral = "nothing"
            reference.neutral = 2
        }
        var states: Set<ControlOutput.State> = []
        for seed in UInt64(0)..<20 {
            let rows = Self.rows(120, seed: seed)
            let outputs = try Self.outputs(settings, rows, classes: classes)
            let expected = reference.labels(rows)
            #expect(outputs.map(\.label) == expected.map(\.label))
            #expect(outputs.map(\.state) == expected.map(\.state))
            states.formUnion(outputs.map(\.state))
        }
        // What is tested does something.
        #expect(number == 0 || states.count > 1)
    }

    @Test func `of classes with as many votes the one decided last is put out`() throws {
        var settings = ControlSettings()
        settings.vote = .decisions(4)
        func row(_ label: Int) -> [Double] { (0..<3).map { $0 == label ? 0.8 : 0.1 } }
        let labels = [1, 2, 1, 2, 0, 0, 1, 1]
        let outputs = try Self.outputs(settings, labels.map(row))
        #expect(outputs.map(\.label) == [1, 2, 1, 2, 2, 0, 0, 1])
    }

    @Test func `a class is held until it may be left and another is sure`() throws {
        var settings = ControlSettings()
        settings.hysteresis.enterProbability = 0.6
        settings.hysteresis.leaveProbability = 0.2
        let rows: [[Double]] = [
            [0.1, 0.5, 0.4], [0.1, 0.7, 0.2], [0.0, 0.3, 0.7], [0.3, 0.2, 0.5], [0.2, 0.2, 0.6],
        ]
        let outputs = try Self.outputs(settings, rows, classes: ["a", "b", "c"])
        #expect(outputs.map(\.label) == [nil, 1, 1, 1, 2])
        #expect(outputs.map(\.state) == [.held, .decided, .held, .held, .decided])
    }

    @Test(arguments: [
        (0.0, 20.0, [1, 2, 1, 2, 1]), (0.05, 20, [1, 2, 1, 2, 1]), (0.06, 20, [1, 1, 1, 2, 2]),
        (0.1, 20, [1, 1, 1, 2, 2]), (0.3, 10, [1, 1, 1, 2, 2]),
    ])
    func `a change waits until the refractory time is over`(
        seconds: Double, rate: Double, expected: [Int]
    ) throws {
        var settings = ControlSettings()
        settings.refractorySeconds = seconds
        let rows = [1, 2, 1, 2, 1].map { label in (0..<3).map { $0 == label ? 1.0 : 0.0 } }
        let outputs = try Self.outputs(settings, rows, rate: rate)
        #expect(outputs.map(\.label) == expected)
    }

    @Test func `a fault puts out neutral at once and begins anew`() throws {
        var settings = ControlSettings()
        settings.vote = .decisions(5)
        settings.refractorySeconds = 10
        settings.hysteresis.leaveProbability = 0.1
        let rows = Self.rows(60, seed: 3)
        var used = try ControlLayer(settings, classes: Self.classes, decisionRate: 20)
        let first = Self.outputs(&used, rows)
        #expect(
            used.fault() == ControlOutput(label: 0, velocity: 0, state: .fault))
        #expect(Self.outputs(&used, rows) == first)
        used.reset()
        #expect(Self.outputs(&used, rows) == first)
        let broken = [0.5, Double.nan, 0.2]
        #expect(used.decide(broken.span, amplitude: 1).state == .fault)
        #expect(Self.outputs(&used, rows) == first)
    }

    @Test func `a fault is no class where none is neutral`() throws {
        var layer = try ControlLayer(
            ControlSettings(), classes: ["open", "close"], decisionRate: 10)
        #expect(layer.fault() == ControlOutput(label: nil, velocity: 0, state: .fault))
    }

    @Test(arguments: [
        (["fist", "Rest"], 1), (["neutral", "relax"], 1), (["No motion", "fist"], 0),
        (["no-motion", "open"], 0), (["Neutral", "rest"], 1), (["resting", "open"], nil),
    ])
    func `the neutral class is found by its name`(classes: [String], neutral: Int?) throws {
        var layer = try ControlLayer(ControlSettings(), classes: classes, decisionRate: 10)
        #expect(layer.fault().label == neutral)
    }

    @Test func `velocity is straight between the amplitudes of the class that is put out`() throws {
        var settings = ControlSettings()
        var proportional = ProportionalOutput()
        proportional.ranges = [
            "open": AmplitudeRange(low: 10, high: 30), "close": AmplitudeRange(low: 5, high: 5),
        ]
        settings.proportional = proportional
        func row(_ label: Int) -> [Double] { (0..<4).map { $0 == label ? 0.7 : 0.1 } }
        let labels = [1, 1, 1, 1, 1, 0, 2, 2, 3, 1]
        let amplitudes = [0.0, 10, 15, 30, 99, 99, 4.9, 5, 0, .nan]
        let outputs = try Self.outputs(
            settings, labels.map(row), amplitudes: amplitudes,
            classes: Self.classes + ["point"])
        #expect(outputs.map(\.velocity) == [0, 0, 0.25, 1, 1, 0, 0, 1, 1, 0])

        settings.proportional?.deadBand = 0.5
        let dead = try Self.outputs(
            settings, [1, 1, 1, 1].map(row), amplitudes: [15, 20, 25, 30],
            classes: Self.classes + ["point"])
        #expect(dead.map(\.velocity) == [0, 0, 0.5, 1])
    }

    @Test func `amplitudes are calibrated by NumPy's percentiles`() {
        var proportional = ProportionalOutput()
        proportional.lowPercentile = 10
        proportional.highPercentile = 85
        proportional.ranges = ["close": AmplitudeRange(low: 1, high: 2)]
        let calibrated = proportional.calibrated(
            amplitudes: [3.5, 100, 1.25, 9, 2, 7.75, 50], labels: [1, 0, 1, 1, 1, 1, 0],
            classes: Self.classes)
        // numpy.percentile([3.5, 1.25, 9, 2, 7.75], [10, 85]) and of [100, 50].
        #expect(
            calibrated.ranges == [
                "relax": AmplitudeRange(low: 55, high: 92.5),
                "open": AmplitudeRange(low: 1.55, high: 8.25),
                "close": AmplitudeRange(low: 1, high: 2),
            ])
    }

    @Test func `a class that there is none of is refused by name`() throws {
        func message(_ change: (inout ControlSettings) -> Void) -> String? {
            var settings = ControlSettings()
            change(&settings)
            do throws(DecodingError) {
                _ = try ControlLayer(settings, classes: Self.classes, decisionRate: 20)
                return nil
            } catch { return error.description }
        }
        #expect(
            message { $0.neutral = "opne" } == """
                control.neutral: expected the name of a class, found opne
                  hint: did you mean "open"?
                """)
        #expect(
            message { $0.classes["fist"] = Hysteresis() }?.hasPrefix("control.classes:") == true)
        #expect(
            message {
                $0.proportional = ProportionalOutput()
                $0.proportional?.ranges["fist"] = AmplitudeRange(low: 0, high: 1)
            }?.hasPrefix("control.proportional.ranges:") == true)
        #expect(message { _ in } == nil)
    }

    @Test(.enabled(if: allocations_are_counted(), "only glibc is counted"))
    func `decisions ask for no memory`() throws {
        var settings = ControlSettings()
        settings.vote = .decisions(7)
        settings.rejectBelow = 0.4
        settings.hysteresis.leaveProbability = 0.3
        settings.hysteresis.enterDuration = .seconds(0.1)
        settings.refractorySeconds = 0.2
        settings.proportional = ProportionalOutput()
        settings.proportional?.ranges["open"] = AmplitudeRange(low: 0, high: 1)
        var layer = try ControlLayer(settings, classes: Self.classes, decisionRate: 20)
        let rows = Self.rows(400, seed: 9)
        var sum = 0.0
        // The first time around is the test's own.
        for isWarm in [false, true] {
            let before = allocation_count()
            for place in rows.indices {
                let row = rows[place]
                sum += layer.decide(row.span, amplitude: Double(place) / 400).velocity
                if place.isMultiple(of: 50) { sum += layer.fault().velocity }
            }
            let allocations = allocation_count() - before
            #expect(allocations == 0 || !isWarm)
        }
        #expect(sum > 0)
    }
}
