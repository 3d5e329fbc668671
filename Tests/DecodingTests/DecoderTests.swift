import AllocationCount
import Decoding
import EMGArchive
import EMGFilters
import MetaLearning
import Testing

@Suite struct DecoderTests {
    @Test(arguments: SampleDecoder.all)
    func `decisions are the same to the last bit however a stream is cut`(
        sample: SampleDecoder
    ) throws {
        var samples = sample.samples(1_000)
        samples[500 * sample.channelCount] = .nan
        let bundle = try sample.bundle
        let whole = try DecidedWindow.all(of: samples, by: bundle, chunk: 1_000)
        #expect(whole.count == 97)
        for chunk in [1, 7, 40] {
            #expect(try DecidedWindow.all(of: samples, by: bundle, chunk: chunk) == whole)
        }
    }

    @Test(arguments: SampleDecoder.networks)
    func `a decision is what the conditioned, normalized window gives in a batch`(
        sample: SampleDecoder
    ) throws {
        let bundle = try sample.bundle
        let samples = sample.samples(300)
        let decided = try DecidedWindow.all(of: samples, by: bundle, chunk: 300)
        // Conditioned as a whole, normalized, and all windows through the training engine.
        var conditioned = samples.map(Double.init)
        if !sample.stages.isEmpty {
            conditioned = try bundle.pipeline.resolve(samplingRate: .init(hertz: sample.rate))
                .apply(to: conditioned, channelCount: sample.channelCount)
        }
        let scaling = bundle.normalization.scaling
        let normalized = conditioned.indices.map { place in
            let channel = place % sample.channelCount
            return Float(
                (Double(Float(conditioned[place])) - scaling.offset[channel])
                    / scaling.scale[channel])
        }
        let starts = decided.map { $0.decision.sample + 1 - sample.windowLength }
        let windows = try WindowSet(
            signal: normalized, channelCount: sample.channelCount,
            windowLength: sample.windowLength, starts: starts,
            labels: Array(repeating: 0, count: starts.count))
        guard let model = bundle.model as? NetworkModel else { return #expect(Bool(false)) }
        let rows = LabeledSamples<Float>(windows, layout: model.network.layout)
        var objective = Objective<Float>(model.network)
        let order = Array(0..<starts.count)
        objective.load(
            rows, order[...], weighedBy: Minibatches(sampleCount: order.count, size: order.count))
        _ = objective.run(parameters: model.parameters.values)
        let logits = objective.logits
        for (row, window) in decided.enumerated() {
            let own = logits[row * 3..<row * 3 + 3].map(Double.init)
            let expected = own.softmax
            for label in 0..<3 {
                #expect(abs(window.probabilities[label] - expected[label]) < 1e-5)
            }
            #expect(window.decision.likeliestClass == own.indices.max { own[$0] < own[$1] })
        }
    }

    @Test func `a sample that is no number is a fault until a window is whole again`() throws {
        let sample = SampleDecoder("dnn", stages: SampleDecoder.envelope)
        var samples = sample.samples(200)
        samples[109 * 3 + 1] = .infinity
        let decided = try DecidedWindow.all(of: samples, by: sample.bundle, chunk: 200)
        for window in decided {
            let isFault = (109..<149).contains(window.decision.sample)
            #expect((window.decision.output.state == .fault) == isFault)
            #expect((window.decision.likeliestClass == nil) == isFault)
            #expect((window.probabilities.reduce(0, +) == 0) == isFault)
        }
        // What follows does not depend on what was before.
        let alone = try DecidedWindow.all(
            of: Array(samples[(110 * 3)...]), by: sample.bundle, chunk: 99)
        #expect(alone.count == 6)
        #expect(decided.suffix(6).map(\.probabilities) == alone.map(\.probabilities))
    }

    @Test func `a break in the stream is a fault without a sample of its own`() throws {
        let sample = SampleDecoder("dnn", stages: SampleDecoder.envelope)
        let (samples, bundle) = (sample.samples(200), try sample.bundle)
        var decoder = try Decoder(bundle)
        var decided: [DecidedWindow] = []
        func keep(_ decision: Decision, _ probabilities: Span<Double>) {
            decided.append(
                DecidedWindow(
                    decision: decision,
                    probabilities: probabilities.indices.map { probabilities[$0] }))
        }
        decoder.feed(samples.span.extracting(0..<110 * 3), keep)
        decoder.interrupt()
        decoder.feed(samples.span.extracting(110 * 3..<200 * 3), keep)
        #expect(
            decided.filter { $0.decision.output.state == .fault }.map(\.decision.sample) == [
                119, 129, 139,
            ])
        let alone = try DecidedWindow.all(
            of: Array(samples[(110 * 3)...]), by: bundle, chunk: 200)
        #expect(decided.suffix(6).map(\.probabilities) == alone.map(\.probabilities))
    }

    @Test(
        .enabled(if: allocations_are_counted(), "only glibc is counted"),
        .disabled(if: _isDebugAssertConfiguration(), "without optimization generic code allocates"),
        arguments: SampleDecoder.all.filter { $0.model.name != "transformer" })
    func `nothing is allocated after the first window`(sample: SampleDecoder) throws {
        var decoder = try Decoder(sample.bundle)
        let samples = sample.samples(400)
        var sum = 0.0
        decoder.feed(samples.span) { sum += $1[0] }
        let before = allocation_count()
        for _ in 0..<5 { decoder.feed(samples.span) { sum += $1[0] } }
        #expect(allocation_count() - before == 0)
        #expect(sum > 0)
    }

    @Test(.enabled(if: allocations_are_counted(), "only glibc is counted"))
    func `a fault asks for no memory either`() throws {
        let stages: [any PipelineStage] = [
            .highPass(cutoff: 15), .fir(high: 60, length: 151), .movingRMS(seconds: 0.05),
        ]
        var decoder = try Decoder(SampleDecoder("dnn", stages: stages).bundle)
        var samples = SampleDecoder("dnn").samples(400)
        samples[600] = .nan
        decoder.feed(samples.span) { _, _ in }
        let before = allocation_count()
        decoder.feed(samples.span) { _, _ in }
        decoder.interrupt()
        #expect(allocation_count() - before == 0)
    }
}
