import EMGIngest
import EMGSignal
import Testing

@Suite("Quality of samples")
struct QualityTests {
    /// Numbers without a pattern, the same each time.
    private struct Noise {
        var state: UInt64
        mutating func next(below bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        /// About normal, integer, of the given spread.
        mutating func normal(_ spread: Int) -> Int {
            (0..<12).reduce(-6 * spread) { sum, _ in sum + next(below: spread + 1) } + 6
                * (spread / 2)
                + (spread / 2)
        }
    }

    private func assess(
        _ rows: [[Float]], hertz: Double = 200, labels: [UInt8]? = nil
    ) throws -> QualityAssessment {
        let width = rows[0].count
        let track = try labels.map {
            try LabelTrack(classNames: ["relax", "open", "close"], values: $0)
        }
        var subject = QualityAssessment.Subject(
            channels: (0..<width).map { Channel(name: "emg\($0)", unit: "count") },
            rate: try SamplingRate(hertz: hertz), file: "f.csv")
        subject.classNames = track?.classNames
        subject.labelRuns = track?.runs
        return QualityAssessment.assess(
            SampleMatrix(values: rows.flatMap { $0 }, channelCount: width), of: subject,
            lineOfSample: { $0 + 2 })
    }

    // MARK: - Held samples

    @Test("rows that are held give the rate of distinct rows", arguments: [2, 3, 4])
    func held(times: Int) throws {
        var noise = Noise(state: 1)
        let rows = (0..<400).flatMap { _ -> [[Float]] in
            let row = (0..<8).map { _ in Float(noise.next(below: 500)) }
            return Array(repeating: row, count: times)
        }
        let found = try assess(rows, hertz: 100)
        #expect(abs(found.effectiveRate.hertz - 100 / Double(times)) < 0.5)
        #expect(found.warnings.map(\.kind) == [.heldSamples])
    }

    @Test(
        "a quiet signal of small numbers repeats rows by chance and is not held",
        arguments: [1, 2, 8])
    func quiet(channels: Int) throws {
        var noise = Noise(state: 3)
        let rows = (0..<4_000).map { _ in
            (0..<channels).map { _ in Float(noise.next(below: 3) / 2) }
        }
        let found = try assess(rows)
        #expect(found.effectiveRate.hertz == 200)
    }

    @Test("a recording that rests most of the time is not held")
    func resting() throws {
        var noise = Noise(state: 4)
        let rows = (0..<6_000).map { index -> [Float] in
            let isActive = index / 400 % 5 == 4
            return (0..<4).map { _ in
                Float(isActive ? noise.next(below: 100) : noise.next(below: 60) / 59)
            }
        }
        #expect(try assess(rows).effectiveRate.hertz == 200)
    }

    // MARK: - Flat lines

    @Test("a channel that stands for a second is reported, one that stands for half of it is not")
    func flatChannel() throws {
        var noise = Noise(state: 5)
        var rows = (0..<1_000).map { _ in (0..<8).map { _ in Float(noise.next(below: 400) + 1) } }
        for index in 300..<500 { rows[index][3] = 0 }
        for index in 600..<700 { rows[index][4] = 0 }
        let flat = try assess(rows).intervals.filter { $0.kind == .flatLine }
        #expect(
            flat == [
                QualityInterval(
                    range: SampleRange(start: 300, end: 500), channel: 3, kind: .flatLine)
            ])
    }

