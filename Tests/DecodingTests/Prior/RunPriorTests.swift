import Decoding
import Foundation
import MetaLearning
import TestSupport
import Testing

@Suite("The prior among a run's decoders")
struct RunPriorTests {
    /// Trains a run.
    ///
    /// - Parameters:
    ///   - patients: How many people are recorded, of whom one is tested.
    ///   - prior: A line of the training's configuration.
    /// - Returns: A folder with the run, its collection and the archive.
    /// - Throws: When a command cannot be started.
    private static func trained(patients: Int, prior: String = "") throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        try "window: {length: 40, stride: 20}\nsplits: {test: 1, validation: 0}\nseed: 1\n".write(
            to: folder.url.appending(path: "c.yaml"), atomically: true, encoding: .utf8)
        try """
        model: {name: dnn, hidden: [8]}
        inner: {optimizer: adam, learning_rate: 1.0e-2, epochs: 1, batch_size: 32}
        outer: {optimizer: adamw, learning_rate: 1.0e-3}
        meta_epochs: 1
        baselines: {random: false, pretrained: false\(prior)}
        """.write(
            to: folder.url.appending(path: "t.yaml"), atomically: true, encoding: .utf8)
        for call in [
            "synth --patients \(patients) --conditions 1 --seed 3 --output lab",
            "convert lab --output archive", "build archive --config c.yaml --output study",
            "train study.json --config t.yaml --output run",
        ] {
            let run = try CommandRun(
                call.split(separator: " ").map(String.init), in: folder.url)
            #expect(run.status == 0, "\(call): \(run.problems)")
        }
        return folder
    }

    private static func model(
        _ name: String, in folder: borrowing TemporaryFolder
    ) throws -> PriorModel {
        try #require(
            DecoderBundle(contentsOf: folder.url.appending(path: name)).model as? PriorModel)
    }

    @Test func `a run has a prior over its training people, and its card says how good it is`()
        throws
    {
        let folder = try Self.trained(patients: 5)
        let bundle = try DecoderBundle(
            contentsOf: folder.url.appending(path: "run/decoders/prior.myodec"))
        #expect(bundle.origin.method == "prior" && bundle.reference != nil)
        let model = try #require(bundle.model as? PriorModel)
        #expect(model.person == nil && model.updates == nil && model.features.channels == 8)
        #expect(bundle.card.contains("| prior over people | "))
        #expect(bundle.card.contains("| the same, training people, each by the others | "))

        // The command makes the same, and others on demand.
        func make(_ words: String) throws -> CommandRun {
            try CommandRun(
                ["bundle"] + words.split(separator: " ").map(String.init), in: folder.url)
        }
        #expect(try make("run --method prior --output same.myodec").status == 0)
        let same = try DecoderBundle(contentsOf: folder.url.appending(path: "same.myodec"))
        #expect(same.sha256 == bundle.sha256)
        for (turns, isRing) in [("ring", true), ("none", false)] {
            let made = try make("run --method prior --turns \(turns) --output \(isRing).myodec")
            #expect(made.status == 0, "\(made.problems)")
            let other = try Self.model("\(isRing).myodec", in: folder)
            #expect(other.features.settings.isRing == isRing)
            #expect(other.prior.turns.count == (isRing ? 16 : 1))
        }
        #expect(try make("same.myodec --updates --output learning.myodec").status == 0)
        // Windows of 40 samples every 20: of two that overlap, one.
        #expect(try Self.model("learning.myodec", in: folder).updates?.interval == 2)
        #expect(try make("learning.myodec --no-updates --output still.myodec").status == 0)
        let still = try DecoderBundle(contentsOf: folder.url.appending(path: "still.myodec"))
        #expect(still.sha256 == bundle.sha256)

        #expect(try make("run --method meta --turns ring --output no.myodec").status == 2)
        let network = try make("run/decoders/meta.myodec --updates --output no.myodec")
        #expect(network.status == 1 && network.problems.contains("learns nothing"))
        #expect(
            !FileManager.default.fileExists(
                atPath: folder.url.appending(path: "no.myodec").path()))
    }

    @Test func `the training's configuration says whether channels are a ring`() throws {
        let folder = try Self.trained(patients: 5, prior: ", prior: {turns: ring}")
        #expect(
            try Self.model("run/decoders/prior.myodec", in: folder).features.settings.isRing)
    }

    @Test func `with one training person there is no prior, and why is said`() throws {
        let folder = try Self.trained(patients: 2)
        let decoders = try FileManager.default.contentsOfDirectory(
            atPath: folder.url.appending(path: "run/decoders").path())
        #expect(decoders.sorted() == ["lda.myodec", "meta.myodec"])
        let log = try String(
            contentsOf: folder.url.appending(path: "run/log.txt"), encoding: .utf8)
        #expect(log.contains("a decoder is not made: study: no prior is learned"))
        let run = try CommandRun(
            ["bundle", "run", "--method", "prior", "--output", "no.myodec"], in: folder.url)
        #expect(run.status == 1 && run.problems.contains("at least two people"), "\(run.problems)")
    }
}
