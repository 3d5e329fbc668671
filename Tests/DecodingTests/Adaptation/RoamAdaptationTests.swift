import Documents
import EMGArchive
import EMGSignal
import Foundation
import TestSupport
import Testing

@Suite(
    "Adaptation on a public armband data set",
    .enabled(if: SharedMaterial.isPresent("data/roam"), "needs ../shared/data/roam"))
struct RoamAdaptationTests {
    private static let collection = """
        window: {length: 40, stride: 1, label_rule: last}
        split: {rule: first_cycle}
        normalization: standard
        splits: {test: [p1, p3, p15], validation: 1}
        """
    private static let training = """
        algorithm: first_order_maml
        model: {name: dnn, hidden: [64]}
        inner: {optimizer: adam, learning_rate: 1.0e-3, epochs: 1, batch_size: 64}
        outer: {optimizer: adamw, learning_rate: 1.0e-3}
        meta_epochs: 6
        baselines: {random: true, pretrained: {epochs: 1}}
        """

    /// A folder with the archive and the run that was trained on it.
    private static func trained() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        try Data(collection.utf8).write(to: folder.url.appending(path: "c.yaml"))
        try Data(training.utf8).write(to: folder.url.appending(path: "t.yaml"))
        let data = SharedMaterial.url("data/roam").path()
        for words in [
            ["convert", data, "--output", "archive"],
            ["build", "archive", "--config", "c.yaml", "--output", "study"],
            ["train", "study.json", "--config", "t.yaml", "--output", "run"],
        ] {
            let run = try CommandRun(words, in: folder.url)
            #expect(run.status == 0, "\(run.problems)")
        }
        return folder
    }

    private static let people = ["p1/2016_03_01_p1", "p3/2016_03_03_p3", "p15/2016_03_15_p15"]

    @Test func `an adapted decoder decides about the query as evaluation in training does`() throws
    {
        let folder = try Self.trained()
        let table = try String(
            contentsOf: folder.url.appending(path: "run/results.csv"), encoding: .utf8
        ).split(separator: "\n").map { $0.split(separator: ",") }
        let column = try #require(table[0].firstIndex(of: "meta"))
        for (place, person) in Self.people.enumerated() {
            let recording = "archive/\(person)/111.h5"
            let adapted = try CommandRun(
                [
                    "adapt", "run/decoders/meta.myodec", recording, "--output", "\(place).myodec",
                ], in: folder.url)
            #expect(adapted.status == 0, "\(adapted.output)")
            let run = try CommandRun(
                ["evaluate", "\(place).myodec", recording, "--query", "--json"], in: folder.url)
            let metrics = try Document(json: Array(run.output.utf8), name: "output").cursor
                .object().required("metrics").object()
            let row = try #require(table.first { $0[0] == "\(person)/111" })
            #expect(try metrics.required("accuracy").number() == Double(row[column]))
        }
    }

    @Test
    func `a prior decides about the query well after a cycle, and after one opening of the hand`()
        throws
    {
        let folder = try Self.trained()
        for (place, person) in Self.people.enumerated() {
            let recording = "archive/\(person)/111.h5"
            func accuracy(_ decoder: String) throws -> Double {
                let run = try CommandRun(
                    ["evaluate", decoder, recording, "--query", "--json"], in: folder.url)
                return try Document(json: Array(run.output.utf8), name: "output").cursor.object()
                    .required("metrics").object().required("accuracy").number()
            }
            // The first 3 s are rest and an opening; the hand is not closed.
            let supports = [("cycle", [String]()), ("opening", ["--support-seconds", "3"])]
            for (name, words) in supports {
                let run = try CommandRun(
                    [
                        "adapt", "run/decoders/prior.myodec", recording, "--output",
                        "\(name)\(place).myodec",
                    ] + words, in: folder.url)
                #expect(run.status == 0, "\(run.output)")
            }
            let (nobody, opening, cycle) = (
                try accuracy("run/decoders/prior.myodec"),
                try accuracy("opening\(place).myodec"), try accuracy("cycle\(place).myodec")
            )
            #expect(nobody < 0.85 && opening > 0.9 && cycle > 0.95, "\(nobody) \(opening) \(cycle)")
        }
    }

    @Test(arguments: [[1, 0, 2], [2, 1, 0], [0, 2, 1], [1, 2, 0], [2, 0, 1]])
    func `exchanged labels are refused, whatever the network decided before`(
        labels: [UInt8]
    ) throws {
        let folder = try Self.trained()
        for person in Self.people {
            var recording = try RecordingFile.read(
                folder.url.appending(path: "archive/\(person)/111.h5"))
            let track = try #require(recording.labels)
            recording.labels = try LabelTrack(
                classNames: track.classNames, values: track.values.map { labels[Int($0)] })
            let wrong = folder.url.appending(path: "wrong.h5")
            try RecordingFile.write(recording, to: wrong)
            for decoder in ["meta", "pretrained", "lda", "prior"] {
                let run = try CommandRun(
                    [
                        "adapt", "run/decoders/\(decoder).myodec", "wrong.h5", "--support-seconds",
                        "17", "--output", "w.myodec", "--json",
                    ], in: folder.url)
                #expect(run.status == 1, "\(run.output)")
                #expect(run.output.contains("\"exchanged_labels\""), "\(run.output)")
            }
        }
        #expect(
            !FileManager.default.fileExists(
                atPath: folder.url.appending(path: "w.myodec").path()))
    }
}
