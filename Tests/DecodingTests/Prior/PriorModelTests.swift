import AllocationCount
import Decoding
import Foundation
import MetaLearning
import TestSupport
import Testing

@Suite("A learned prior as a decoder")
struct PriorModelTests {
    private static let query = BandPeople.later(9)

    /// The features of a window of 8 channels, from their definition.
    private static func features(
        _ window: [Double], settings: BandFeatures.Settings, hasGaps: Bool
    ) -> [Double] {
        let (channels, count) = (8, Double(window.count / 8))
        func signal(_ channel: Int) -> [Double] {
            stride(from: channel % channels, to: window.count, by: channels).map { window[$0] }
        }
        func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
        func centered(_ values: [Double]) -> [Double] { values.map { $0 - mean(values) } }
        func deviation(_ channel: Int) -> Double {
            mean(centered(signal(channel)).map { $0 * $0 }).squareRoot() / settings.scale
                + settings.floor
        }
        let all = 0..<channels
        let amplitudes = all.map { mean(signal($0).map(abs)) / settings.scale }
        let steps = all.map { channel in
            zip(signal(channel).dropFirst(), signal(channel)).reduce(0) { $0 + abs($1.0 - $1.1) }
                / (count - 1) / settings.scale
        }
        let gaps = all.map { channel in
            let product = mean(
                zip(centered(signal(channel)), centered(signal(channel + 1))).map { $0 * $1 })
            let correlation =
                product / settings.scale / settings.scale
                / (deviation(channel) * deviation((channel + 1) % channels))
            return atanh(min(0.95, max(-0.95, correlation)))
        }
        return amplitudes.map { log($0 + settings.floor) }
            + amplitudes.map { 5 * $0.squareRoot() }
            + all.map { log((steps[$0] + settings.floor) / (amplitudes[$0] + settings.floor)) }
            + (hasGaps ? gaps : [])
    }

    @Test(arguments: ["nobody", "person", "one class", "no ring"])
    func `a running decoder gives the probabilities of the classifier for the window's features`(
        variant: String
    ) throws {
        let model = try BandPeople.model(variant)
        let decided = try DecidedWindow.all(
            of: Self.query.samples, by: BandPeople.bundle(model), chunk: 33)
        let rows = decided.map { window in
            let end = (window.decision.sample + 1) * 8
            return Self.features(
                Self.query.samples[end - 40 * 8..<end].map(Double.init),
                settings: model.features.settings, hasGaps: model.features.hasGaps)
        }
        let expected = model.classifier.probabilities(of: rows.flatMap(\.self))
        #expect(decided.count == 93)
        for (window, expected) in zip(decided, expected) {
            for label in 0..<3 {
                #expect(abs(window.probabilities[label] - expected[label]) < 1e-9)
            }
        }
        // By the features of the batch they are the same to the last bit.
        let windows = try WindowSet(
            signal: Self.query.samples, channelCount: 8, windowLength: 40,
            starts: decided.map { $0.decision.sample - 39 },
            labels: decided.map { _ in 0 })
        let batch = windows.channelRepetitions().map(model.features.repetition)
        #expect(batch.count == 1)
        #expect(
            decided.map(\.probabilities) == model.classifier.probabilities(of: batch[0].rows))
    }

    @Test(arguments: BandPeople.variants)
    func `decisions are the same to the last bit however a stream is cut`(
        variant: String
    ) throws {
        var samples = Self.query.samples
        samples[500 * 8] = .nan
        let bundle = try BandPeople.bundle(BandPeople.model(variant))
        let whole = try DecidedWindow.all(of: samples, by: bundle, chunk: 10_000)
        for chunk in [1, 7, 40] {
            #expect(try DecidedWindow.all(of: samples, by: bundle, chunk: chunk) == whole)
        }
        // What a program does between pieces, and an interruption, change nothing about it.
        var decoder = try Decoder(bundle)
        var decided: [Int?] = []
        for first in stride(from: 0, to: samples.count, by: 13 * 8) {
            let end = min(samples.count, first + 13 * 8)
            decoder.feed(samples.span.extracting(first..<end)) { decision, _ in
                decided.append(decision.likeliestClass)
            }
            decoder.finishLearning()
        }
        #expect(decided == whole.map(\.decision.likeliestClass))
    }

    @Test(arguments: BandPeople.variants)
    func `a bundle is read as it was written, and always has the same bytes`(
        variant: String
    ) throws {
        let bundle = try BandPeople.bundle(BandPeople.model(variant))
        let again = try BandPeople.bundle(BandPeople.model(variant))
        #expect(bundle.tensors.bytes == again.tensors.bytes)
        let read = try DecoderBundle(bundle.tensors, name: "x")
        #expect(read.tensors.bytes == bundle.tensors.bytes)
        #expect(
            try DecidedWindow.all(of: Self.query.samples, by: read, chunk: 50)
                == DecidedWindow.all(of: Self.query.samples, by: bundle, chunk: 50))
    }

    @Test func `people whose bands are turned are decided about better the more was shown`() throws
    {
        func accuracy(_ variant: String) throws -> Double {
            try BandPeople.accuracy { try BandPeople.bundle(BandPeople.model(variant, of: $0)) }
        }
        let (nobody, one, all) = (
            try accuracy("nobody"), try accuracy("one class"), try accuracy("person")
        )
        #expect(nobody < 0.8 && one > nobody + 0.1, "\(nobody) \(one)")
        #expect(all >= one && all > 0.95, "\(one) \(all)")
    }

    @Test(
        .enabled(if: allocations_are_counted(), "only glibc is counted"),
        .disabled(if: _isDebugAssertConfiguration(), "without optimization generic code allocates"))
    func `nothing is allocated after the first window`() throws {
        for variant in ["nobody", "person"] {
            var decoder = try Decoder(BandPeople.bundle(BandPeople.model(variant)))
            let samples = Self.query.samples
            var sum = 0.0
            decoder.feed(samples.span) { sum += $1[0] }
            let before = allocation_count()
            decoder.feed(samples.span) { sum += $1[0] }
            #expect(allocation_count() - before == 0, "\(variant)")
        }
    }

    @Test func `what is said of the decoder fits the schema and is kept`() throws {
        let model = try BandPeople.model("learning")
        let bundle = try BandPeople.bundle(model)
        let read = try #require(
            DecoderBundle(bundle.tensors, name: "x").model as? PriorModel)
        #expect(read.updates == model.updates && read.temperature == model.temperature)
        #expect(read.features == model.features && read.person == model.person)
        #expect(read.kind as? PriorKind == model.kind as? PriorKind)
        guard Python.has(module: "jsonschema") else { return }
        let text = try #require(bundle.tensors.metadata["decoder"])
        #expect(try JSONSchemaCheck.fits([text], schema: "decoder.schema.json") == [true])
    }
}
