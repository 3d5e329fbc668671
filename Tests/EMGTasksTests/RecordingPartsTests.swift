import Documents
import EMGArchive
import EMGEpisodes
import EMGSignal
import EMGTasks
import Foundation
import MetaLearning
import SeededRandom
import TaskDraws
import TestSupport
import Testing

@Suite("Support and query from different recordings of a person")
struct RecordingPartsTests {
    private static let trials = ["trial_0", "trial_1", "trial_2", "trial_3"]

    private static func pattern(_ text: String) throws -> TaskPattern {
        try #require(TaskPattern(text))
    }

    private static func configuration(
        support: [String] = ["*/*/trial_1"], query: [String] = ["*/*/trial_2", "*/*/trial_3"],
        earlier: [String] = ["*/*/trial_0"], subject: RecordingParts.Subject = .person,
        rule: any SplitRule = .shots(3)
    ) throws -> CollectionConfiguration {
        var split = SplitSettings(rule)
        split.recordings = RecordingParts(
            support: try support.map(pattern), query: try query.map(pattern),
            earlier: try earlier.map(pattern), subject: subject)
        return CollectionConfiguration(
            window: WindowSettings(length: .samples(20), stride: .samples(5)), split: split,
            patients: PatientSplit(test: .patients(["p2"])), seed: 5)
    }

    private static func recording(
        _ patient: String, _ condition: String, session: String = "day1", seed: UInt64? = nil
    ) throws -> Recording {
        var generator = SeededGenerator(
            seed: seed ?? 3, stream: seed == nil ? "\(patient)/\(session)/\(condition)" : "")
        var recording = try syntheticRecording(
            patient: patient, session: session, condition: condition, channels: 3
        ) { _, channel in Float(generator.integer(below: 900) + 40 * channel) }
        let digits = Array("\(patient)\(session)\(condition)".utf8).reduce(0) {
            $0 * 31 % 65_521 + Int($1)
        }
        recording.source = SourceFile(
            name: "\(patient)_\(condition).csv",
            sha256: String(repeating: "0", count: 59) + String(10_000 + digits).suffix(5))
        return recording
    }

    private static func study(
        _ configuration: CollectionConfiguration, patients: [String] = ["p1", "p2", "p3"],
        change: (inout [Recording]) throws -> Void = { _ in }
    ) throws -> StudyInFolder {
        try StudyInFolder(configuration, patients: 1) { recordings in
            recordings = try patients.flatMap { patient in
                try trials.map { try recording(patient, $0) }
            }
            try change(&recordings)
        }
    }

    @Test("a person's recordings are one task: support, query and what was recorded before")
    func tasks() throws {
        let study = try Self.study(try Self.configuration())
        let file = try CollectionFile.open(study.manifestURL)
        #expect(file.manifest.tasks.map(\.id) == ["p1", "p2", "p3"].map { "\($0)/day1/trial_1" })
        #expect(file.manifest.splits.test == ["p2/day1/trial_1"])
        for task in file.manifest.tasks {
            #expect(
                task.recordings.map(\.id)
                    == ["trial_1", "trial_2", "trial_3", "trial_0"].map {
                        "\(task.identity.patient)/day1/\($0)"
                    })
            #expect(task.recordings.map(\.part) == [.support, .query, .query, .earlier])
            #expect(task.support.windowsPerClass == [3, 3, 3])
            let earlier = try #require(task.earlier)
            // Each recording: 415 samples, nine phases; a window has the label of its last sample.
            #expect(task.sampleCount == 4 * 415)
            #expect(earlier.windows == 80 && task.query.windows == 160)
            let tensors = try file.tensors(for: task.id)
            let entries = try study.archive.recordings()
            for recording in task.recordings {
                let recorded = try study.archive.read(
                    try #require(entries.first { $0.id == recording.id }))
                for sample in [0, 100, 414] {
                    for channel in 0..<3 {
                        let raw =
                            Double(tensors.signal[recording.range.start + sample, channel])
                            * task.normalization.scale[channel] + task.normalization.offset[channel]
                        #expect(abs(raw - Double(recorded.samples[sample, channel])) < 1e-3)
                    }
                }
                let windows: TaskTensors.Windows? =
                    switch recording.part {
                    case .support: tensors.support
                    case .query: tensors.query
                    case .earlier: tensors.earlier
                    }
                let own = try #require(windows)
                let labels = try #require(recorded.labels).values
                var count = 0
                for (start, label) in zip(own.starts, own.labels)
                where recording.range.start <= start && Int(start) + 20 <= recording.range.end {
                    count += 1
                    #expect(labels[Int(start) - recording.range.start + 19] == label)
                }
                #expect(count == (recording.part == .support ? 9 : 80))
            }
        }
        let episode = try CollectionEpisodes(file).episode("p1/day1/trial_1")
        #expect(episode.earlier?.count == 80 && episode.support.count == 9)
    }

