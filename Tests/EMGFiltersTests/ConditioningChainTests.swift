import EMGFilters
import EMGSignal
import Foundation
import Testing

@Suite("Conditioning chains")
struct ConditioningChainTests {
    private static let standard: [any PipelineStage] = [
        .bandPass(low: 20, high: 450), .notch(mains: 50, harmonics: 2),
    ]

    private func chain(
        _ stages: [any PipelineStage], phase: ConditioningPipeline.Phase = .zero,
        rate: Double = 2_000
    ) throws -> ConditioningChain {
        try ConditioningPipeline(phase: phase, stages: stages)
            .resolve(samplingRate: SamplingRate(hertz: rate))
    }

    private func worst(_ one: [Double], _ other: [Double]) -> Double {
        #expect(one.count == other.count)
        return zip(one, other).map { abs($0 - $1) }.max() ?? 0
    }

    // MARK: Oracle

    /// The zero-phase filter by its definition: the signal continued by odd reflection, again and
    /// again, for longer than anything rings, then the recursion forward and backward.
    private func oracle(_ samples: [Double], _ chain: ConditioningChain) throws -> [Double] {
        let designs = chain.stages.flatMap(\.designs)
        let margin = 2 * designs.map { $0.settling(level: 1e-13, passes: 2) }.reduce(0, +)
        let last = samples.count - 1
        func value(_ index: Int) -> Double {
            guard last > 0 else { return samples[0] }
            // Two reflections make one period, along which the line through the ends rises twice.
            let period = 2 * last
            let turns = Int((Double(index) / Double(period)).rounded(.down))
            let rest = index - turns * period
            let rise = 2 * (samples[last] - samples[0]) * Double(turns)
            return rise
                + (rest <= last ? samples[rest] : 2 * samples[last] - samples[period - rest])
        }
        var extended = (-margin..<samples.count + margin).map(value)
        let sections = try SecondOrderSections(designs.flatMap(\.sections.sections))
        try ForwardBackward(sections, padding: .none).process(&extended, channelCount: 1)
        return Array(extended[margin..<margin + samples.count])
    }

    @Test(
        "a signal of any length is filtered as its odd continuation",
        arguments: [
            1, 2, 3, 4, 10, 100, 997, 4_000, 9_000, 11_000, 20_000, 50_000,
        ])
    func anyLength(count: Int) throws {
        let chain = try chain(Self.standard)
        let input = Recordings.doubles(count, seed: UInt64(count)).map { $0 + 40 }
        let found = chain.apply(to: input, channelCount: 1)
        #expect(worst(found, try oracle(input, chain)) <= 1e-8)
    }

