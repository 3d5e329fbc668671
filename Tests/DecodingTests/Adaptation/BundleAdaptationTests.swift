import Decoding
import Documents
import EMGTasks
import Foundation
import MetaLearning
import SeededRandom
import TestSupport
import Testing

@Suite struct BundleAdaptationTests {
    /// A decoder that was trained on somebody.
    private static func trained(in folder: URL) throws -> DecoderBundle {
        let somebody = try CalibratedPerson(gains: [1, 1, 1], seed: 1).write(to: folder)
        let adaptation = try BundleAdaptation(
            of: CalibratedPerson.bundle(), to: [somebody],
            split: SplitSettings(WholeRecording()))
        var bundle = try adaptation.adapted(adaptation.evaluate())
        bundle.origin.method = "pretrained"
        return bundle
    }

    /// A person whose electrodes sit otherwise: the trained decoder confuses their movements.
    private static let stranger = CalibratedPerson(gains: [3, 0.7, 0.4], seed: 2)

    @Test func `an untrained decoder becomes the person's and decodes what comes after`() throws {
        let folder = try TemporaryFolder()
        let recording = try Self.stranger.write(to: folder.url)
        let bundle = try CalibratedPerson.bundle()
        let adaptation = try BundleAdaptation(
            of: bundle, to: [recording], split: SplitSettings())
        let report = adaptation.evaluate()
        #expect(report.verdict == .better)
        let (before, after) = (try #require(report.normalized), try #require(report.adapted))
        #expect(after.balancedAccuracy > 0.9 && before.balancedAccuracy < 0.7)
        #expect(after.count == before.count && after.count == report.before?.count)
        // First cycle of five cues: 1,000 samples, windows of 20 every 5.
        #expect(report.windowsOfClass.map(\.count).reduce(0, +) == 197)

        let adapted = try adaptation.adapted(report)
        #expect(adapted.origin.parentSHA256 == bundle.sha256)
        #expect(adapted.origin.adaptedTo == [String(repeating: "b", count: 64)])
        #expect(adapted.normalization.fit == .support)
        #expect(adapted.card.contains("Adapted to a person"))
        #expect(try CalibratedPerson.accuracy(of: adapted, on: recording) > 0.85)
        #expect(try CalibratedPerson.accuracy(of: bundle, on: recording) < 0.7)

        let url = folder.url.appending(path: "adapted.myodec")
        try adapted.write(to: url)
        let read = try DecoderBundle(contentsOf: url)
        #expect(read.sha256 == adapted.sha256)
        #expect(read.adaptation == adapted.adaptation)
    }

    @Test func `adapting twice gives the same bytes`() throws {
        let folder = try TemporaryFolder()
        let recording = try Self.stranger.write(to: folder.url)
        let digests = try (0..<2).map { _ in
            let adaptation = try BundleAdaptation(
                of: CalibratedPerson.bundle(), to: [recording], split: SplitSettings())
            return try adaptation.adapted(adaptation.evaluate()).sha256
        }
        #expect(digests[0] == digests[1])
    }

    /// What becomes of a label, by the way in which labels are wrong.
    static let wrongLabels: [(name: String, relabel: @Sendable (UInt8, Int) -> UInt8)] = [
        ("two classes exchanged", { label, _ in [0, 2, 1][Int(label)] }),
        ("rest and a movement exchanged", { label, _ in [1, 0, 2][Int(label)] }),
        ("all in a ring", { label, _ in [1, 2, 0][Int(label)] }),
        ("drawn for each sample", { _, sample in UInt8(SampleDraw.draw(sample)) }),
        ("drawn every 20 samples", { _, sample in UInt8(SampleDraw.draw(sample / 20)) }),
    ]

    private enum SampleDraw {
        static func draw(_ place: Int) -> Int {
            var generator = SeededGenerator(seed: 5, stream: "label \(place)")
            return generator.integer(below: 3)
        }
    }

    @Test(arguments: wrongLabels.indices)
    func `wrong labels are refused`(number: Int) throws {
        let folder = try TemporaryFolder()
        let bundle = try Self.trained(in: folder.url)
        let wrong = Self.wrongLabels[number]
        let recording = try CalibratedPerson(gains: [1.2, 0.9, 1], seed: 7).write(
            to: folder.url, relabel: wrong.relabel)
        let report = try BundleAdaptation(
            of: bundle, to: [recording], split: SplitSettings(WholeRecording())
        ).evaluate()
        #expect(!report.isTaken, "\(wrong.name): \(report.sentence)")
        if number < 3 {
            #expect(report.verdict.name == "exchanged_labels", "\(wrong.name)")
        }
    }

    @Test func `labels are named that look exchanged`() throws {
        let folder = try TemporaryFolder()
        let recording = try CalibratedPerson(gains: [1, 1, 1], seed: 7).write(
            to: folder.url, relabel: Self.wrongLabels[0].relabel)
        let report = try BundleAdaptation(
            of: Self.trained(in: folder.url), to: [recording],
            split: SplitSettings(WholeRecording())
        ).evaluate()
        #expect(
            report.sentence == "The labels look exchanged: what is labeled open is close by the "
                + "decoder, what is labeled close is open by the decoder.")
    }

