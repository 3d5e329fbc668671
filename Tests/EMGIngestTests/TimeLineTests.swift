import EMGIngest
import Foundation
import SeededRandom
import Testing

@Suite("Time line")
struct TimeLineTests {
    private func grid(_ count: Int, step: Double = 0.01) -> [Double] {
        (0..<count).map { 2.03 + Double($0) * step }
    }

    @Test("an even grid has a rate and nothing else", arguments: [0.0005, 0.001, 0.005, 0.01])
    func even(step: Double) throws {
        let line = TimeLine.fit(grid(300, step: step))
        #expect(abs(try #require(line.line).hertz * step - 1) < 1e-9)
        #expect(line.breaks == [])
        #expect(line.repeatCount == 0)
        #expect(try #require(line.line).jitterSeconds < 1e-9)
        #expect(abs(line.resolutionSeconds - step) < 1e-12)
    }

    @Test(
        "samples that are missing make one break of their number", arguments: [1, 2, 3, 10, 5_000])
    func gap(missing: Int) throws {
        var times = grid(200)
        for index in 120..<200 { times[index] += Double(missing) * 0.01 }
        let line = TimeLine.fit(times)
        #expect(line.breaks.map(\.sample) == [120])
        #expect(line.breaks.map(\.missingSamples) == [missing])
        #expect(try #require(line.line).jitterSeconds < 1e-9)
    }

    @Test("gaps are found at the very ends", arguments: [1, 199])
    func gapAtEnd(sample: Int) {
        var times = grid(200)
        for index in sample..<200 { times[index] += 0.05 }
        #expect(TimeLine.fit(times).breaks.map(\.sample) == [sample])
        #expect(TimeLine.fit(times).breaks.map(\.missingSamples) == [5])
    }

    @Test("neighboring gaps are distinguished")
    func twoGaps() {
        var times = grid(200)
        for index in 100..<200 { times[index] += 0.02 }
        for index in 102..<200 { times[index] += 0.03 }
        #expect(TimeLine.fit(times).breaks.map(\.sample) == [100, 102])
        #expect(TimeLine.fit(times).breaks.map(\.missingSamples) == [2, 3])
    }

    @Test(
        "a clock that goes back makes a break without missing samples", arguments: [0.5, 1.5, 100])
    func back(seconds: Double) {
        var times = grid(200)
        for index in 120..<200 { times[index] -= seconds }
        let line = TimeLine.fit(times)
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
        #expect(TimeLine.fit(times).breaks == [])
    }

    @Test(
        "jitter of nearly half a step makes no break and leaves the rate",
        arguments: 1...40 as ClosedRange<UInt64>)
    func jitter(seed: UInt64) throws {
        var noise = SeededGenerator(seed: seed)
        let times = grid(1_000).map { $0 + noise.uniform(in: -0.0045..<0.0045) }
        let line = TimeLine.fit(times)
        #expect(line.breaks == [])
        #expect((try #require(line.line)).jitterSeconds > 0.2 * 0.01)
        #expect(abs(try #require(line.line).hertz - 100) < 0.2)
    }

    @Test("a gap shows through jitter", arguments: [3, 10])
    func jitterAndGap(missing: Int) {
        var noise = SeededGenerator(seed: 3)
        var times = grid(1_000).map { $0 + noise.uniform(in: -0.004..<0.004) }
        for index in 500..<1_000 { times[index] += 0.01 * Double(missing) }
        #expect(TimeLine.fit(times).breaks.map(\.sample) == [500])
    }

    @Test("stamps that come in pairs give the rate of samples, not of pairs")
    func bursts() throws {
        let times = (0..<400).map { Double($0 / 2) * 0.01 }
        let line = TimeLine.fit(times)
        #expect(abs(try #require(line.line).hertz - 200) < 1)
        #expect(line.breaks == [])
    }

    @Test("no stamp that goes forward, no rate", arguments: [[], [1.0], [1.0, 1.0], [2.0, 1.0]])
    func noRate(times: [Double]) {
        #expect(TimeLine.fit(times).line == nil)
    }