    @Test("all channels standing for a quarter of a second are a drop-out")
    func dropOut() throws {
        var noise = Noise(state: 6)
        var rows = (0..<1_000).map { _ in (0..<8).map { _ in Float(noise.next(below: 400)) } }
        for index in 401..<450 { rows[index] = rows[400] }
        let flat = try assess(rows).intervals.filter { $0.kind == .flatLine }
        #expect(
            flat == [
                QualityInterval(
                    range: SampleRange(start: 400, end: 450), channel: nil, kind: .flatLine)
            ])
    }

    // MARK: - Saturation

    private func saturated(_ values: [Int]) throws -> [SampleRange] {
        try assess(values.map { [Float($0)] }).intervals
            .filter { $0.kind == .saturation }.map(\.range)
    }

    @Test("a clipped signal rests on its rails, the same signal unclipped does not")
    func clipped() throws {
        var noise = Noise(state: 7)
        let free = (0..<4_000).map { _ in noise.normal(20) }
        #expect(try saturated(free) == [])
        let bound = 45
        let clipped = free.map { max(-bound, min(bound - 1, $0)) }
        let ranges = try saturated(clipped)
        let inside = Set(ranges.flatMap(\.indices))
        #expect(!ranges.isEmpty)
        for (index, value) in clipped.enumerated() where value == bound - 1 || value == -bound {
            #expect(inside.contains(index))
        }
    }

    @Test("a rectified signal rests at zero in peace, but not at the rail of a signed byte")
    func rectified() throws {
        var noise = Noise(state: 8)
        let free = (0..<4_000).map { _ in abs(noise.normal(14)) }
        #expect(try saturated(free) == [])
        var clipped = free.map { min(127, $0) }
        for index in stride(from: 100, to: 3_000, by: 100) {
            clipped[index] = 128
            clipped[index + 1] = 127
        }
        let ranges = try saturated(clipped)
        #expect(ranges.contains(SampleRange(start: 100, end: 102)))
    }

    @Test("an even spread of numbers is not clipped")
    func uniform() throws {
        var noise = Noise(state: 9)
        #expect(try saturated((0..<2_000).map { _ in noise.next(below: 80) - 40 }) == [])
    }

    @Test("a drop-out on a peak is a flat line and no saturation")
    func dropOutOnPeak() throws {
        var noise = Noise(state: 11)
        var rows = (0..<1_000).map { _ in (0..<8).map { _ in Float(noise.normal(20)) } }
        rows[400] = Array(repeating: 300, count: 8)
        for index in 401..<450 { rows[index] = rows[400] }
        let found = try assess(rows)
        #expect(found.intervals.map(\.kind) == [.flatLine])
    }

    // MARK: - Hum

    @Test(
        "hum of the mains is reported with its channels, noise alone is not",
        arguments: [50.0, 60.0])
    func hum(frequency: Double) throws {
        var noise = Noise(state: 10)
        // A line of 50 or 60 Hz at 1000 Hz repeats after 20 or 50 samples.
        let period = frequency == 50 ? 20 : 50
        let wave = (0..<period).map { index -> Float in
            let turns = Double(index) * frequency / 1_000
            let phase = turns - turns.rounded(.down)
            return Float(
                phase < 0.5 ? 16 * phase * (0.5 - phase) : -16 * (phase - 0.5) * (1 - phase))
        }
        let rows = (0..<8_000).map { index in
            [Float(noise.normal(10)), Float(noise.normal(10)) + 30 * wave[index % period]]
        }
        let found = try assess(rows, hertz: 1_000)
        #expect(
            found.intervals == [
                QualityInterval(
                    range: SampleRange(start: 0, end: 8_000), channel: 1, kind: .mainsHum)
            ])
        #expect(found.warnings.map(\.kind) == [.mainsHum])
        #expect(found.warnings[0].message.contains("\(Int(frequency)) Hz"))
    }

    // MARK: - Labels

    @Test(
        "cycles are counted from the start",
        arguments: [
            ([0, 1, 0, 2, 0], 1, []),
            ([0, 1, 0, 2, 0, 1, 0, 2, 0], 2, []),
            ([0, 1, 0, 2, 0, 1], 1, [CueCycles.Problem.incompleteTail]),
            ([0, 1, 0, 2], 0, [.noCompleteCycle]),
            ([0, 2, 0, 1, 0], 0, [.noCompleteCycle]),
            ([1, 0, 2, 0], 0, [.doesNotStartWithRelax, .noCompleteCycle]),
            ([0], 0, [.oneClassOnly, .noCompleteCycle]),
            ([2], 0, [.oneClassOnly, .doesNotStartWithRelax, .noCompleteCycle]),
            ([0, 1, 2, 0], 0, [.noCompleteCycle]),
        ])
    func cycles(classes: [UInt8], complete: Int, problems: [CueCycles.Problem]) throws {
        let values = classes.flatMap { Array(repeating: $0, count: 5) }
        let found = CueCycles(
            try LabelTrack(classNames: ["relax", "open", "close"], values: values))
        #expect(found.completeCycles == complete)
        #expect(found.problems == problems)
        if problems == [.incompleteTail] { #expect(found.tailStart == 25) }
        if problems.isEmpty { #expect(found.tailStart == values.count) }
    }
}

@Suite("Numbers in sentences")
struct BriefNumberTests {
    @Test(
        "at most three decimals, and small numbers keep their digits",
        arguments: [
            (0.0, "0"), (1.5, "1.5"), (-2.0, "-2"), (34.4904, "34.49"), (0.0125, "0.013"),
            (1.98534e-5, "1.985e-5"), (-3e-9, "-3e-9"), (9.99996e-4, "1e-3"),
            (.leastNonzeroMagnitude, "4.941e-324"),
            (1e20, "1e+20"),
        ])
    func brief(number: Double, text: String) {
        #expect(number.brief == text)
    }
}