    @Test func `a decoder that is right already stays as it is`() throws {
        let folder = try TemporaryFolder()
        let bundle = try Self.trained(in: folder.url)
        let same = try CalibratedPerson(gains: [1, 1, 1], seed: 1).write(to: folder.url)
        var still = bundle
        still.adaptation?.inner.learningRate = 1e-12
        let report = try BundleAdaptation(
            of: still, to: [same], split: SplitSettings(WholeRecording())
        ).evaluate()
        #expect(report.verdict == .notBetter)
        #expect(report.normalized?.balancedAccuracy == report.adapted?.balancedAccuracy)
    }

    @Test func `the new normalization alone is taken when it is all that helps`() throws {
        let folder = try TemporaryFolder()
        let bundle = try Self.trained(in: folder.url)
        let louder = try CalibratedPerson(gains: [9, 0.2, 6], seed: 1).write(to: folder.url)
        var still = bundle
        still.adaptation?.inner.learningRate = 1e-12
        let adaptation = try BundleAdaptation(
            of: still, to: [louder], split: SplitSettings(WholeRecording()))
        let report = adaptation.evaluate()
        #expect(report.verdict == .normalization && report.isTaken, "\(report.document)")
        let adapted = try adaptation.adapted(report)
        #expect(
            (adapted.model as? NetworkModel)?.parameters
                == (bundle.model as? NetworkModel)?.parameters)
        #expect(adapted.normalization != bundle.normalization)
        #expect(adapted.normalization.fit == .support)
    }

    @Test func `amplitudes are calibrated with the rest`() throws {
        let folder = try TemporaryFolder()
        var control = ControlSettings()
        control.proportional = ProportionalOutput()
        let recording = try Self.stranger.write(to: folder.url)
        let adaptation = try BundleAdaptation(
            of: CalibratedPerson.bundle(control: control), to: [recording],
            split: SplitSettings())
        let adapted = try adaptation.adapted(adaptation.evaluate())
        let ranges = try #require(adapted.control.proportional?.ranges)
        #expect(Set(ranges.keys) == Set(CalibratedPerson.classes))
        // Mean absolute values of normal numbers of the gains: 3 and the others at a fifth.
        let expected = 2 / Double.pi.squareRoot() / 2.0.squareRoot() * (3 + 0.14 + 0.08) / 3
        let open = try #require(ranges["open"])
        #expect(open.low < expected && expected < open.high)
        #expect(open.high < 1.6 * expected && open.low > 0.4 * expected)
    }

    @Test func `what does not fit is refused by name`() throws {
        let folder = try TemporaryFolder()
        let one = try Self.stranger.write(to: folder.url, as: "p1")
        let other = try Self.stranger.write(to: folder.url, as: "p2")
        func message(_ bundle: DecoderBundle, _ recordings: [URL]) -> String {
            do {
                return try BundleAdaptation(
                    of: bundle, to: recordings, split: SplitSettings()
                ).evaluate().sentence
            } catch { return "\(error)" }
        }
        let bundle = try CalibratedPerson.bundle()
        #expect(message(bundle, [one, other]).contains("adapt a decoder to one person at a time"))
        var silent = bundle
        silent.adaptation = nil
        #expect(message(silent, [one]).contains("does not say how its network is adapted"))
        var far = bundle
        far.adaptation?.inner.learningRate = 100
        far.adaptation?.inner.optimizer = InnerSGD()
        far.adaptation?.inner.epochs = 200
        #expect(!message(far, [one]).isEmpty)
    }
}
