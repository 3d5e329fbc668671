import Documents
import EMGArchive
import EMGEpisodes
import EMGSignal
import EMGTasks
import Foundation
import TaskDraws
import TestSupport
import Testing

@Suite("Collections of varied tasks")
struct TaskVariationBuildTests {
    private static func configuration(
        _ steps: TaskVariationStep..., normalization: any NormalizationRule = .none
    ) -> CollectionConfiguration {
        var configuration = StudyInFolder.configuration
        configuration.variation = steps
        configuration.normalization = normalization
        return configuration
    }

    private static let everything: [TaskVariationStep] = [
        TaskVariationStep(BandRotation(isFractional: true), per: .person),
        TaskVariationStep(ChannelGains(range: 0.4)),
        TaskVariationStep(ChannelDropOut(channels: 0...1)),
        TaskVariationStep(ChannelSwap(pairs: 1...1)), TaskVariationStep(PermutedLabels()),
        TaskVariationStep(MissingClasses(missing: 0...1)),
        TaskVariationStep(SupportSize(windows: 1...4, place: .consecutive)),
    ]

    @Test("the stored signal is the recorded one, turned as the manifest says, with its labels")
    func turned() throws {
        let study = try StudyInFolder(Self.configuration(TaskVariationStep(BandRotation())))
        let file = try CollectionFile.open(study.manifestURL)
        #expect(file.manifest.tasks.contains { $0.draw.turn != 0 })
        for task in file.manifest.tasks {
            let recorded = try study.archive.read(
                try #require(try study.archive.recordings().first { $0.id == task.id }))
            let tensors = try file.tensors(for: task.id)
            let turn = Int(task.draw.turn)
            for sample in 0..<recorded.sampleCount {
                for channel in 0..<3 {
                    #expect(
                        tensors.signal[sample, channel]
                            == recorded.samples[sample, (channel + turn) % 3])
                }
            }
            let labels = try #require(recorded.labels).values
            for (start, label) in zip(tensors.query.starts, tensors.query.labels) {
                #expect(labels[Int(start) + 19] == label)
            }
        }
    }

    @Test(
        "what was built comes out again, byte by byte, on any number of threads",
        arguments: [StandardNormalization(), NoNormalization(), MinMaxNormalization()]
            as [any NormalizationRule])
    func verification(normalization: any NormalizationRule) throws {
        var configuration = StudyInFolder.configuration
        configuration.variation = Self.everything
        configuration.normalization = normalization
        let study = try StudyInFolder(configuration, patients: 6)
        #expect(study.report.refused.isEmpty, "\(study.report.refused)")
        #expect(study.report.manifest.tasks.allSatisfy { !$0.draw.isIdentity })
        for threads in [1, 3] {
            let found = try CollectionVerification.verify(
                study.manifestURL, from: study.archive, threads: threads)
            #expect(found.differences.isEmpty, "\(found.differences)")
            let copy = study.folder.url.appending(path: "copy-\(threads)/study.json")
            _ = try CollectionBuilder(configuration: configuration)
                .build(from: study.archive, to: copy, threads: threads)
            #expect(try Data(contentsOf: copy) == Data(contentsOf: study.manifestURL))
        }
        #expect(try CollectionAudit.audit(study.manifestURL).violations.isEmpty)
    }

