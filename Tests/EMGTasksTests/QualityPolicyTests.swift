import Documents
import EMGArchive
import EMGFeatures
import EMGFilters
import EMGSignal
import EMGTasks
import Foundation
import TestSupport
import Testing

@Suite("What a recording's quality keeps out of windows and fits")
struct QualityPolicyTests {
    /// Something the matter with the first recording of a study, and how to exclude it.
    struct Flaw: Sendable, CustomTestStringConvertible {
        let kind: QualityInterval.Kind
        let finding: QualityPolicy.Finding
        var channel: Int?
        let ranges: [SampleRange]

        var testDescription: String {
            "\(finding.rawValue) at \(ranges.map { "\($0.start)..<\($0.end)" })"
        }

        var intervals: [QualityInterval] {
            ranges.map { QualityInterval(range: $0, channel: channel, kind: kind) }
        }

        static let kinds: [(QualityInterval.Kind, QualityPolicy.Finding, Int?)] = [
            (.markedBad, .markedBad, nil), (.markedBad, .markedBad, 1),
            (.saturation, .saturation, 0), (.flatLine, .flatLine, 2), (.flatLine, .flatLine, nil),
            (.repaired, .repaired, 1), (.filterEdge, .filterEdge, nil),
            (.filterEdge, .longFilterEdge, 2), (.nonFinite, .nonFinite, 1),
        ]

        /// The support is the samples below 235, the query those from 255 on, of 415.
        static let places: [[(Int, Int)]] = [
            [(100, 130)], [(0, 31), (394, 415)], [(229, 260)], [(50, 90)],
        ]

        static let all = kinds.flatMap { kind, finding, channel in
            places.map { place in
                Flaw(
                    kind: kind, finding: finding, channel: channel,
                    ranges: place.map { SampleRange(start: $0.0, end: $0.1) })
            }
        }
    }

    private static let length = 20

    private func configuration(_ policy: QualityPolicy) -> CollectionConfiguration {
        var configuration = StudyInFolder.configuration
        configuration.quality = policy
        return configuration
    }

    private func study(
        _ policy: QualityPolicy, _ quality: [QualityInterval], garbage: Float = 1e6
    ) throws -> StudyInFolder {
        try StudyInFolder(configuration(policy)) { recordings in
            recordings[0].quality += quality
            for interval in quality where interval.kind != .gap {
                for sample in interval.range.indices {
                    for channel in 0..<3 where (interval.channel ?? channel) == channel {
                        recordings[0].samples[sample, channel] =
                            interval.kind == .nonFinite ? .nan : garbage
                    }
                }
            }
        }
    }

    /// The windows at every fifth sample of a segment, found by looking at each.
    private func starts(_ range: Range<Int>) -> [Int] {
        stride(from: range.lowerBound, through: range.upperBound - Self.length, by: 5).map { $0 }
    }

