import EMGFilters
import EMGSignal
import Foundation
import Testing

/// Streams, resampling, normalization and the other operations by their laws.
@Suite("Operations")
struct OperationTests {
    private func chain(
        _ stages: [any PipelineStage], phase: ConditioningPipeline.Phase = .zero
    ) throws -> ConditioningChain {
        try ConditioningPipeline(phase: phase, stages: stages)
            .resolve(samplingRate: SamplingRate(hertz: 2_000))
    }

    private static let causal: [any PipelineStage] = [
        .bandPass(low: 20, high: 450), .notch(mains: 50, harmonics: 4),
        .fir(high: 300, length: 501), .teagerKaiser,
        .clip(low: -1e4, high: 1e4), .movingRMS(seconds: 0.0735), .rectify,
        .movingARV(seconds: 0.01), .normalize(.mvc(values: [3], source: "stated")),
        .envelope(cutoff: 6),
    ]

    @Test("a stream gives the same bits however it is cut", arguments: [1, 3, 10, 64, 777, 5_000])
    func chunks(size: Int) throws {
        let chain = try chain(Self.causal, phase: .causal)
        let input = Recordings.doubles(5_000 * 3)
        let whole = chain.apply(to: input, channelCount: 3)
        var stream = try chain.makeStream(channelCount: 3)
        var found: [Double] = []
        for start in stride(from: 0, to: 5_000, by: size) {
            var chunk = Array(input[3 * start..<3 * min(start + size, 5_000)])
            stream.process(&chunk)
            found += chunk
        }
        #expect(found == whole)
    }

    @Test("a stream goes on from a saved state, and a wrong one is refused")
    func states() throws {
        let chain = try chain(Self.causal, phase: .causal)
        let input = Recordings.doubles(4_000 * 2)
        var stream = try chain.makeStream(channelCount: 2)
        var first = Array(input.prefix(2 * 1_337))
        stream.process(&first)
        let data = try JSONEncoder().encode(stream.state)
        var rest = Array(input.dropFirst(2 * 1_337))
        let start = rest
        stream.process(&rest)

        var other = try chain.makeStream(channelCount: 2)
        try other.restore(JSONDecoder().decode(ConditioningStream.State.self, from: data))
        var again = start
        other.process(&again)
        #expect(again == rest)

        var wider = try chain.makeStream(channelCount: 3)
        #expect(throws: FilterError.self) { try wider.restore(other.state) }
        other.reset()
        var anew = Array(input.prefix(2 * 1_337))
        other.process(&anew)
        #expect(anew == first)
    }

    @Test("a partitioned convolution is a convolution", arguments: [1, 5, 64, 65, 300, 1_000])
    func convolution(length: Int) throws {
        let taps = Recordings.doubles(length, seed: 5)
        let input = Recordings.doubles(1_500, seed: 6)
        var filter = PartitionedConvolution(taps: taps, channelCount: 1, blockLength: 32)
        var found = input
        filter.process(&found)
        for index in stride(from: 0, to: 1_500, by: 37) {
            let expected = (0...min(index, length - 1)).reduce(0.0) {
                $0 + taps[$1] * input[index - $1]
            }
            #expect(abs(found[index] - expected) <= 1e-7)
        }
    }

    @Test("a moving average by its definition", arguments: [1, 2, 7, 100, 3_000])
    func window(length: Int) throws {
        let input = Recordings.doubles(1_000)
        let seconds = Double(length) / 2_000
        let centered = try chain([.movingRMS(seconds: seconds)]).apply(to: input, channelCount: 1)
        let causal = try chain([.movingARV(seconds: seconds)], phase: .causal)
            .apply(to: input, channelCount: 1)
        for index in stride(from: 0, to: 1_000, by: 7) {
            let around =
                input[max(0, index - length / 2)..<min(1_000, index - length / 2 + length)]
            let square = around.reduce(0) { $0 + $1 * $1 } / Double(around.count)
            #expect(abs(centered[index] - square.squareRoot()) <= 1e-10)
            let before = input[max(0, index - length + 1)...index]
            let mean = before.reduce(0) { $0 + abs($1) } / Double(before.count)
            #expect(abs(causal[index] - mean) <= 1e-10)
        }
    }

    @Test("a quiet segment after a loud one keeps its digits in a moving RMS")
    func quiet() throws {
        let input = (0..<4_000).map { $0 < 2_000 ? 1e9 : 1e-3 }
        let found = try chain([.movingRMS(seconds: 0.05)]).apply(to: input, channelCount: 1)
        #expect(found[2_200..<4_000].allSatisfy { abs($0 - 1e-3) <= 1e-15 })
    }

