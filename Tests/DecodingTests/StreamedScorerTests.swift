import Decoding
import MetaLearning
import Testing

/// Networks that are computed while samples arrive say what they say about whole windows.
@Suite struct StreamedScorerTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let model: any ModelDefinition
        var channelCount = 3
        var windowLength = 40
    }

    static let cases: [Case] = {
        var wide = CNN()
        (wide.filters, wide.kernel, wide.hidden) = ([70, 20, 33], 5, [130, 7])
        var plain = CNN()
        (plain.filters, plain.hidden) = ([17], [])
        var deep = TCN()
        (deep.blocks, deep.kernel, deep.hidden) = ([5, 5, 9, 9, 9], 4, [66])
        var same = TCN()
        (same.blocks, same.hidden) = ([3], [8])
        return [
            Case(testDescription: "dnn", model: DNN(hidden: [130, 20])),
            Case(testDescription: "linear", model: DNN(hidden: [])),
            Case(testDescription: "one sample", model: DNN(hidden: [9]), windowLength: 1),
            Case(testDescription: "one channel", model: DNN(hidden: [16]), channelCount: 1),
            Case(testDescription: "cnn", model: wide, channelCount: 8),
            Case(testDescription: "cnn without hidden layers", model: plain),
            Case(testDescription: "tcn", model: TCN(), channelCount: 5, windowLength: 24),
            Case(testDescription: "tcn that sees zeros everywhere", model: deep),
            Case(testDescription: "tcn as wide as its input", model: same),
        ]
    }()

    @Test(arguments: cases, [1, 7, 10, 40, 55])
    func `windows that overlap, touch or lie apart are those of a batch`(
        sample: Case, stride: Int
    ) throws {
        let model = try model(sample)
        var streamed = try #require(model.makeStreamedScorer(stride: stride))
        var whole = model.makeScorer()
        let width = sample.channelCount
        var decoder = SampleDecoder("samples")
        decoder.channelCount = width
        let samples = decoder.samples(170)
        // What was before a break is forgotten.
        let start = 45
        var count = 0
        for place in 0..<170 {
            if place == start { streamed.interrupt() }
            streamed.take(
                samples.span.extracting(place * width..<(place + 1) * width),
                beginsWindow: place.isMultiple(of: stride))
            let first = place + 1 - sample.windowLength
            guard first >= 0, first.isMultiple(of: stride) else { continue }
            let probabilities = scores { streamed.score(into: &$0) }
            guard first >= start || place < start else {
                #expect(probabilities.allSatisfy { $0.isNaN })
                continue
            }
            let expected = scores {
                whole.score(
                    samples.span.extracting(first * width..<(place + 1) * width), into: &$0)
            }
            for (one, other) in zip(probabilities, expected) { #expect(abs(one - other) < 2e-6) }
            count += 1
        }
        #expect(count > 0)
    }

    @Test func `a network that looks ahead sees whole windows`() throws {
        var transformer = Transformer()
        (transformer.heads, transformer.feedForward, transformer.hidden) = (1, 16, [9])
        let model = try model(Case(testDescription: "", model: transformer))
        #expect(model.makeStreamedScorer(stride: 10) == nil)
    }

    @Test func `windows that would fill the memory are seen whole`() throws {
        var deep = TCN()
        (deep.blocks, deep.kernel) = ([64, 64, 64, 64, 64, 64], 3)
        let model = try model(
            Case(testDescription: "", model: deep, channelCount: 2, windowLength: 400))
        #expect(model.makeStreamedScorer(stride: 1) == nil)
        #expect(model.makeStreamedScorer(stride: 100) != nil)
    }

    private func scores(_ body: (inout MutableSpan<Double>) -> Void) -> [Double] {
        var probabilities = [Double](repeating: -1, count: 3)
        var span = probabilities.mutableSpan
        body(&span)
        return probabilities
    }

    private func model(_ sample: Case) throws -> NetworkModel {
        let network = try sample.model.network(
            channelCount: sample.channelCount, windowLength: sample.windowLength, classCount: 3)
        return NetworkModel(
            sample.model, network: network, parameters: network.initialParameters(seed: 3),
            channelCount: sample.channelCount, windowLength: sample.windowLength)
    }
}
