import Decoding
import Documents
import EMGArchive
import EMGFilters
import Foundation
import MetaLearning
import SeededRandom
import TestSupport
import Testing

@Suite struct BundleFileTests {
    @Test(arguments: SampleDecoder.all)
    func `a bundle is read as it was written, and always has the same bytes`(
        sample: SampleDecoder
    ) throws {
        let folder = try TemporaryFolder()
        let bundle = try sample.bundle
        let (one, two) = (
            folder.url.appending(path: "a.myodec"), folder.url.appending(path: "b.myodec")
        )
        try bundle.write(to: one)
        let read = try DecoderBundle(contentsOf: one)
        try read.write(to: two)
        #expect(try Data(contentsOf: one) == Data(contentsOf: two))
        #expect(read.card == "# A decoder\n")
        let samples = sample.samples(300)
        #expect(
            try DecidedWindow.all(of: samples, by: read, chunk: 300)
                == DecidedWindow.all(of: samples, by: bundle, chunk: 300))
    }

    @Test func `the committed schema is the one that bundles are read by`() throws {
        #expect(
            try CommittedText.isCurrent(
                "schemas/decoder.schema.json",
                generated: BundleDescription.schemaDocument().document))
    }

    @Test(.enabled(if: Python.has(module: "jsonschema"), "needs Python with jsonschema"))
    func `descriptions of bundles fit the schema`() throws {
        let texts = try SampleDecoder.all.map {
            try #require(try $0.bundle.tensors.metadata["decoder"])
        }
        let answers = try JSONSchemaCheck.fits(texts, schema: "decoder.schema.json")
        #expect(answers == texts.map { _ in true })
    }

    @Test func `what the control layer and origin say is kept`() throws {
        var bundle = try SampleDecoder("dnn").bundle
        bundle.control.vote = .seconds(0.25)
        bundle.control.classes["open"] = Hysteresis()
        bundle.origin.method = "pretrained"
        bundle.origin.adaptedTo = [String(repeating: "b", count: 64)]
        let read = try DecoderBundle(bundle.tensors, name: "x")
        #expect(read.control == bundle.control)
        #expect(read.origin == bundle.origin)
    }

    @Test(
        arguments: [
            (#""fitted_on": "support""#, #""fitted_on": "somebody""#, "fitted_on"),
            (#""offset": [0.0, 0.1, 0.2]"#, #""offset": [0.0, 0.1]"#, "one number for each"),
            (#""scale": [0.5, 1.5, 2.5]"#, #""scale": [0.5, 0.0, 2.5]"#, "above 0"),
            (#""format_version": 1, "input""#, #""format_version": 9, "input""#, "expected 1"),
            (
                #""engine": "spectral", "phase": "causal""#,
                #""engine": "spectral", "phase": "zero""#, "causal"
            ),
            (#""hidden": [12]"#, #""hidden": [13]"#, "shape"),
            (#""classes": ["relax", "open", "close"]"#, #""classes": ["relax", "open"]"#, "shape"),
            (#""neutral": null"#, #""neutral": "sleep""#, "sleep"),
            (#""length": 40"#, #""length": 400000000"#, "as length and rate say"),
        ])
    func `a bundle whose parts do not fit is refused with the place`(
        good: String, bad: String, words: String
    ) throws {
        let bundle = try SampleDecoder("dnn", stages: SampleDecoder.envelope).bundle
        var file = bundle.tensors
        let text = try Document(json: Array((file.metadata["decoder"] ?? "").utf8), name: "d").root
            .json(.spaced)
        let place = try #require(text.range(of: good), "\(text)")
        file.metadata["decoder"] = text.replacingCharacters(in: place, with: bad)
        let error = #expect(throws: (any Error).self) {
            _ = try Decoder(DecoderBundle(file, name: "x.myodec"))
        }
        #expect("\(try #require(error))".contains(words), "\(String(describing: error))")
    }

    @Test func `bytes that are cut or changed anywhere never end the program`() throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "x.myodec")
        let bytes = try SampleDecoder("dnn", stages: SampleDecoder.amplitude).bundle.tensors.bytes
        var generator = SeededGenerator(seed: 9, stream: "damage")
        var refused = 0
        for round in 0..<400 {
            var damaged = bytes
            if round.isMultiple(of: 2) {
                damaged.removeLast(1 + generator.integer(below: bytes.count))
            } else {
                for _ in 0..<3 {
                    damaged[generator.integer(below: 6_000 < bytes.count ? 6_000 : bytes.count)] =
                        UInt8(generator.integer(below: 256))
                }
            }
            try Data(damaged).write(to: url)
            do throws(DecodingError) {
                _ = try DecoderBundle(contentsOf: url)
            } catch {
                refused += 1
            }
        }
        #expect(refused > 250)
    }

    @Test func `a file of another kind is refused by what it is`() throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "x.myodec")
        try Safetensors(metadata: ["format": "pt"]).write(to: url)
        let error = #expect(throws: DecodingError.self) { _ = try DecoderBundle(contentsOf: url) }
        #expect(error?.kind == .malformed(expected: "myotask.decoder", found: "pt"))
    }
}