    @Test("stamps that say nothing are reported so")
    func silence() throws {
        let equal = [Double](repeating: 12.5, count: 500)
        #expect(TimeLine.fit(equal).silence == "all time stamps are equal")
        let mixed: [Double] = (0..<500).map { index in Double((index * 7_919) % 500) }
        let back = try #require(TimeLine.fit(mixed).silence)
        #expect(back.hasPrefix("the time stamps go back "), "\(back)")
        for seed in 0..<5 as Range<UInt64> {
            let random = TimeLine.fit(Self.atRandom(seed))
            #expect(random.silence == "samples are stamped at random, not at a rate")
            #expect(random.line == nil && random.breaks == [])
        }
    }

    /// Exponential waits: no rate at any scale.
    private static func atRandom(_ seed: UInt64) -> [Double] {
        var noise = SeededGenerator(seed: seed)
        var time = 0.0
        return (0..<9_000).map { _ in
            let wait: Double = -0.005 * log(1 - noise.uniform())
            time += wait
            return time
        }
    }

    /// Ticks and rates.
    private static let grains: [(Double, Double)] = [
        (1e-3, 150), (1e-5, 1_259.259), (0.0078125, 300), (0.0009765625, 200), (0.015, 500),
        (1e-6, 2_148.1),
    ]
    private static let origins: [Double] = [0, 2.03125, 1_651_400_010]

    @Test("the resolution is the common divisor of the stamps", arguments: grains, origins)
    func resolution(grain: (Double, Double), origin: Double) {
        let (tick, hertz) = grain
        // A Double of the size of today's date holds no ticks of seven decimals.
        guard origin < 1e9 || tick >= 1e-6 && (tick * 1e6).rounded() == tick * 1e6 else { return }
        let times: [Double] = (0..<3_000).map { index in
            let ticks: Double = (Double(index) / hertz / tick).rounded(.down)
            return origin + ticks * tick
        }
        let found = TimeLine.fit(times).resolutionSeconds
        #expect(abs(found / tick - 1) < 1e-6, "\(found) in place of \(tick)")
    }

    @Test(
        "a clock that drifts has no gap",
        arguments: [20e-6, 50e-6, 200e-6] as [Double], [200, 1_000, 2_000] as [Double])
    func drift(part: Double, hertz: Double) throws {
        let count = Int(60 * hertz)
        let times: [Double] = (0..<count).map { index in
            let time: Double = Double(index) / hertz
            let late: Double = 30 * part * sin(time / 30)
            return time + late
        }
        let line = TimeLine.fit(times)
        #expect(line.breaks == [])
        #expect(abs(try #require(line.line).hertz / hertz - 1) < part)
    }

    @Test(
        "packets that are held back and flushed are late, not missing",
        arguments: [1, 2, 4] as [Int], [3, 10, 30] as [Int])
    func backlog(size: Int, held: Int) throws {
        var noise = SeededGenerator(seed: UInt64(size * 100 + held))
        var times: [Double] = []
        for packet in 0..<3_000 {
            var time = Double((packet + 1) * size) / 200 + noise.uniform(in: 0..<0.0005)
            // What is held back comes as fast as the link lets it through.
            if packet % 900 >= 450, packet % 900 < 450 + held {
                let end = packet / 900 * 900 + 450 + held
                time = Double(end * size) / 200 + 0.0001 * Double(packet % 900 - 450)
            }
            times += [Double](repeating: time, count: size)
        }
        let line = TimeLine.fit(times)
        #expect(line.breaks == [])
        #expect(abs(try #require(line.line).hertz - 200) < 0.02)
    }

    @Test("pauses of hours between trials leave the rate and have their length")
    func pauses() throws {
        var times: [Double] = []
        for trial in 0..<12 {
            for sample in 0..<400 {
                let milliseconds: Int = trial * 3_600_000 + sample * 5
                times.append(1.6e9 + Double(milliseconds) / 1_000)
            }
        }
        let line = TimeLine.fit(times)
        #expect(abs(try #require(line.line).hertz - 200) < 0.01)
        #expect(line.breaks.map(\.sample) == (1..<12).map { $0 * 400 })
        #expect(line.breaks.allSatisfy { abs($0.seconds - 3_598) < 0.01 })
    }

