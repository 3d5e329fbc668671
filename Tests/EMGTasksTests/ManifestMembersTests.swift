import Documents
import EMGArchive
import EMGSignal
import EMGTasks
import Foundation
import SeededRandom
import TestSupport
import Testing

@Suite("Members of manifests that may be missing")
struct ManifestMembersTests {
    @Test(
        "a fault in one is refused at its place",
        arguments: [
            ("\"augmentation\": 5", "$.augmentation"),
            ("\"augmentation\": [{\"kind\": \"gain\"}]", "$.augmentation[0]"),
            (
                "\"augmentation\": [{\"kind\": \"gain\", \"parameters\": {\"range\": [1]}}]",
                "$.augmentation[0].parameters.range"
            ),
            (
                "\"augmentation\": [{\"kind\": \"\", \"parameters\": {}}]",
                "$.augmentation[0].kind"
            ),
            ("\"grid\": {\"rows\": 2, \"columns\": 2}", "$.grid"),
            ("\"grid\": {\"rows\": 0, \"columns\": 3}", "$.grid.rows"),
            ("\"grid\": {\"rows\": 3}", "$.grid"),
        ])
    func faults(member: String, path: String) throws {
        let study = try StudyInFolder()
        let text = try String(contentsOf: study.manifestURL, encoding: .utf8)
        let planted = "{" + member + "," + text.dropFirst()
        let error = #expect(throws: DocumentError.self) {
            try CollectionManifest(Document(json: planted.utf8, name: "study.json"))
        }
        #expect(error?.path == path)
        #expect(error?.position?.line == 1)
    }

    @Test(
        "a quality interval that cannot be is refused at its place",
        arguments: [
            ("{\"kind\": \"noise\", \"range\": [0, 1]}", "kind"),
            ("{\"kind\": \"gap\", \"range\": [5, 1]}", "range"),
            ("{\"kind\": \"gap\", \"range\": [0, 9999999]}", "range[1]"),
            ("{\"kind\": \"saturation\", \"range\": [0, 1], \"channel\": 3}", "channel"),
        ])
    func quality(interval: String, member: String) throws {
        let study = try StudyInFolder()
        let text = try String(contentsOf: study.manifestURL, encoding: .utf8)
        let planted = text.replacing(
            "\"condition\" : \"111\",",
            with: "\"condition\" : \"111\", \"quality\": [\(interval)],", maxReplacements: 1)
        #expect(planted != text)
        let error = #expect(throws: DocumentError.self) {
            try CollectionManifest(Document(json: planted.utf8, name: "study.json"))
        }
        #expect(error?.path == "$.tasks[0].quality[0].\(member)")
    }

    @Test("all of them are read as they were written")
    func roundTrip() throws {
        var configuration = StudyInFolder.configuration
        configuration.augmentation = [AugmentationStep(.noise(deviation: 0.25))]
        configuration.channels.grid = ChannelMap.Grid(rows: 3, columns: 1)
        let study = try StudyInFolder(configuration) { recordings in
            recordings[0].quality = [
                QualityInterval(
                    range: SampleRange(start: 3, end: 9), channel: 2, kind: .saturation),
                QualityInterval(range: SampleRange(start: 50, end: 51), channel: nil, kind: .gap),
            ]
        }
        let manifest = try CollectionManifest(contentsOf: study.manifestURL)
        #expect(manifest == study.report.manifest)
        #expect(manifest.tasks[0].quality.count == 2)
    }

    @Test("settings with seeded damage never crash")
    func mutations() throws {
        let text = Array(
            """
            window: {length: 40, stride: 4, label_rule: pure, transition_trim_ms: 20}
            classes: {rename: {open: hand}, merge: {move: [a, b]}, drop: [c], order: [x]}
            channels: {select: ["emg*"], grid: [2, 4], rotate: [{tasks: "p1/*", by: 1}]}
            augmentation: [{kind: rotation}, {kind: magnitude_warp, knots: 5}]
            design: {rule: random_sessions, sizes: [1, 2], test: ["p1/*/131"], validation: 3}
            """.utf8)
        var generator = SeededGenerator(seed: 12)
        var understood = 0
        for _ in 0..<3_000 {
            var bytes = text
            for _ in 0...generator.integer(below: 2) {
                let place = generator.integer(below: bytes.count)
                switch generator.integer(below: 3) {
                case 0: bytes[place] = UInt8(generator.integer(below: 256))
                case 1: bytes.remove(at: place)
                default: bytes.insert(UInt8(32 + generator.integer(below: 95)), at: place)
                }
            }
            if let document = try? Document(yaml: bytes, name: "c.yaml"),
                (try? CollectionConfiguration(document.cursor)) != nil
            {
                understood += 1
            }
        }
        #expect(understood > 0 && understood < 3_000)
    }
}
