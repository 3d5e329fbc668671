import Decoding
import EMGArchive
import EMGFilters
import EMGSignal
import EMGTasks
import Foundation
import MetaLearning
import TestSupport
import Testing

@Suite("Adaptation of decoders in closed form")
struct ClosedFormAdaptationTests {
    /// The windows of a recording as a bundle conditions it.
    private static func windows(_ person: CalibratedPerson, in folder: URL) throws -> WindowSet {
        let recording = try RecordingFile.read(person.write(to: folder))
        var stream = try CalibratedPerson.bundle().makeConditioning()
        var values: [Float] = []
        for start in stride(from: 0, to: recording.samples.values.count, by: 3) {
            var row = recording.samples.values[start..<start + 3].map(Double.init)
            var span = row.mutableSpan
            stream?.process(&span)
            values += row.map { Float($0) }
        }
        let labels = try #require(recording.labels?.values)
        let starts = Array(stride(from: 20, to: values.count / 3 - 20, by: 5))
        return try WindowSet(
            signal: values, channelCount: 3, windowLength: 20, starts: starts,
            labels: starts.map { labels[$0 + 19] })
    }

    /// A decoder that knows two people, and what classes look like on them.
    private static func bundle(_ method: String, in folder: URL) throws -> DecoderBundle {
        let people = try [UInt64(21), 22].map { seed in
            try windows(CalibratedPerson(gains: [1, 1.1, 0.9], seed: seed), in: folder)
        }
        let kind = try #require(DiscriminantKind(method: method))
        var bundle = try CalibratedPerson.bundle()
        bundle.adaptation = nil
        bundle.origin.method = method
        bundle.model = DiscriminantModel(
            kind,
            fitting: people.map { (kind.windowFeatures.rows(of: $0), $0.labels) },
            form: WindowForm(channelCount: 3, windowLength: 20, classCount: 3))
        bundle.reference = ClassReference(
            of: people.map { ($0.meanAmplitudes(), $0.labels) }, channels: 3, classCount: 3)
        return bundle
    }

    @Test(arguments: [0, 1, 2])
    func `a band that was put on turned is no exchange of labels to a decoder that turns`(
        turn: Int
    ) throws {
        let folder = try TemporaryFolder()
        let recording = try CalibratedPerson(gains: [1, 1, 1], seed: 4, turn: turn)
            .write(to: folder.url)
        let others = try Self.bundle("others", in: folder.url)
        let adaptation = try BundleAdaptation(
            of: others, to: [recording], split: SplitSettings())
        let report = adaptation.evaluate()
        // The decoder as it was is as good where nothing is turned.
        #expect(report.verdict == (turn == 0 ? .notBetter : .better), "\(report.document)")
        let adapted = try adaptation.adapted(report)
        #expect(try CalibratedPerson.accuracy(of: adapted, on: recording) > 0.85)
        if turn > 0 {
            #expect(try CalibratedPerson.accuracy(of: others, on: recording) < 0.7)
        }
    }

    @Test(arguments: DiscriminantKind.methods)
    func `exchanged labels are refused`(method: String) throws {
        let folder = try TemporaryFolder()
        let recording = try CalibratedPerson(gains: [1, 1, 1], seed: 4).write(
            to: folder.url, relabel: { label, _ in [0, 2, 1][Int(label)] })
        let report = try BundleAdaptation(
            of: Self.bundle(method, in: folder.url), to: [recording],
            split: SplitSettings(WholeRecording())
        ).evaluate()
        #expect(!report.isTaken, "\(report.document)")
    }
}
