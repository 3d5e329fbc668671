import AllocationCount
import Decoding
import Documents
import EMGArchive
import EMGFilters
import MetaLearning
import SeededRandom
import Testing

/// A model of which class 1 is the likelier the larger the newest sample of the first channel is.
struct NewestSampleModel: DecoderModel {
    let sight: WindowSight
    let channelCount: Int
    var classCount: Int { 2 }
    var kind: any DecoderModelKind { NetworkKind() }
    func makeScorer() -> any WindowScorer { Scorer(channelCount: channelCount) }
    func store(in file: inout Safetensors) {}

    struct Scorer: WindowScorer {
        let channelCount: Int
        mutating func score(_ window: Span<Float>, into probabilities: inout MutableSpan<Double>) {
            let value = Double(window[window.count - channelCount])
            probabilities[1] = min(1, max(0, value))
            probabilities[0] = 1 - min(1, max(0, value))
        }
    }
}

@Suite struct ControlledDecoderTests {
    private static func bundle(
        sight: WindowSight = .normalized, stages: [any PipelineStage] = [],
        control: ControlSettings
    ) throws -> DecoderBundle {
        let hash = String(repeating: "a", count: 64)
        let json = """
            {"format": "myotask.input", "format_version": 1,
             "collection": {"name": "c", "tensors_sha256": "\(hash)"},
             "classes": ["relax", "open"],
             "channels": [{"name": "emg0", "unit": "mV"}, {"name": "emg1", "unit": "mV"}],
             "sampling_rate_hz": 200,
             "window": {"length": 40, "stride": 10, "label_rule": "last"}, "window_seconds": 0.2,
             "normalization": {"method": "standard", "fitted_on": "support"},
             "conditioning": [],
             "training": {"people": [], "sources": []},
             "validation": {"people": [], "sources": []}}
            """
        return DecoderBundle(
            input: try InputDescription(Document(json: Array(json.utf8), name: "input")),
            pipeline: ConditioningPipeline(phase: .causal, stages: stages),
            normalization: BundleScaling(
                ChannelScaling(offset: [0.1, 0.2], scale: [0.5, 4]), fit: .trainingPeople),
            model: NewestSampleModel(sight: sight, channelCount: 2), control: control)
    }

    private static let samples: [Float] = {
        var generator = SeededGenerator(seed: 4, stream: "samples")
        return (0..<2 * 500).map { _ in Float(generator.integer(below: 4_001) - 2_000) / 1_000 }
    }()

    private static func outputs(
        _ bundle: DecoderBundle, _ samples: [Float], chunk: Int
    ) throws -> [ControlOutput] {
        var decoder = try Decoder(bundle)
        var outputs: [ControlOutput] = []
        for first in stride(from: 0, to: samples.count, by: 2 * chunk) {
            let end = min(samples.count, first + 2 * chunk)
            decoder.feed(samples.span.extracting(first..<end)) { decision, _ in
                outputs.append(decision.output)
            }
        }
        return outputs
    }

    private static var everything: ControlSettings {
        var settings = ControlSettings()
        settings.vote = .decisions(3)
        settings.hysteresis.leaveProbability = 0.4
        settings.refractorySeconds = 0.1
        settings.proportional = ProportionalOutput()
        settings.proportional?.ranges["open"] = AmplitudeRange(low: 0.5, high: 1.5)
        return settings
    }

    @Test(arguments: [WindowSight.normalized, .conditioned])
    func `outputs are the same however a stream is cut`(sight: WindowSight) throws {
        var samples = Self.samples
        samples[300] = .nan
        let bundle = try Self.bundle(
            sight: sight, stages: [.highPass(cutoff: 20)], control: Self.everything)
        let whole = try Self.outputs(bundle, samples, chunk: 500)
        #expect(whole.count == 47)
        #expect(Set(whole.map(\.state)) == [.decided, .held, .fault])
        for chunk in [1, 7, 40] {
            #expect(try Self.outputs(bundle, samples, chunk: chunk) == whole)
        }
    }

    @Test(arguments: [WindowSight.normalized, .conditioned])
    func `the amplitude is the mean absolute value before normalization`(
        sight: WindowSight
    ) throws {
        var settings = ControlSettings()
        settings.neutral = "relax"
        settings.proportional = ProportionalOutput()
        // The velocity is the amplitude itself.
        settings.proportional?.ranges["open"] = AmplitudeRange(low: 0, high: 1)
        let outputs = try Self.outputs(
            Self.bundle(sight: sight, control: settings), Self.samples.map { $0 / 2 }, chunk: 9)
        var compared = 0
        for (number, output) in outputs.enumerated() where output.label == 1 {
            let first = 2 * 10 * number
            let window = Self.samples[first..<first + 80].map { abs(Double($0 / 2)) }
            #expect(abs(output.velocity - window.reduce(0, +) / 80) < 1e-12)
            compared += 1
        }
        #expect(compared > 5)
    }

    @Test func `without settings a decoder puts out the likeliest class`() throws {
        var decoder = try Decoder(Self.bundle(control: ControlSettings()))
        decoder.feed(Self.samples.span) { decision, _ in
            #expect(decision.output.label == decision.likeliestClass)
            #expect(decision.output.state == .decided)
        }
    }

    @Test func `a sample that is not finite puts out neutral`() throws {
        var samples = Self.samples
        samples[2 * 200 + 1] = .infinity
        let outputs = try Self.outputs(
            Self.bundle(control: ControlSettings()), samples, chunk: 3)
        for (number, output) in outputs.enumerated() {
            let last = 10 * number + 39
            let isFault = last >= 200 && last < 200 + 40
            #expect((output.state == .fault) == isFault)
            if isFault { #expect(output.label == 0 && output.velocity == 0) }
        }
    }

    @Test func `a control layer for other classes is refused`() throws {
        var settings = ControlSettings()
        settings.neutral = "fist"
        let bundle = try Self.bundle(control: settings)
        #expect(throws: DecodingError.self) { _ = try Decoder(bundle) }
    }

    @Test(.enabled(if: allocations_are_counted(), "only glibc is counted"))
    func `decoding with everything on asks for no memory after the first window`() throws {
        var decoder = try Decoder(
            Self.bundle(stages: [.highPass(cutoff: 20)], control: Self.everything))
        let samples = Self.samples
        var count = 0
        decoder.feed(samples.span) { _, _ in count += 1 }
        let before = allocation_count()
        for _ in 0..<20 { decoder.feed(samples.span) { _, _ in count += 1 } }
        let allocations = allocation_count() - before
        #expect(allocations == 0)
        #expect(count == 47 + 20 * 50)
    }
}