    @Test(
        "losses of one packet in so many are as many gaps, regular or at random",
        arguments: [17, 20, 50] as [Int], [1, 2, 8, 20] as [Int])
    func losses(every: Int, size: Int) throws {
        for (isRegular, jitter) in [(true, 0), (true, 0.05), (false, 0), (false, 0.05)] {
            var noise = SeededGenerator(seed: UInt64(every * 1_000 + size))
            let period = Double(size) / 200
            var times: [Double] = []
            var missing = 0
            for packet in 0..<3_000 {
                let isLost =
                    isRegular
                    ? packet % every == every - 1
                    : packet > 0 && packet < 2_999 && noise.integer(below: every) == 0
                if isLost {
                    missing += size
                    continue
                }
                // A grid of 5 ms is exact; jitter is written to the microsecond.
                let late: Double = jitter * noise.nearlyNormal()
                let stamp: Double = (Double(packet + 1) + late) * period
                let time: Double = (stamp * 1e6).rounded() / 1e6
                times += [Double](repeating: time, count: size)
            }
            let line = TimeLine.fit(times)
            let found = try #require(line.line)
            #expect(abs(found.hertz - 200) < 0.1, "\(found)")
            let total = line.breaks.reduce(0) { $0 + $1.missingSamples }
            #expect(abs(total - missing) <= missing / 100 + size, "\(total) of \(missing)")
        }
    }

    @Test(
        "a clock that beats with the grain of its stamps has no gap",
        arguments: [960.0, 990, 999.5, 999.9, 1_000.1, 333.3, 499.9, 250.1], [true, false])
    func beats(hertz: Double, isCut: Bool) throws {
        let times: [Double] = (0..<Int(30 * hertz)).map { index in
            let milliseconds: Double = Double(index) / hertz * 1_000
            return (isCut ? milliseconds.rounded(.down) : milliseconds.rounded()) / 1_000
        }
        let line = TimeLine.fit(times)
        #expect(line.breaks == [])
        let found = try #require(line.line)
        #expect(abs(found.hertz - hertz) <= 5 * found.standardErrorHertz, "\(found)")
    }

    @Test(
        "a loop that polls tells the rate of samples, though it takes three or four at a time",
        arguments: [200.0, 225, 237.5, 1_000], [0.0105, 0.016, 0.02])
    func polled(hertz: Double, seconds: Double) throws {
        let times: [Double] = (0..<9_000).map { index in
            let polls: Double = (Double(index) / hertz / seconds).rounded(.up)
            return (polls * seconds * 1_000).rounded() / 1_000
        }
        let line = TimeLine.fit(times)
        #expect(line.breaks == [] && line.neighborHertz == nil)
        let found = try #require(line.line)
        #expect(abs(found.hertz - hertz) <= 5 * found.standardErrorHertz, "\(found)")
    }

    @Test("more packets than are kept in memory give the same line and gaps")
    func long() throws {
        // Three chunks that are read anew in each pass, a gap beside each join.
        let count = 400_000
        let gaps = [65_530, 65_540, 131_070, 300_000]
        var noise = SeededGenerator(seed: 4)
        var (time, times): (Double, [Double]) = (0, [])
        for sample in 0..<count {
            time = Double(sample + 40 * gaps.count(where: { $0 <= sample })) / 2_000
            times.append(((time + noise.uniform(in: 0..<1e-4)) * 1e6).rounded() / 1e6)
        }
        let line = TimeLine.fit(times)
        #expect(line.breaks.map(\.sample) == gaps)
        #expect(line.breaks.allSatisfy { $0.missingSamples == 40 })
        let found = try #require(line.line)
        #expect(abs(found.hertz - 2_000) <= 5 * found.standardErrorHertz, "\(found)")
    }
}
