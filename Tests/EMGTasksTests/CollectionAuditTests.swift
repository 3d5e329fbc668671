import Documents
import EMGArchive
import EMGSignal
import EMGTasks
import Foundation
import TestSupport
import Testing

@Suite("Auditing collections")
struct CollectionAuditTests {
    @Test(
        "a collection that was built passes, with any normalization",
        arguments: [.standard, .minMax, .none] as [any NormalizationRule])
    func clean(method: any NormalizationRule) throws {
        var configuration = StudyInFolder.configuration
        configuration.normalization = method
        let study = try StudyInFolder(configuration)
        for threads in [1, 3] {
            let audit = try CollectionAudit.audit(study.manifestURL, threads: threads)
            #expect(audit.violations.isEmpty, "\(audit.violations)")
            #expect(audit.tasks.map(\.id) == study.report.manifest.tasks.map(\.id))
            #expect(audit.tasks.map(\.split) == ["train", "validation", "test", "train"])
            #expect(
                audit.tasks.map(\.supportWindows)
                    == study.report.manifest.tasks.map(\.support.windowsPerClass))
            #expect(audit.tasks.allSatisfy { abs($0.distinctRate - 100) < 1 })
        }
    }

    @Test("a window that was moved into the other part is found from its start")
    func overlap() throws {
        let study = try StudyInFolder()
        // The tensors are changed, and the manifest's range with them, so that only the windows
        // themselves tell.
        let url = try study.rewrite { id, tensors, entry in
            guard id == "p1/day1/111" else { return }
            var starts = tensors.query.starts
            starts[0] = tensors.support.starts[3]
            tensors = TaskTensors(
                signal: tensors.signal, support: tensors.support,
                query: TaskTensors.Windows(starts: starts, labels: tensors.query.labels))
        }
        let audit = try CollectionAudit.audit(url)
        #expect(audit.violations.map(\.check) == [.hashes])
        #expect(audit.violations[0].task == "p1/day1/111")
        #expect(audit.violations[0].text.contains("within the ranges of the query"))
        #expect(audit.tasks.count == 3)
    }

    @Test("a scale that has seen the query is found, and named as such")
    func normalization() throws {
        let study = try StudyInFolder()
        let url = try study.rewrite { id, tensors, entry in
            guard id == "p3/day1/111" else { return }
            // Undo the scaling and fit on everything.
            var raw = tensors.signal
            for sample in 0..<raw.sampleCount {
                for channel in 0..<raw.channelCount {
                    raw[sample, channel] = Float(
                        Double(raw[sample, channel]) * entry.normalization.scale[channel]
                            + entry.normalization.offset[channel])
                }
            }
            let fit = FittedNormalization(
                fitting: .standard, to: raw, on: [SampleRange(start: 0, end: raw.sampleCount)])
            entry.normalization = CollectionManifest.Coefficients(
                offset: fit.offset, scale: fit.scale)
            tensors = TaskTensors(
                signal: fit.applied(to: raw), support: tensors.support, query: tensors.query)
        }
        let audit = try CollectionAudit.audit(url)
        #expect(audit.violations.map(\.check) == [.normalization, .normalization, .normalization])
        #expect(audit.violations.allSatisfy { $0.task == "p3/day1/111" })
        #expect(audit.violations[0].text.contains("fitted on the whole recording"))
    }

    @Test("the same recording under another name in another split is found, wherever it begins")
    func sharedSignal() throws {
        // Built with everybody in one split, where it is no leak, and then asked to be otherwise.
        var configuration = StudyInFolder.configuration
        configuration.patients = PatientSplit()
        let study = try StudyInFolder(configuration) { recordings in
            // p3 (test) begins 37 samples later, and is p1 (train) for the rest.
            let copied = recordings[0].samples
            var values = recordings[2].samples.values
            let shift = 37 * 3
            for place in shift..<values.count { values[place] = copied.values[place - shift] }
            recordings[2].samples = SampleMatrix(values: values, channelCount: 3)
        }
        var manifest = study.report.manifest
        manifest.splits.train.removeAll { $0 == "p3/day1/111" }
        manifest.splits.test = ["p3/day1/111"]
        let url = study.folder.url.appending(path: "planted.json")
        try manifest.write(to: url)
        let audit = try CollectionAudit.audit(url)
        #expect(audit.violations.map(\.check) == [.splits])
        #expect(audit.violations.first?.task == "p3/day1/111")
        #expect(audit.violations.first?.text.contains("p1/day1/111") == true)
    }

    @Test("the same signal within one split is no leak")
    func sharedWithinSplit() throws {
        let study = try StudyInFolder { recordings in
            recordings[3].samples = recordings[0].samples
        }
        #expect(try CollectionAudit.audit(study.manifestURL).violations.isEmpty)
    }

    @Test("a damaged file is named by its hash, a task by its own")
    func damage() throws {
        let study = try StudyInFolder()
        let tensors = study.folder.url.appending(path: "study.h5")
        var bytes = try Data(contentsOf: tensors)
        // A value in the middle of a signal.
        bytes[bytes.count / 2] ^= 0x40
        try bytes.write(to: tensors)
        let audit = try CollectionAudit.audit(study.manifestURL)
        #expect(audit.violations.first?.check == .hashes)
        #expect(audit.violations.first?.task == "")
        #expect(audit.violations.count >= 2)
    }

    @Test("windows over a gap are counted, and so is quality problems in windows")
    func quality() throws {
        let study = try StudyInFolder()
        let clean = try CollectionAudit.audit(study.manifestURL)
        #expect(clean.tasks.allSatisfy { $0.windowsWithQuality.isEmpty })
        let url = try study.rewrite { id, _, entry in
            guard id == "p2/day1/111" else { return }
            entry.quality = [
                QualityInterval(range: SampleRange(start: 30, end: 31), channel: nil, kind: .gap),
                QualityInterval(
                    range: SampleRange(start: 2, end: 4), channel: 1, kind: .saturation),
            ]
        }
        let audit = try CollectionAudit.audit(url)
        #expect(audit.violations.map(\.check) == [.gaps])
        // Windows of 20 that begin at 15, 20 and 25 have sample 30 but not as their first.
        #expect(audit.violations.first?.text == "3 windows reach across a gap")
        #expect(audit.tasks[1].windowsWithQuality == ["saturation": 1])
    }

    @Test("a manifest that contradicts itself is refused before the tensors are read")
    func manifest() throws {
        let study = try StudyInFolder()
        let text = try String(contentsOf: study.manifestURL, encoding: .utf8)
        // p3 is validated on as well as tested on.
        let planted = text.replacing("\"p2/day1/111\"\n    ]", with: "\"p3/day1/111\"\n    ]")
        #expect(planted != text)
        try Data(planted.utf8).write(to: study.manifestURL)
        let error = #expect(throws: DocumentError.self) {
            try CollectionAudit.audit(study.manifestURL)
        }
        #expect(error?.path.hasPrefix("$.splits") == true)
    }
}