    @Test("spectrum interpolation takes hum off and leaves the rest")
    func interpolation() throws {
        let times = (0..<20_000).map { Double($0) / 2_000 }
        let muscle = Recordings.doubles(20_000)
        let hum = times.map { 100 * sin(2 * .pi * (50 * $0 + 0.01 * $0 * $0)) }
        let found = try chain([.spectrumInterpolation(mains: 50, width: 3)])
            .apply(to: zip(muscle, hum).map { $0 + $1 }, channelCount: 1)
        let rest = zip(found, muscle).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) } / 20_000
        #expect(rest.squareRoot() < 0.15 * 100 / 2.0.squareRoot())
    }

    @Test("trends go and nothing else")
    func detrend() throws {
        let line = (0..<500).map { 7 + 0.25 * Double($0) }
        let found = try chain([.detrend(.linear)]).apply(to: line, channelCount: 1)
        #expect(found.allSatisfy { abs($0) <= 1e-11 })
        let constant = try chain([.detrend(.constant)]).apply(to: line, channelCount: 1)
        #expect(abs(constant.reduce(0, +)) <= 1e-9)
        #expect(abs(constant[499] - constant[0] - 0.25 * 499) <= 1e-11)
    }

    @Test("clipping")
    func clip() throws {
        let found = try chain([.clip(low: -2, high: 3)])
            .apply(to: [-5, -2, 0, 3, 8], channelCount: 1)
        #expect(found == [-2, -2, 0, 3, 3])
    }

    // MARK: Recordings

    @Test("normalization records what it was fitted on")
    func normalization() throws {
        let recording = try Recordings.noise(samples: 4_000, offset: 10)
        let chain = try ConditioningPipeline(stages: [.normalize(.zScore)])
            .design(for: recording)
        let found = try chain.apply(to: recording)
        let step = try #require(found.history.last)
        guard case .list(let divisors)? = step.parameters["fitted_divisor"],
            case .list(let offsets)? = step.parameters["fitted_offset"]
        else {
            Issue.record("nothing recorded: \(step.parameters)")
            return
        }
        #expect(divisors.count == 2 && offsets.count == 2)
        let samples = found.samples.channel(1)
        #expect(abs(samples.reduce(0, +) / 4_000) <= 1e-6)
        #expect(abs(samples.reduce(0) { $0 + $1 * $1 } / 4_000 - 1) <= 1e-5)
    }

    @Test("an MVC comes from a named recording that passed the stages before")
    func mvc() throws {
        let reference = try Recordings.noise(samples: 6_000, seed: 9)
        let task = try Recordings.noise(samples: 5_000, seed: 10)
        let pipeline = ConditioningPipeline(stages: [
            .bandPass(), .rectify, .normalize(.mvcRecording(name: "mvc", percentile: 100)),
        ])
        #expect(pipeline.referenceRecordings == ["mvc"])
        #expect(throws: FilterError.self) { try pipeline.design(for: task).apply(to: task) }
        let fitted = try pipeline.fitted(to: reference, named: "mvc")
        #expect(fitted.referenceRecordings.isEmpty)
        let itself = try fitted.design(for: reference).apply(to: reference)
        #expect(itself.samples.values.max() == 1)
        let found = try fitted.design(for: task).apply(to: task)
        #expect(found.history.last?.parameters["source"] == .text("mvc"))
    }

    @Test("resampling takes labels, time stamps and quality along")
    func resampling() throws {
        var recording = try Recordings.noise(
            samples: 4_001,
            quality: [
                QualityInterval(
                    range: SampleRange(start: 1_003, end: 1_004), channel: nil, kind: .gap),
                QualityInterval(
                    range: SampleRange(start: 2_001, end: 2_047), channel: 1, kind: .saturation),
            ])
        recording.timeStamps = (0..<4_001).map { 100 + Double($0) / 2_000 }
        recording.labels = try LabelTrack(
            classNames: ["rest", "fist"], values: (0..<4_001).map { $0 < 2_000 ? 0 : 1 })
        let chain = try ConditioningPipeline(stages: [
            .bandPass(low: 20, high: 150), .resample(.rate(400)), .envelope(cutoff: 6),
        ]).design(for: recording)
        let found = try chain.apply(to: recording)
        #expect(found.samplingRate.hertz == 400 && chain.outputRate.hertz == 400)
        #expect(found.sampleCount == 801)
        #expect(found.samples.values.allSatisfy { $0.isFinite })
        let stamps = try #require(found.timeStamps)
        #expect(stamps.indices.allSatisfy { abs(stamps[$0] - 100 - Double($0) / 400) <= 1e-9 })
        #expect(found.labels?.values.firstIndex(of: 1) == 400)
        #expect(
            found.quality.filter { $0.kind != .filterEdge }.map(\.range) == [
                SampleRange(start: 201, end: 202), SampleRange(start: 400, end: 410),
            ])
        #expect(found.history.suffix(3).map(\.operation).contains("filter.resample"))
    }

    @Test(
        "a sine keeps its shape at another rate", arguments: [(3, 2), (1, 5), (441, 400), (7, 9)])
    func sine(up: Int, down: Int) throws {
        let input = (0..<10_000).map { sin(2 * .pi * 40 * Double($0) / 2_000) }
        let change = try Resampler(up: up, down: down)
        let found = change.apply(input)
        #expect(found.count == change.count(of: 10_000))
        for index in found.count / 4..<found.count / 2 {
            let time = Double(index) * Double(down) / Double(up) / 2_000
            #expect(abs(found[index] - sin(2 * .pi * 40 * time)) <= 2e-3)
        }
    }
}
