import Decoding
import Documents
import EMGArchive
import EMGSignal
import EMGTasks
import Foundation
import MetaLearning
import TestSupport
import Testing

@Suite("Adapting a prior to a person")
struct PriorAdaptationTests {
    /// Writes what somebody did whose band is turned by their number.
    private static func write(
        _ cues: [Int], of person: Int = 9, to folder: URL, name: String
    ) throws -> URL {
        let (samples, labels) = BandPeople.recording(
            of: person, cues: cues, turn: person % 8, name: name)
        let recording = try Recording(
            RecordingDescription(
                identity: RecordingIdentity(
                    patient: "p\(person)", session: "day1", condition: name),
                channels: (0..<8).map { Channel(name: "emg\($0)", unit: "mV") },
                samplingRate: SamplingRate(hertz: 200),
                source: SourceFile(name: "a.csv", sha256: String(repeating: "b", count: 64))),
            samples: SampleMatrix(values: samples, channelCount: 8),
            labels: LabelTrack(classNames: SampleDecoder.classes, values: labels))
        let url = folder.appending(path: "\(name)\(person).h5")
        try RecordingFile.write(recording, to: url)
        return url
    }

    @Test func `a calibration of all classes makes the person's decoder`() throws {
        let folder = try TemporaryFolder()
        let bundle = try BandPeople.bundle(BandPeople.model("nobody"))
        let after = try BandPeople.accuracy { person in
            let recording = try Self.write(
                [0, 1, 0, 2, 0], of: person, to: folder.url, name: "all")
            let adaptation = try BundleAdaptation(
                of: bundle, to: [recording], split: SplitSettings(WholeRecording()))
            let report = adaptation.evaluate()
            #expect(report.verdict == .better && report.classesNotShown.isEmpty)
            #expect(report.sentenceAboutClassesNotShown == nil)
            let adapted = try adaptation.adapted(report)
            #expect(try DecoderBundle(adapted.tensors, name: "x").sha256 == adapted.sha256)
            return adapted
        }
        let before = try BandPeople.accuracy { _ in bundle }
        #expect(after > 0.95 && after > before + 0.15, "\(before) \(after)")
    }

    @Test func `one movement is enough, and what could not be evaluated is said`() throws {
        let folder = try TemporaryFolder()
        let recording = try Self.write([1, 1, 1], to: folder.url, name: "open")
        let bundle = try BandPeople.bundle(BandPeople.model("nobody"))
        let adaptation = try BundleAdaptation(
            of: bundle, to: [recording], split: SplitSettings(WholeRecording()))
        let report = adaptation.evaluate()
        #expect(report.isTaken, "\(report.document)")
        #expect(report.classesNotShown == ["relax", "close"])
        let adapted = try adaptation.adapted(report)
        #expect(adapted.card.contains("Nothing was shown of relax, close"))
        #expect(try BandPeople.accuracy(of: adapted, on: BandPeople.later(9)) > 0.95)

        try bundle.write(to: folder.url.appending(path: "b.myodec"))
        let run = try CommandRun(
            ["adapt", "b.myodec", "open9.h5", "--whole", "--output", "c.myodec"], in: folder.url)
        #expect(run.status == 0, "\(run.output) \(run.problems)")
        #expect(
            run.output.contains(
                "Nothing was shown of relax, close: how windows of them are decided about could "
                    + "not be evaluated."))
        let written = try DecoderBundle(contentsOf: folder.url.appending(path: "c.myodec"))
        #expect(written.sha256 == adapted.sha256)
        let json = try CommandRun(
            ["adapt", "b.myodec", "open9.h5", "--whole", "--dry-run", "--json"], in: folder.url)
        let report2 = try Document(json: Array(json.output.utf8), name: "output").cursor.object()
        #expect(
            try report2.required("classes_not_shown").array().map { try $0.string() } == [
                "relax", "close",
            ])
    }

    @Test func `other decoders need two classes as before`() throws {
        let folder = try TemporaryFolder()
        let recording = try Self.write([1], to: folder.url, name: "open")
        let amplitudes = try BandPeople.windows(
            of: BandPeople.recording(of: 1, cues: [0, 1, 2]))
        let bundle = try BandPeople.bundle(
            DiscriminantModel(
                DiscriminantKind(),
                fitting: [
                    (
                        LogAmplitude(scale: 1)(amplitudes.meanAmplitudes()), amplitudes.labels
                    )
                ], form: WindowForm(channelCount: 8, windowLength: 40, classCount: 3)))
        let report = try BundleAdaptation(
            of: bundle, to: [recording], split: SplitSettings(WholeRecording())
        ).evaluate()
        #expect(report.verdict == .tooShort)
    }

    @Test func `a person who was adapted to is known when the band is put on anew`() throws {
        func session(_ person: Int, _ turn: Int, _ name: String) throws -> PriorPerson.Session {
            func repetitions(_ cues: [Int], _ part: String) throws -> [ChannelRepetition] {
                try BandPeople.windows(
                    of: BandPeople.recording(
                        of: person, cues: cues, turn: turn, name: name + part)
                ).channelRepetitions()
            }
            return PriorPerson.Session(
                support: try repetitions([0, 1, 2], ""),
                query: try repetitions([0, 1, 2], " later"))
        }
        let model = try PriorLearning.learn(
            from: (1...5).map {
                PriorPerson(sessions: [try session($0, 0, "day1"), try session($0, 1, "day2")])
            }, form: WindowForm(channelCount: 8, windowLength: 40, classCount: 3), isRing: true,
            at: "people"
        ).model
        #expect(model.prior.session != nil)
        let first = try session(9, 2, "day1").support.map(model.features.repetition)
        let second = try session(9, 5, "day2").support.map(model.features.repetition)
            .filter { $0.label == 1 }
        let known = model.adapted(to: first)
        let again = known.adapted(to: second)
        #expect(
            again.person?.state
                == model.prior.adapted(
                    to: second, knowing: model.prior.knowledge(from: first)
                ).state)
        #expect(again.person?.state != model.adapted(to: second).person?.state)
        // One movement says less of the person than the session before: that is kept.
        #expect(again.person?.shown == known.person?.shown)
        let read = try #require(
            DecoderBundle(BandPeople.bundle(again).tensors, name: "x").model as? PriorModel)
        #expect(read.person == again.person && read.prior.session == again.prior.session)
    }
}
