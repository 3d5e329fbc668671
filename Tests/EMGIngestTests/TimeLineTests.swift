import EMGIngest
import SeededRandom
import Testing

@Suite("Time line")
struct TimeLineTests {
    private func grid(_ count: Int, step: Double = 0.01) -> [Double] {
        (0..<count).map { 2.03 + Double($0) * step }
    }

    @Test("an even grid has a rate and nothing else", arguments: [0.0005, 0.001, 0.005, 0.01])
    func even(step: Double) throws {
        let line = TimeLine(grid(300, step: step))
        #expect(abs(try #require(line.measuredHertz) * step - 1) < 1e-9)
        #expect(abs(try #require(line.meanHertz) * step - 1) < 1e-9)
        #expect(line.breaks == [])
        #expect(line.duplicates == [])
        #expect(line.jitter < 1e-6)
    }

    @Test(
        "samples that are missing make one break of their number", arguments: [1, 2, 3, 10, 5_000])
    func gap(missing: Int) throws {
        var times = grid(200)
        for index in 120..<200 { times[index] += Double(missing) * 0.01 }
        let line = TimeLine(times)
        #expect(line.breaks.map(\.sample) == [120])
        #expect(line.breaks.map(\.missingSamples) == [missing])
        #expect(line.jitter < 1e-6)
    }

    @Test("gaps are found at the very ends", arguments: [1, 199])
    func gapAtEnd(sample: Int) {
        var times = grid(200)
        for index in sample..<200 { times[index] += 0.05 }
        #expect(TimeLine(times).breaks.map(\.sample) == [sample])
        #expect(TimeLine(times).breaks.map(\.missingSamples) == [5])
    }

    @Test("neighboring gaps are told apart")
    func twoGaps() {
        var times = grid(200)
        for index in 100..<200 { times[index] += 0.02 }
        for index in 102..<200 { times[index] += 0.03 }
        #expect(TimeLine(times).breaks.map(\.sample) == [100, 102])
        #expect(TimeLine(times).breaks.map(\.missingSamples) == [2, 3])
    }

    @Test(
        "a clock that goes back makes a break without missing samples", arguments: [0.5, 1.5, 100])
    func back(seconds: Double) {
        var times = grid(200)
        for index in 120..<200 { times[index] -= seconds }
        let line = TimeLine(times)
        #expect(line.breaks.map(\.sample) == [120])
        #expect(line.breaks.map(\.missingSamples) == [0])
        #expect(abs(line.breaks[0].seconds + seconds) < 1e-9)
    }

    @Test(
        "a stamp written late, twice or early makes no break",
        arguments: [-0.01, -0.009, 0.009, 0.004])
    func single(shift: Double) {
        var times = grid(200)
        times[100] += shift
        #expect(TimeLine(times).breaks == [])
    }

    @Test(
        "jitter of nearly half a step makes no break and leaves the rate",
        arguments: 1...40 as ClosedRange<UInt64>)
    func jitter(seed: UInt64) throws {
        var noise = SeededGenerator(seed: seed)
        let times = grid(1_000).map { $0 + noise.uniform(in: -0.0045..<0.0045) }
        let line = TimeLine(times)
        #expect(line.breaks == [])
        #expect(line.jitter > TimeLine.scatteringJitter)
        #expect(abs(try #require(line.measuredHertz) - 100) < 0.2)
    }

    @Test("a gap shows through jitter", arguments: [3, 10])
    func jitterAndGap(missing: Int) {
        var noise = SeededGenerator(seed: 3)
        var times = grid(1_000).map { $0 + noise.uniform(in: -0.004..<0.004) }
        for index in 500..<1_000 { times[index] += 0.01 * Double(missing) }
        #expect(TimeLine(times).breaks.map(\.sample) == [500])
    }

    @Test("stamps that come in pairs give the rate of samples, not of pairs")
    func bursts() throws {
        let times = (0..<400).map { Double($0 / 2) * 0.01 }
        let line = TimeLine(times)
        #expect(abs(try #require(line.measuredHertz) - 200) < 1)
        #expect(line.breaks == [])
    }

    @Test("no stamp that goes forward, no rate", arguments: [[], [1.0], [1.0, 1.0], [2.0, 1.0]])
    func noRate(times: [Double]) {
        #expect(TimeLine(times).measuredHertz == nil)
    }
}