    @Test(
        "every kind of filter, at lengths around its reach",
        arguments: [
            .lowPass(cutoff: 6), .highPass(cutoff: 20, order: 3),
            .bandPass(low: 20, high: 450, order: 5), .bandStop(low: 45, high: 55, order: 2),
            .notch(mains: 60, width: .bandwidth(3)), .lowPass(cutoff: 900, order: 1),
        ] as [any PipelineStage])
    func anyFilter(stage: any PipelineStage) throws {
        let chain = try chain([stage])
        let reach = chain.reach(level: 1e-11)
        for count in [reach - 1, reach, reach + 1, reach + 2, 2 * reach + 3, 7 * reach + 5]
        where count > 0 {
            let input = Recordings.doubles(count, seed: UInt64(count))
            let found = chain.apply(to: input, channelCount: 1)
            #expect(
                worst(found, try oracle(input, chain)) <= 2e-9, "\(stage.key), \(count) samples")
        }
    }

    @Test("a very low cut-off is filtered although its response outlasts the signal")
    func lowCutoff() throws {
        let chain = try chain([.highPass(cutoff: 0.05)])
        let times = (0..<20_000).map { Double($0) / 2_000 }
        let input = times.map { 10 * sin(2 * .pi * 5 * $0) + 3 * $0 + 100 }
        let found = chain.apply(to: input, channelCount: 1)
        for index in 4_000..<16_000 {
            #expect(abs(found[index] - 10 * sin(2 * .pi * 5 * times[index])) < 0.5)
        }
    }

    // MARK: Laws

    @Test("filtering is linear")
    func linear() throws {
        let chain = try chain(Self.standard)
        let one = Recordings.doubles(30_000, seed: 1)
        let other = Recordings.doubles(30_000, seed: 2)
        let sum = zip(one, other).map { 2 * $0 - 3 * $1 }
        let expected = zip(
            chain.apply(to: one, channelCount: 1), chain.apply(to: other, channelCount: 1)
        ).map { 2 * $0 - 3 * $1 }
        #expect(worst(chain.apply(to: sum, channelCount: 1), expected) <= 1e-9)
    }

    @Test("a later signal gives a later result, away from the edges")
    func timeInvariant() throws {
        let chain = try chain(Self.standard)
        let edge = chain.reach(level: 1e-11)
        let long = Recordings.doubles(3 * edge + 777, seed: 3)
        let whole = chain.apply(to: long, channelCount: 1)
        let shifted = chain.apply(to: Array(long.dropFirst(777)), channelCount: 1)
        let inner = edge..<2 * edge
        #expect(inner.allSatisfy { abs(shifted[$0] - whole[$0 + 777]) <= 1e-9 })
    }

    @Test("the impulse response of a zero-phase chain is symmetric")
    func symmetric() throws {
        let chain = try chain(Self.standard)
        var impulse = [Double](repeating: 0, count: 60_001)
        impulse[30_000] = 1
        let response = chain.apply(to: impulse, channelCount: 1)
        let peak = response[30_000]
        #expect(peak > 0.3)
        for distance in 1...30_000 {
            #expect(abs(response[30_000 - distance] - response[30_000 + distance]) <= 1e-13)
        }
    }

    @Test("0 Hz and Nyquist come out as the filters say")
    func ends() throws {
        let constant = [Double](repeating: 7, count: 20_000)
        let alternating = (0..<20_000).map { $0 % 2 == 0 ? 7.0 : -7 }
        let low = try chain([.lowPass(cutoff: 6)])
        #expect(worst(low.apply(to: constant, channelCount: 1), constant) <= 1e-11)
        #expect(
            low.apply(to: alternating, channelCount: 1)[4_000..<16_000]
                .allSatisfy { abs($0) <= 1e-9 })
        let high = try chain([.highPass(cutoff: 20)])
        #expect(high.apply(to: constant, channelCount: 1).allSatisfy { abs($0) <= 1e-11 })
        let passed = high.apply(to: alternating, channelCount: 1)
        #expect((2_000..<18_000).allSatisfy { abs(passed[$0] - alternating[$0]) <= 1e-9 })
    }

    @Test(
        "the stop bands of the standard chain are below -60 dB",
        arguments: [0.5, 2, 5, 50, 100, 900])
    func stopBands(hertz: Double) throws {
        let chain = try chain(Self.standard)
        let input = (0..<60_000).map { sin(2 * .pi * hertz * Double($0) / 2_000) }
        let found = chain.apply(to: input, channelCount: 1)
        #expect(found[20_000..<40_000].allSatisfy { abs($0) <= 1e-3 })
    }

    @Test("a sine at the stated cut-off comes out at one half, unshifted")
    func cutoff() throws {
        let chain = try chain([.bandPass(low: 20, high: 450)])
        let input = (0..<40_000).map { sin(2 * .pi * 20 * Double($0) / 2_000) }
        let found = chain.apply(to: input, channelCount: 1)
        #expect((5_000..<35_000).allSatisfy { abs(found[$0] - input[$0] / 2) <= 1e-9 })
    }

    @Test("any number of threads gives the same bits", arguments: [1, 2, 3, 8])
    func threads(count: Int) throws {
        let recording = try Recordings.noise(samples: 9_000, channels: 7)
        for phase in [ConditioningPipeline.Phase.zero, .causal] {
            let chain = try chain(Self.standard + [.envelope()], phase: phase)
            let one = try chain.apply(to: recording, threads: 1)
            let several = try chain.apply(to: recording, threads: count)
            #expect(one == several)
        }
    }

    @Test("a recording holds what double precision gives, rounded once")
    func singlePrecision() throws {
        let recording = try Recordings.noise(samples: 5_000, channels: 3, offset: 60)
        for phase in [ConditioningPipeline.Phase.zero, .causal] {
            let chain = try chain(Self.standard + [.envelope()], phase: phase)
            let exact = chain.apply(
                to: recording.samples.values.map(Double.init), channelCount: 3)
            let found = try chain.apply(to: recording)
            #expect(found.samples.values == exact.map { Float($0) })
        }
    }

    @Test("the causal chain and its stream give the same bits", arguments: [1, 10, 40, 999])
    func stream(chunk: Int) throws {
        let chain = try chain(Self.standard + [.envelope()], phase: .causal)
        let input = Recordings.doubles(3_000 * 5)
        let whole = chain.apply(to: input, channelCount: 5)
        var stream = try chain.makeStream(channelCount: 5)
        var pieces: [Double] = []
        for start in stride(from: 0, to: 3_000, by: chunk) {
            // Saved and restored between chunks, as after a pause.
            var next = try chain.makeStream(channelCount: 5)
            try next.restore(
                JSONDecoder().decode(
                    ConditioningStream.State.self, from: JSONEncoder().encode(stream.state)))
            stream = next
            var piece = Array(input[start * 5..<min(start + chunk, 3_000) * 5])
            stream.process(&piece)
            pieces += piece
        }
        #expect(pieces == whole)
    }

    @Test("rectification keeps filters on its two sides apart")
    func rectification() throws {
        let input = Recordings.doubles(8_000)
        let apart = try chain([.lowPass(cutoff: 6)]).apply(
            to: chain([.highPass(cutoff: 20)]).apply(to: input, channelCount: 1).map { abs($0) },
            channelCount: 1)
        let stages: [[any PipelineStage]] = [
            [.highPass(cutoff: 20), .rectify, .lowPass(cutoff: 6)],
            [.highPass(cutoff: 20), .envelope()],
        ]
        for stages in stages {
            let found = try chain(stages).apply(to: input, channelCount: 1)
            #expect(worst(found, apart) <= 1e-10)
        }
    }

    // MARK: Segments

    @Test(
        "nothing is filtered across a gap", arguments: [ConditioningPipeline.Phase.zero, .causal])
    func gaps(phase: ConditioningPipeline.Phase) throws {
        let chain = try chain(Self.standard + [.envelope()], phase: phase)
        let gap = QualityInterval(
            range: SampleRange(start: 2_345, end: 2_346), channel: nil, kind: .gap)
        let recording = try Recordings.noise(samples: 6_000, channels: 3, quality: [gap])
        let found = try chain.apply(to: recording)
        for range in [SampleRange(start: 0, end: 2_345), SampleRange(start: 2_345, end: 6_000)] {
            let apart = chain.apply(
                to: recording.samples.slice(range).values.map(Double.init), channelCount: 3)
            for (value, expected) in zip(found.samples.slice(range).values, apart) {
                // Which blocks share a transform may differ, and with it the last bits.
                let tolerance = phase == .zero ? 1e-9 + 1e-7 * abs(expected) : 0
                #expect(abs(Double(value - Float(expected))) <= tolerance)
            }
        }
        #expect(found.quality.filter { $0.kind != .filterEdge } == recording.quality)
    }

    @Test(
        "samples that are not finite stay, cut their channel and no other",
        arguments: [ConditioningPipeline.Phase.zero, .causal])
    func notFinite(phase: ConditioningPipeline.Phase) throws {
        let chain = try chain(Self.standard + [.envelope()], phase: phase)
        var recording = try Recordings.noise(samples: 3_000, channels: 5)
        recording.samples[1_000, 1] = .nan
        recording.samples[1_001, 1] = -.infinity
        recording.samples[0, 3] = .infinity
        recording.samples[2_999, 3] = .nan
        let found = try chain.apply(to: recording)
        #expect(found.samples[1_000, 1].isNaN)
        #expect(found.samples[1_001, 1] == -.infinity)
        #expect(found.samples[0, 3] == .infinity)
        #expect(found.samples[2_999, 3].isNaN)
        let segments = [
            [0..<3_000], [0..<1_000, 1_002..<3_000], [0..<3_000], [1..<2_999], [0..<3_000],
        ]
        for (channel, ranges) in segments.enumerated() {
            for range in ranges {
                let alone = chain.apply(
                    to: range.map { Double(recording.samples[$0, channel]) }, channelCount: 1)
                for (index, sample) in range.enumerated() {
                    let difference = abs(Double(found.samples[sample, channel]) - alone[index])
                    #expect(difference <= 1e-5)
                }
            }
        }
    }

    @Test("segments marked as not finite stay as they are")
    func marked() throws {
        let chain = try chain([.bandPass(low: 20, high: 450)])
        let marks = [
            QualityInterval(
                range: SampleRange(start: 100, end: 120), channel: 1, kind: .nonFinite),
            QualityInterval(
                range: SampleRange(start: 900, end: 1_000), channel: nil, kind: .nonFinite),
        ]
        let recording = try Recordings.noise(samples: 1_000, channels: 2, quality: marks)
        let found = try chain.apply(to: recording)
        for sample in 0..<1_000 {
            for channel in 0..<2 {
                let isMarked =
                    sample >= 900 || (channel == 1 && (100..<120).contains(sample))
                let isSame = found.samples[sample, channel] == recording.samples[sample, channel]
                #expect(isSame == isMarked)
            }
        }
    }

    @Test("a recording without samples, or of none that is finite, comes back", arguments: [0, 50])
    func nothing(count: Int) throws {
        var recording = try Recordings.noise(samples: count)
        for index in recording.samples.values.indices { recording.samples.values[index] = .nan }
        for phase in [ConditioningPipeline.Phase.zero, .causal] {
            let found = try chain(Self.standard, phase: phase).apply(to: recording)
            #expect(found.sampleCount == count)
            #expect(found.samples.values.allSatisfy { $0.isNaN })
            #expect(found.history.count == 3)
        }
    }

    // MARK: What is written down

    @Test("the history gets one step a stage, with every number")
    func history() throws {
        let recording = try Recordings.noise(samples: 3_000)
        let chain = try ConditioningPipeline(stages: Self.standard + [.envelope()])
            .design(for: recording)
        let found = try chain.apply(to: recording)
        #expect(found.history.first == recording.history.first)
        let steps = found.history.dropFirst()
        #expect(steps.map(\.operation) == ["filter.band-pass", "filter.notch", "filter.envelope"])
        let band = try #require(steps.first).parameters
        #expect(band["cutoffs_hz"] == .list([.number(20), .number(450)]))
        #expect(band["order"] == .integer(4))
        #expect(band["passes"] == .integer(2))
        #expect(band["effective_order"] == .integer(8))
        #expect(band["phase"] == .text("zero"))
        guard case .list(let cutoffs)? = band["half_power_hz"], cutoffs.count == 2,
            case .number(let low) = cutoffs[0],
            case .integer(let edge)? =
                band["edge_transient_samples"]
        else {
            Issue.record("cut-offs and edge are not written down: \(band)")
            return
        }
        #expect(abs(low - 22.135697769) < 1e-6)
        #expect(edge == chain.stages[0].edgeTransient && edge > 0)
        #expect(steps[2].parameters["notched_hz"] == .list([.number(50), .number(100)]))
        #expect(steps.allSatisfy { $0.software == SoftwareVersion.text })
        #expect(found.samplingRate == recording.samplingRate)
        #expect(found.identity == recording.identity && found.source == recording.source)
    }

    @Test("the report states what a methods section must")
    func report() throws {
        let report = try chain(Self.standard + [.envelope()]).report
        for part in [
            "zero phase at 2000 Hz", "band-pass 20-450 Hz: order 4, 2 passes (effective order 8)",
            "-3 dB at 22.1357 and 418.383 Hz", "notch 100 Hz", "low-pass 6 Hz",
            "magnitude of each sample", "edge transients:",
        ] {
            #expect(report.contains(part), "\(part) is missing in:\n\(report)")
        }
        let causal = try chain([.lowPass(cutoff: 6)], phase: .causal)
        #expect(causal.report.contains("delay"))
        #expect(causal.stages[0].reports[0].groupDelay.map { $0 > 100 } == true)
        #expect(try chain(Self.standard).stages[0].reports[0].groupDelay == 0)
    }

    @Test("a chain for another rate is refused")
    func rateMismatch() throws {
        let recording = try Recordings.noise(samples: 100, rate: 1_000)
        let error = #expect(throws: FilterError.self) {
            try chain(Self.standard).apply(to: recording)
        }
        #expect(error?.kind == .rateMismatch(expected: 2_000, found: 1_000))
        #expect(error?.location == "p1/s1/c1")
    }

    @Test("a zero-phase chain does not stream")
    func zeroPhaseStream() throws {
        let error = #expect(throws: FilterError.self) {
            try chain(Self.standard).makeStream(channelCount: 2)
        }
        #expect(error?.kind == .notCausal)
    }
}