    @Test("what was built comes out again, byte by byte, and the audit finds nothing")
    func verification() throws {
        var varied = try Self.configuration()
        varied.variation = [
            TaskVariationStep(BandRotation(), per: .person),
            TaskVariationStep(MissingClasses(shown: 1...1)),
        ]
        for configuration in [
            try Self.configuration(), try Self.configuration(earlier: [], rule: .fraction(0.5)),
            varied,
        ] {
            let study = try Self.study(configuration)
            for threads in [1, 2] {
                let found = try CollectionVerification.verify(
                    study.manifestURL, from: study.archive, threads: threads)
                #expect(found.differences.isEmpty, "\(found.differences)")
            }
            let audit = try CollectionAudit.audit(study.manifestURL)
            #expect(audit.violations.isEmpty, "\(audit.violations)")
        }
    }

    @Test("a turned band leaves what was recorded before as it was")
    func turnedAfterwards() throws {
        var configuration = try Self.configuration()
        configuration.normalization = .none
        let plain = try Self.study(configuration)
        configuration.variation = [TaskVariationStep(ChannelGains(range: 0.5))]
        let varied = try Self.study(configuration)
        let (own, other) = (
            try CollectionFile.open(plain.manifestURL), try CollectionFile.open(varied.manifestURL)
        )
        for task in other.manifest.tasks {
            let (before, after) = (try own.tensors(for: task.id), try other.tensors(for: task.id))
            for recording in task.recordings {
                let places = recording.range.start * 3..<recording.range.end * 3
                #expect(
                    (before.signal.values[places] == after.signal.values[places])
                        == (recording.part == .earlier))
            }
        }
    }

    @Test("a recording that is for two parts is refused, one for none is left out")
    func overlaps() throws {
        let study = try Self.study(
            try Self.configuration(query: ["*/*/trial_2"], earlier: [])
        )
        #expect(study.report.leftOut.map(\.condition).filter { $0 == "trial_3" }.count == 3)
        let error = #expect(throws: TaskError.self) {
            _ = try Self.study(try Self.configuration(query: ["*/*/trial_?"], earlier: []))
        }
        #expect(
            error?.description.contains("in both support and query") == true,
            "\(String(describing: error))")
    }

    @Test("a person without recordings of a part is refused by name, the others are built")
    func missingParts() throws {
        let study = try Self.study(try Self.configuration(query: ["*/*/trial_2"], earlier: [])) {
            recordings in
            recordings.removeAll {
                $0.identity.patient == "p1" && $0.identity.condition == "trial_2"
            }
        }
        #expect(study.report.manifest.tasks.map(\.identity.patient) == ["p2", "p3"])
        let refusal = try #require(study.report.refused.first)
        #expect(refusal.subject == "p1" && refusal.reason.contains("split.query_from"))
    }

    @Test("each session of a person is a task of its own when that is asked for")
    func sessions() throws {
        let study = try Self.study(
            try Self.configuration(earlier: [], subject: .session), patients: ["p1", "p2"]
        ) { recordings in
            for patient in ["p1", "p2"] {
                for trial in Self.trials.dropFirst() {
                    recordings.append(try Self.recording(patient, trial, session: "day2"))
                }
            }
        }
        #expect(
            study.report.manifest.tasks.map(\.id) == [
                "p1/day1/trial_1", "p1/day2/trial_1", "p2/day1/trial_1", "p2/day2/trial_1",
            ])
    }

    @Test("a query that repeats an earlier recording is found, in building and in an audit")
    func leakage() throws {
        let built = try Self.study(try Self.configuration()) { recordings in
            for index in recordings.indices where recordings[index].identity.id == "p1/day1/trial_0"
            {
                let other = try #require(recordings.first { $0.identity.id == "p1/day1/trial_3" })
                recordings[index].samples = other.samples
            }
        }
        #expect(built.report.manifest.tasks.map(\.identity.patient) == ["p2", "p3"])
        #expect(built.report.refused.contains { $0.reason.contains("the signal of the support") })

        let study = try Self.study(try Self.configuration())
        let url = try study.rewrite { id, tensors, entry in
            guard id == "p1/day1/trial_1", let earlier = entry.earlier else { return }
            // The query's windows become those of the earlier recording.
            entry.query = earlier
            entry.recordings[3].part = .query
            entry.earlier = CollectionManifest.Portion(
                ranges: entry.query.ranges, windows: earlier.windows,
                windowsPerClass: earlier.windowsPerClass)
            tensors = TaskTensors(
                signal: tensors.signal, support: tensors.support,
                query: tensors.earlier ?? tensors.query, earlier: tensors.earlier)
        }
        let error = #expect(throws: DocumentError.self) { try CollectionFile.open(url) }
        #expect(error?.description.contains("one recording of the earlier") == true)
    }

    @Test("a model that was trained on any of a task's recordings has seen the task")
    func seenRecordings() throws {
        let study = try Self.study(try Self.configuration())
        let manifest = try CollectionFile.open(study.manifestURL).manifest
        let task = try #require(manifest.tasks.first { $0.id == "p1/day1/trial_1" })
        #expect(Set(task.recordings.map(\.source.sha256)).count == 4)
        let input = InputDescription(manifest)
        for recording in task.recordings {
            #expect(input.training.sources.contains(recording.source.sha256))
        }
    }

    @Test(
        "documents that say half are refused with what is missing",
        arguments: [
            ("support_from: \"*/*/a\"", "query_from"), ("query_from: [\"*/*/a\"]", "support_from"),
            ("support_from: a/b/c/d, query_from: b", "patient/session/condition"),
            ("support_from: a, query_from: b, task_per: day", "person"),
        ])
    func documents(text: String, mention: String) throws {
        let document = try Document(yaml: "{rule: whole, \(text)}".utf8, name: "split")
        let error = #expect(throws: DocumentError.self) { try SplitSettings(document.cursor) }
        #expect(error?.description.contains(mention) == true, "\(String(describing: error))")
    }

    @Test("the whole of a recording is support, and settings are read back from what they write")
    func whole() throws {
        let document = try Document(
            yaml: """
                rule: whole
                support_from: "*/*/trial_1"
                query_from: ["*/*/trial_2", "*/*/trial_3"]
                task_per: session
                """.utf8, name: "split")
        let settings = try SplitSettings(document.cursor)
        let again = try Document(json: settings.document.json(.compact).utf8, name: "again")
        #expect(try SplitSettings(again.cursor) == settings)
        var configuration = try Self.configuration()
        configuration.split = settings
        let study = try Self.study(configuration)
        #expect(study.report.manifest.tasks.allSatisfy { $0.support.windows == 80 })
        let found = try CollectionVerification.verify(study.manifestURL, from: study.archive)
        #expect(found.differences.isEmpty)
    }
}