    @Test("a draw does not depend on who else is in the collection")
    func independence() throws {
        let steps = Self.everything
        func draws(_ patients: Int) throws -> [String: TaskDraw] {
            var configuration = StudyInFolder.configuration
            configuration.variation = steps
            configuration.patients = PatientSplit(test: .count(1))
            let study = try StudyInFolder(configuration, patients: patients)
            return Dictionary(
                uniqueKeysWithValues: study.report.manifest.tasks.map { ($0.id, $0.draw) })
        }
        let (few, many) = (try draws(3), try draws(6))
        #expect(few.count == 3 && many.count == 6)
        for (id, draw) in few { #expect(many[id] == draw) }
    }

    @Test("a person's recordings are turned alike when a draw is a person's")
    func people() throws {
        let study = try StudyInFolder(
            Self.configuration(
                TaskVariationStep(BandRotation(), per: .person),
                TaskVariationStep(ChannelGains(range: 0.5))), patients: 4
        ) { recordings in
            for index in recordings.indices {
                var other = try StudyInFolder.recording(index + 1, seed: UInt64(100 + index))
                other.identity = try RecordingIdentity(
                    patient: "p\(index + 1)", session: "day1", condition: "222")
                recordings.append(other)
            }
        }
        let people = Dictionary(grouping: study.report.manifest.tasks, by: \.identity.patient)
        #expect(people.count == 4)
        for (_, tasks) in people {
            #expect(tasks.count == 2 && Set(tasks.map(\.draw.turn)).count == 1)
            #expect(Set(tasks.map(\.draw.gains)).count == 2)
        }
    }

    @Test("normalization sees the windows that the support is limited to, and nothing else")
    func limitedSupport() throws {
        let study = try StudyInFolder(
            Self.configuration(
                TaskVariationStep(SupportSize(windows: 2...2)),
                TaskVariationStep(MissingClasses(missing: 1...1)), normalization: .standard))
        let file = try CollectionFile.open(study.manifestURL)
        for task in file.manifest.tasks {
            let missing = try #require(task.draw.missing.first)
            var expected = [2, 2, 2]
            expected[missing] = 0
            #expect(task.support.windowsPerClass == expected)
            #expect(task.query.windowsPerClass.allSatisfy { $0 > 0 })
            let tensors = try file.tensors(for: task.id)
            var seen = Set<Int>()
            for start in tensors.support.starts { seen.formUnion(Int(start)..<Int(start) + 20) }
            #expect(Set(task.support.ranges.flatMap { $0.start..<$0.end }) == seen)
            for channel in 0..<3 {
                let values = seen.map { Double(tensors.signal[$0, channel]) }
                let mean = values.reduce(0, +) / Double(values.count)
                #expect(abs(mean) < 1e-4)
            }
        }
        #expect(try CollectionAudit.audit(study.manifestURL).violations.isEmpty)
    }

    @Test("permuted labels are the same permutation in support and query")
    func permutedLabels() throws {
        let plain = try StudyInFolder(Self.configuration())
        let permuted = try StudyInFolder(
            Self.configuration(TaskVariationStep(PermutedLabels())))
        let (own, other) = (
            try CollectionFile.open(plain.manifestURL),
            try CollectionFile.open(permuted.manifestURL)
        )
        for task in other.manifest.tasks {
            let (before, after) = (try own.tensors(for: task.id), try other.tensors(for: task.id))
            for (one, two) in [(before.support, after.support), (before.query, after.query)] {
                #expect(one.starts == two.starts)
                #expect(two.labels == task.draw.relabeled(one.labels))
            }
        }
        #expect(other.manifest.tasks.contains { $0.draw.labels != [0, 1, 2] })
    }

    @Test("one recording under two names is found although each is turned otherwise")
    func sharedSignals() throws {
        var configuration = Self.configuration(TaskVariationStep(ChannelGains(range: 0.5)))
        configuration.patients = PatientSplit(test: .patients(["p2"]))
        let error = #expect(throws: TaskError.self) {
            _ = try StudyInFolder(configuration, patients: 2) { recordings in
                recordings[1] = try StudyInFolder.recording(2, seed: 1)
            }
        }
        guard case .sharedSignal = error?.kind else {
            Issue.record("expected a shared signal, got \(String(describing: error))")
            return
        }
    }

    @Test("a draw that cannot be one of the collection is refused with its place")
    func wrongDraws() throws {
        let study = try StudyInFolder(
            Self.configuration(TaskVariationStep(ChannelGains(range: 0.5))))
        let text = try String(contentsOf: study.manifestURL, encoding: .utf8)
        let range = try #require(text.range(of: "\"gains\""))
        let wrong = text.replacing("\"gains\"", with: "\"gain\"", maxReplacements: 1)
        let shorter = text[..<range.lowerBound] + "\"silent\": [7], " + text[range.lowerBound...]
        for (changed, mention) in [(wrong, "gain"), (String(shorter), "3 channels")] {
            try changed.write(to: study.manifestURL, atomically: true, encoding: .utf8)
            let error = #expect(throws: DocumentError.self) {
                try CollectionManifest(contentsOf: study.manifestURL)
            }
            #expect(error?.description.contains("$.tasks[0].draw") == true)
            #expect(error?.description.contains(mention) == true, "\(String(describing: error))")
        }
    }

    @Test("a collection without variations has the bytes that it had")
    func unvaried() throws {
        let study = try StudyInFolder(Self.configuration())
        let text = try String(contentsOf: study.manifestURL, encoding: .utf8)
        for member in ["variation", "draw", "recordings", "earlier"] {
            #expect(!text.contains("\"\(member)\""))
        }
    }
}