    @Test(
        "no window touches an excluded sample, no fit sees one, and what is left out is counted",
        arguments: Flaw.all)
    func excluded(flaw: Flaw) throws {
        let policy = QualityPolicy(exclude: [flaw.finding])
        let study = try study(policy, flaw.intervals)
        #expect(study.report.refused.isEmpty, "\(study.report.refused)")
        let manifest = study.report.manifest
        #expect(try CollectionManifest(contentsOf: study.manifestURL) == manifest)
        #expect(manifest.quality == policy)
        let task = manifest.tasks[0]
        let tensors = try CollectionFile.open(study.manifestURL).tensors(for: task.id)
        func isBad(_ sample: Int) -> Bool { flaw.ranges.contains { $0.indices.contains(sample) } }
        for (part, windows, samples) in [
            (task.support, tensors.support, 0..<235), (task.query, tensors.query, 255..<415),
        ] {
            for start in windows.starts.map(Int.init) {
                #expect(!(start..<start + Self.length).contains(where: isBad), "\(start)")
            }
            let touched = starts(samples).count { start in
                (start..<start + Self.length).contains(where: isBad)
            }
            #expect(part.leftOut == (touched > 0 ? [flaw.kind: touched] : [:]))
            #expect(part.ranges.allSatisfy { !$0.indices.contains(where: isBad) })
        }
        let recording = try StudyInFolder.recording(1)
        for channel in 0..<3 {
            let clean = (0..<235).filter { !isBad($0) }
                .map { Double(recording.samples[$0, channel]) }
            let mean = clean.reduce(0, +) / Double(clean.count)
            let square = clean.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
            let deviation = (square / Double(clean.count)).squareRoot()
            #expect(abs(task.normalization.offset[channel] - mean) < 1e-9 * abs(mean) + 1e-9)
            #expect(abs(task.normalization.scale[channel] - deviation) < 1e-9 * deviation)
        }
        let audit = try CollectionAudit.audit(study.manifestURL)
        #expect(audit.violations.isEmpty, "\(audit.violations)")
        #expect(!audit.notes.contains { $0.contains("older") })
        #expect(
            audit.tasks[0].windowsLeftOut[flaw.kind.name] ?? 0 == task.windowsLeftOut[flaw.kind]
                ?? 0)
        #expect(audit.tasks[0].windowsWithQuality.isEmpty)
        let verification = try CollectionVerification.verify(study.manifestURL, from: study.archive)
        #expect(verification.differences.isEmpty, "\(verification.differences)")
        // The quality problems of one recording changes no other.
        let clean = try StudyInFolder()
        #expect(
            manifest.tasks[1...].map(\.tensor) == clean.report.manifest.tasks[1...].map(\.tensor))
    }

    @Test("a recording with nothing the matter gives the same tensors under every policy")
    func nothing() throws {
        let plain = try StudyInFolder(configuration(QualityPolicy(exclude: [], warn: [])))
        for policy in [
            QualityPolicy(), QualityPolicy(exclude: Set(QualityPolicy.Finding.allCases)),
        ] {
            let study = try StudyInFolder(configuration(policy))
            #expect(study.report.warnings.isEmpty)
            #expect(study.report.manifest.tensors.sha256 == plain.report.manifest.tensors.sha256)
            #expect(study.report.manifest.tasks == plain.report.manifest.tasks)
        }
    }

    @Test(
        "by default what is marked bad and edges longer than a window are out, the rest is reported",
        arguments: [
            (QualityInterval.Kind.markedBad, 20, true), (.markedBad, 1, true),
            (.filterEdge, 21, true), (.filterEdge, 20, false), (.saturation, 30, false),
            (.flatLine, 30, false), (.mainsHum, 30, false), (.repaired, 3, false),
            (.nonFinite, 1, true),
        ])
    func defaults(kind: QualityInterval.Kind, length: Int, isOut: Bool) throws {
        let interval = QualityInterval(
            range: SampleRange(start: 60, end: 60 + length), channel: nil, kind: kind)
        let study = try study(QualityPolicy(), [interval], garbage: 7)
        let task = study.report.manifest.tasks[0]
        let touched = starts(0..<235).count { $0 < 60 + length && 60 < $0 + Self.length }
        #expect(task.support.leftOut == (isOut ? [kind: touched] : [:]))
        guard !isOut else {
            #expect(study.report.warnings.isEmpty)
            return
        }
        let warning = try #require(study.report.warnings.first)
        #expect(study.report.warnings.count == 1)
        let finding = kind.name.replacing(" ", with: "_")
        #expect(
            warning.hasPrefix("\(kind.name) in \(touched) of ")
                && warning.contains("p1/day1/111 (\(touched))")
                && warning.contains("long_filter_edge, \(finding)]") || kind == .filterEdge)
        // The line that the warning names leaves them out.
        let line = try #require(warning.split(separator: "\"").first { $0.hasPrefix("quality:") })
        let document = try Document(
            yaml: "window: {length: 20, stride: 5}\n\(line)\n".utf8, name: "c.yaml")
        let policy = try CollectionConfiguration(document.cursor).quality
        #expect(try self.study(policy, [interval], garbage: 7).report.warnings.isEmpty)
    }

    @Test(
        "a policy that leaves out more windows than it keeps is reported, with what keeps them",
        arguments: [(120, true), (40, false)])
    func losses(length: Int, isStated: Bool) throws {
        let edges = [30, 260].map {
            QualityInterval(
                range: SampleRange(start: $0, end: $0 + length), channel: nil, kind: .filterEdge)
        }
        let study = try StudyInFolder(configuration(QualityPolicy())) { recordings in
            for index in recordings.indices { recordings[index].quality += edges }
        }
        let tasks = study.report.manifest.tasks
        let kept = tasks.reduce(0) { $0 + $1.support.windows + $1.query.windows }
        let lost = tasks.reduce(0) { $0 + ($1.windowsLeftOut[.filterEdge] ?? 0) }
        #expect((lost > kept) == isStated)
        let warning = study.report.warnings.first { $0.contains("leaves out \(lost) of") }
        #expect((warning != nil) == isStated)
        guard let warning else { return }
        #expect(warning.contains("leaves out \(lost) of \(kept + lost) windows"))
        #expect(warning.contains("(\(lost) × filter edge)"))
        #expect(warning.contains("\"quality: {exclude: [marked_bad]}\" keeps them"))
    }

    @Test("a gap is crossed by no window, whatever the policy, and its windows are counted")
    func gap() throws {
        let gap = QualityInterval(
            range: SampleRange(start: 102, end: 103), channel: nil, kind: .gap)
        for policy in [QualityPolicy(), QualityPolicy(exclude: [])] {
            let study = try study(policy, [gap])
            let task = study.report.manifest.tasks[0]
            // Starts 85, 90, 95 and 100 lie before the gap with an end behind it.
            #expect(task.support.leftOut == [.gap: 4])
            #expect(
                task.support.ranges == [
                    SampleRange(start: 0, end: 102), SampleRange(start: 102, end: 235),
                ])
            #expect(try CollectionAudit.audit(study.manifestURL).violations.isEmpty)
        }
    }

    @Test("shots are taken from what is not excluded")
    func shots() throws {
        var configuration = configuration(QualityPolicy())
        configuration.split.rule = .shots(2)
        configuration.window.labelRule = .pure
        let bad = QualityInterval(
            range: SampleRange(start: 0, end: 55), channel: nil, kind: .markedBad)
        let study = try StudyInFolder(configuration) { $0[0].quality = [bad] }
        let task = study.report.manifest.tasks[0]
        #expect(task.support.windowsPerClass == [2, 2, 2])
        #expect(task.support.ranges[0].start == 55)
        #expect(task.support.leftOut == [.markedBad: 3])
        #expect(try CollectionAudit.audit(study.manifestURL).violations.isEmpty)
    }

    @Test("a window that was planted in an excluded segment is found by the audit")
    func planted() throws {
        let bad = QualityInterval(
            range: SampleRange(start: 100, end: 130), channel: 1, kind: .markedBad)
        let study = try study(QualityPolicy(), [bad], garbage: 5)
        let url = try study.rewrite { id, tensors, entry in
            guard id == "p1/day1/111" else { return }
            var starts = tensors.support.starts
            starts[0] = 81
            tensors = TaskTensors(
                signal: tensors.signal,
                support: TaskTensors.Windows(starts: starts, labels: tensors.support.labels),
                query: tensors.query)
            entry.support.ranges = [SampleRange(start: 0, end: 235)]
        }
        let violations = try CollectionAudit.audit(url).violations
        let found = try #require(violations.first { $0.check == .quality })
        #expect(found.task == "p1/day1/111")
        #expect(found.text == "1 window contains samples that are excluded (marked bad)")
        #expect(violations.allSatisfy { $0.check == .quality || $0.check == .normalization })
    }

    @Test(
        "a recording of which nothing is left is refused, with what took it and the line to write")
    func nothingLeft() throws {
        let quality = [
            QualityInterval(range: SampleRange(start: 0, end: 230), channel: nil, kind: .markedBad),
            QualityInterval(
                range: SampleRange(start: 200, end: 240), channel: 1, kind: .saturation),
        ]
        let study = try study(QualityPolicy(exclude: [.markedBad, .saturation]), quality)
        let refusal = try #require(study.report.refused.first)
        #expect(study.report.refused.count == 1 && refusal.subject == "p1/day1/111")
        #expect(refusal.reason.contains("no window of the support is left: 44 windows touch"))
        #expect(refusal.reason.contains("(7 × saturation, 44 × marked bad)"))
        #expect(refusal.reason.contains("\"quality: {exclude: []}\""))
        #expect(study.report.manifest.tasks.count == 3)
    }

    @Test("the warning of a missing class says that its windows are left out")
    func missingClass() throws {
        // The only run of class open in the support.
        let bad = QualityInterval(
            range: SampleRange(start: 50, end: 90), channel: nil, kind: .markedBad)
        let study = try study(QualityPolicy(), [bad])
        let warning = try #require(study.report.warnings.first)
        #expect(warning.hasPrefix("p1/day1/111: no window of open in the support; "))
        #expect(warning.hasSuffix("are left out (11 × marked bad in all)"))
    }

    // MARK: - Channels that are bad throughout

    private let badChannel = QualityInterval(
        range: SampleRange(start: 0, end: 415), channel: 1, kind: .markedBad)

    @Test("a channel that is bad throughout is refused with three lines, each of which works")
    func badChannelThroughout() throws {
        let refused = try study(QualityPolicy(), [badChannel]).report
        let reason = try #require(refused.refused.first?.reason)
        #expect(reason.contains("channel emg1 is marked bad throughout: no window is left"))
        #expect(refused.manifest.tasks.count == 3)
        let lines = reason.split(separator: "\"").filter { $0.contains(": {") }
        #expect(lines.count == 3)
        for line in lines {
            let yaml = """
                window: {length: 20, stride: 5}
                splits: {validation: [p2], test: [p3]}
                \(line)
                """
            let configuration = try CollectionConfiguration(
                Document(yaml: yaml.utf8, name: "c.yaml").cursor)
            let study = try StudyInFolder(configuration) { $0[0].quality = [badChannel] }
            #expect(study.report.refused.isEmpty, "\(line)")
            let audit = try CollectionAudit.audit(study.manifestURL)
            #expect(audit.violations.isEmpty, "\(audit.violations)")
            let differences = try CollectionVerification.verify(
                study.manifestURL, from: study.archive
            ).differences
            #expect(differences.isEmpty, "\(differences)")
        }
    }

    @Test(
        "a silenced channel is 0 where it is bad throughout, and as it is elsewhere",
        arguments: Registry<any NormalizationRule>.standard.entries.map(\.standard))
    func silenced(method: any NormalizationRule) throws {
        var configuration = configuration(QualityPolicy(badChannels: .silence))
        configuration.normalization = method
        let study = try StudyInFolder(configuration) { recordings in
            recordings[0].quality = [badChannel]
            for sample in 0..<415 { recordings[0].samples[sample, 1] = Float(sample * 1_000) }
        }
        #expect(study.report.refused.isEmpty && study.report.warnings.isEmpty)
        let file = try CollectionFile.open(study.manifestURL)
        let signal = try file.tensors(for: "p1/day1/111").signal
        #expect((0..<415).allSatisfy { signal[$0, 1] == 0 })
        #expect(!(0..<415).allSatisfy { signal[$0, 0] == 0 })
        let other = try file.tensors(for: "p2/day1/111").signal
        #expect(!(0..<415).allSatisfy { other[$0, 1] == 0 })
        #expect(try CollectionAudit.audit(study.manifestURL).violations.isEmpty)
    }

    @Test("a recording whose channels are all bad is refused, silence or not")
    func allBad() throws {
        let all = (0..<3).map {
            QualityInterval(range: SampleRange(start: 0, end: 415), channel: $0, kind: .markedBad)
        }
        for policy in [QualityPolicy(), QualityPolicy(badChannels: .silence)] {
            let report = try study(policy, all).report
            #expect(
                report.refused.first?.reason.contains("emg0, emg1, emg2 are marked bad") == true)
        }
    }

    // MARK: - Hum

    @Test("hum counts from the level on that the configuration names")
    func hum() throws {
        let hum = (0..<3).map {
            QualityInterval(range: SampleRange(start: 0, end: 415), channel: $0, kind: .mainsHum)
        }
        let step = ProcessingStep(
            operation: "ingest.edf",
            parameters: ["mains_hum_db": .list([.number(9.5), .number(24), .integer(12)])],
            software: "test")
        func build(_ level: Double?) throws -> BuildReport {
            let policy = QualityPolicy(
                exclude: [.mainsHum], badChannels: .silence, humLevel: level)
            return try StudyInFolder(configuration(policy)) { recordings in
                recordings[0].quality = hum
                recordings[0].history = [step]
            }.report
        }
        #expect(
            try build(nil).refused.first?.reason.contains("emg0, emg1, emg2 are mains hum") == true)
        let strong = try build(20)
        #expect(strong.refused.isEmpty)
        #expect(strong.manifest.tasks[0].quality.map(\.channel) == [1])
        #expect(strong.manifest.tasks[0].normalization.scale[1] == 1)
        #expect(try build(30).manifest.tasks[0].quality.isEmpty)
    }

    // MARK: - Older collections, previews and tables

    @Test("a collection that is older than the policy opens, verifies, and is reported to be so")
    func older() throws {
        let bad = QualityInterval(
            range: SampleRange(start: 100, end: 130), channel: nil, kind: .markedBad)
        let study = try study(QualityPolicy(exclude: [], warn: []), [bad], garbage: 3)
        var manifest = study.report.manifest
        #expect(manifest.tasks[0].windowsLeftOut.isEmpty)
        manifest.quality = nil
        try manifest.write(to: study.manifestURL)
        #expect(try CollectionManifest(contentsOf: study.manifestURL).quality == nil)
        let verification = try CollectionVerification.verify(study.manifestURL, from: study.archive)
        #expect(verification.differences.isEmpty, "\(verification.differences)")
        let audit = try CollectionAudit.audit(study.manifestURL)
        #expect(audit.violations.isEmpty)
        #expect(audit.notes.first?.contains("older than the quality policy") == true)
        #expect(audit.tasks[0].windowsWithQuality == ["marked bad": 9])
    }

    @Test("a preview counts the windows of the build")
    func preview() throws {
        let bad = QualityInterval(
            range: SampleRange(start: 100, end: 300), channel: nil, kind: .markedBad)
        for policy in [QualityPolicy(), QualityPolicy(exclude: [])] {
            let study = try study(policy, [bad])
            let preview = try CollectionPreview.survey(
                configuration(policy), of: study.archive, threads: 2)
            let tasks = study.report.manifest.tasks
            #expect(preview.rows.map(\.support) == tasks.map(\.support.windowsPerClass))
            #expect(preview.rows.map(\.query) == tasks.map(\.query.windowsPerClass))
            #expect(preview.windowsLeftOut == tasks[0].windowsLeftOut)
            #expect(preview.warnings == study.report.warnings)
        }
    }

    @Test("a table of windows leaves the same out, counts it, and refuses what has no window")
    func table() throws {
        let folder = try TemporaryFolder()
        let archive = RecordingArchive(folder: folder.url.appending(path: "archive"))
        var recordings = try (1...2).map { try StudyInFolder.recording($0) }
        recordings[0].quality = [
            QualityInterval(range: SampleRange(start: 100, end: 130), channel: 1, kind: .markedBad),
            QualityInterval(
                range: SampleRange(start: 300, end: 310), channel: 0, kind: .saturation),
        ]
        recordings[1].quality = [badChannel]
        for recording in recordings { try archive.write(recording) }
        let url = folder.url.appending(path: "w.csv")
        var selection = WindowSelection(length: .samples(20), stride: .samples(5))
        let report = try WindowTable(selection).write(archive, to: url)
        let touched = starts(0..<415).count { $0 < 130 && 100 < $0 + 20 }
        #expect(report.leftOut == [.markedBad: touched])
        #expect(report.warned == [.saturation: 5])
        #expect(report.recordings == ["p1/day1/111"])
        let reason = try #require(report.refused.first?.reason)
        #expect(reason.contains("channel emg1 is marked bad") && !reason.contains("select"))
        let rows = try String(contentsOf: url, encoding: .utf8).split(separator: "\n").dropFirst()
        #expect(rows.count == report.windowCount)
        for row in rows {
            let start = try #require(Int(row.split(separator: ",")[1]))
            #expect(start + 20 <= 100 || start >= 130)
        }
        selection.quality = QualityPolicy(exclude: [])
        #expect(try WindowTable(selection).write(archive, to: url).windowCount == 160)
        selection.quality = QualityPolicy(badChannels: .silence)
        selection.content = .features(FeatureList([.rms]))
        #expect(try WindowTable(selection).write(archive, to: url).refused.isEmpty)
        let silent = try String(contentsOf: url, encoding: .utf8).split(separator: "\n")
            .filter { $0.hasPrefix("p2/") }
        #expect(silent.count == 80 && silent.allSatisfy { $0.split(separator: ",")[4] == "0.0" })
        selection.length = .samples(1_000)
        let error = #expect(throws: TaskError.self) {
            try WindowTable(selection).write(archive, to: url)
        }
        #expect(error?.description.contains("no recording has a window") == true)
    }

    // MARK: - The member

    @Test("the member is read, and what it leaves open has its default")
    func member() throws {
        func policy(_ yaml: String) throws -> QualityPolicy {
            try CollectionConfiguration(
                Document(yaml: "window: {length: 2, stride: 1}\n\(yaml)".utf8, name: "c").cursor
            ).quality
        }
        #expect(try policy("") == QualityPolicy())
        #expect(try policy("quality: {}") == QualityPolicy())
        let own = try policy(
            "quality: {exclude: [saturation], warn: [marked_bad], bad_channels: silence, "
                + "mains_hum_db: 12}")
        #expect(own.exclude == [.gap, .nonFinite, .saturation] && own.warn == [.markedBad])
        #expect(own.badChannels == .silence && own.humLevel == 12)
        #expect(
            try policy("quality: {exclude: []}").warn
                == Set(
                    QualityPolicy.Finding.allCases
                ).subtracting([.gap, .nonFinite]))
        for (yaml, text) in [
            ("quality: {exclude: [markedbad]}", "marked_bad"),
            ("quality: {warn: [gap]}", "gap is always excluded"),
            ("quality: {warn: [marked_bad]}", "take it out of \"exclude\""),
            ("quality: {leave_out: []}", "leave_out"),
            ("quality: {mains_hum_db: -1}", "mains_hum_db"), ("quality: [gap]", "an object"),
        ] {
            let error = #expect(throws: DocumentError.self) { try policy(yaml) }
            #expect(error?.description.contains(text) == true, "\(String(describing: error))")
        }
    }
}
