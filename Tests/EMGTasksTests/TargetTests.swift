import Documents
import EMGArchive
import EMGSignal
import EMGTasks
import Foundation
import HDF5
import TestSupport
import Testing

@Suite("Targets and recordings without labels")
struct TargetTests {
    /// Angles that a test can work out by hand; unknown in two segments.
    private static func angle(_ sample: Int, _ dimension: Int) -> Float {
        if (60..<64).contains(sample) || sample == 300, dimension == 1 { return .nan }
        return Float(sample) / 8 - 20 * Float(dimension)
    }

    private static func add(to recording: inout Recording) throws {
        let count = recording.sampleCount
        recording.targets = [
            TargetTrack(
                try TargetDescription(name: "force", unit: "N", dimensions: ["force"]),
                values: SampleMatrix(
                    values: (0..<count).map { Float($0 % 17) }, channelCount: 1)),
            TargetTrack(
                try TargetDescription(name: "angles", unit: "deg", dimensions: ["thumb", "wrist"]),
                values: SampleMatrix(
                    values: (0..<count).flatMap { sample in
                        (0..<2).map { angle(sample, $0) }
                    }, channelCount: 2)),
        ]
    }

    private static func configuration(
        _ columns: [String], _ rule: TargetRule = .last, split: any SplitRule = .fraction(0.4)
    ) -> CollectionConfiguration {
        var configuration = StudyInFolder.configuration
        configuration.split.rule = split
        configuration.targets = TargetSelection(columns: columns, rule: rule)
        return configuration
    }

    @Test(
        "windows have the targets of their last sample, their middle one, or their mean",
        arguments: [TargetRule.last, .center, .mean])
    func rules(rule: TargetRule) throws {
        let study = try StudyInFolder(Self.configuration(["angles", "force"], rule)) { recordings in
            for index in recordings.indices { try Self.add(to: &recordings[index]) }
        }
        let file = try CollectionFile.open(study.manifestURL)
        #expect(
            file.manifest.targets?.columns.map(\.name) == ["angles/thumb", "angles/wrist", "force"])
        #expect(file.manifest.targets?.columns.map(\.unit) == ["deg", "deg", "N"])
        let length = file.manifest.window.length
        for task in file.manifest.tasks {
            let tensors = try file.tensors(for: task.id)
            for windows in [tensors.support, tensors.query] {
                #expect(windows.targets.count == 3 * windows.starts.count)
                for (index, start) in windows.starts.map(Int.init).enumerated() {
                    let samples: [Int] =
                        switch rule {
                        case .last: [start + length - 1]
                        case .center: [start + length / 2]
                        case .mean: Array(start..<start + length)
                        }
                    for column in 0..<3 {
                        let values = samples.map {
                            Double(column < 2 ? Self.angle($0, column) : Float($0 % 17))
                        }
                        let mean = values.reduce(0, +) / Double(values.count)
                        #expect(abs(Double(windows.targets[index * 3 + column]) - mean) < 1e-5)
                    }
                }
            }
        }
        // Windows that would have an unknown target are left out, and it is said.
        let plain = try StudyInFolder(
            {
                var configuration = StudyInFolder.configuration
                configuration.split.rule = .fraction(0.4)
                return configuration
            }())
        let (with, without) = (study.report.manifest.tasks[0], plain.report.manifest.tasks[0])
        let left =
            without.support.windows + without.query.windows - with.support.windows
            - with.query.windows
        #expect(left > 0)
        #expect(
            study.report.warnings.contains {
                $0.contains("\(left) window\(left == 1 ? " is" : "s are") left out")
            })
        #expect(
            try CollectionVerification.verify(study.manifestURL, from: study.archive).differences
                .isEmpty)
        #expect(try CollectionAudit.audit(study.manifestURL, threads: 2).violations.isEmpty)
    }

    @Test("the same targets are found by track, column and pattern; others are refused by name")
    func selection() throws {
        let change: (inout [Recording]) throws -> Void = { recordings in
            for index in recordings.indices.dropLast() { try Self.add(to: &recordings[index]) }
        }
        for columns in [["angles"], ["angles/*"], ["angles/thumb", "angles/wrist"], ["an*"]] {
            let study = try StudyInFolder(Self.configuration(columns), change: change)
            #expect(
                study.report.manifest.targets?.columns.map(\.name) == [
                    "angles/thumb", "angles/wrist",
                ])
            // The last one has none.
            #expect(study.report.refused.count == 1)
            #expect(study.report.refused[0].reason.contains("no targets"))
        }
        let twice = #expect(throws: TaskError.self) {
            _ = try StudyInFolder(Self.configuration(["force", "*"]), change: change)
        }
        #expect(twice?.description.contains("force twice") == true)
        #expect(throws: TaskError.self) {
            _ = try StudyInFolder(Self.configuration(["none"]), change: change)
        }
    }

    @Test("recordings without labels become a collection without classes")
    func unlabeled() throws {
        let study = try StudyInFolder(
            {
                var configuration = StudyInFolder.configuration
                configuration.split.rule = .seconds(1.5)
                return configuration
            }()
        ) { recordings in
            for index in recordings.indices { recordings[index].labels = nil }
        }
        let manifest = try CollectionManifest(contentsOf: study.manifestURL)
        #expect(manifest.classes.isEmpty && manifest.tasks.count == 4)
        let file = try CollectionFile.open(study.manifestURL)
        for task in manifest.tasks {
            #expect(task.support.windowsPerClass.isEmpty && task.support.windows > 0)
            let tensors = try file.tensors(for: task.id)
            #expect(tensors.support.starts.count == task.support.windows)
            #expect(Set(tensors.query.labels) == [0])
        }
        let audit = try CollectionAudit.audit(study.manifestURL, threads: 1)
        #expect(audit.violations.isEmpty)
        #expect(audit.tasks[0].supportWindows == [manifest.tasks[0].support.windows])
        #expect(
            try CollectionVerification.verify(study.manifestURL, from: study.archive).differences
                .isEmpty)
        #expect(throws: TaskError.self) {
            try FewShotSampler(
                CollectionCache(file, memoryBudget: 0), tasks: manifest.splits.train, ways: 1,
                shots: 1, queries: 1)
        }
    }

    @Test("a split by cues of recordings without labels, and one among labeled ones, are refused")
    func needsLabels() throws {
        let error = #expect(throws: TaskError.self) {
            _ = try StudyInFolder { recordings in
                for index in recordings.indices { recordings[index].labels = nil }
            }
        }
        #expect(error?.description.contains("there are no labels") == true)
        let study = try StudyInFolder(
            {
                var configuration = StudyInFolder.configuration
                configuration.split.rule = .fraction(0.5)
                return configuration
            }()
        ) { recordings in recordings[3].labels = nil }
        #expect(study.report.refused.map(\.subject) == ["p4/day1/111"])
        #expect(study.report.manifest.classes.count == 3)
    }

    @Test("targets that a manifest and its tensors tell otherwise are noticed")
    func tampered() throws {
        let study = try StudyInFolder(Self.configuration(["angles"])) { recordings in
            for index in recordings.indices { try Self.add(to: &recordings[index]) }
        }
        func reads(_ url: URL) throws -> Bool {
            let file = try CollectionFile.open(url)
            do {
                for task in file.manifest.tasks { _ = try file.tensors(for: task.id) }
                return true
            } catch {
                return false
            }
        }
        #expect(try reads(study.rewrite { _, _, _ in }))
        let broken: [(TaskTensors.Windows) -> [Float]] = [
            { _ in [] }, { Array(repeating: 1, count: $0.starts.count) },
            { $0.targets.dropLast() + [.nan] },
            { Array(repeating: 1, count: $0.starts.count * 3) },
        ]
        for change in broken {
            let url = try study.rewrite { _, tensors, _ in
                tensors = TaskTensors(
                    signal: tensors.signal, support: tensors.support,
                    query: TaskTensors.Windows(
                        starts: tensors.query.starts, labels: tensors.query.labels,
                        targets: change(tensors.query)))
            }
            #expect(try !reads(url))
        }
        let json = try String(contentsOf: study.manifestURL, encoding: .utf8)
        for (found, other) in [
            ("\"rule\" : \"last\"", "\"rule\" : \"first\""), ("angles/wrist", "angles/thumb"),
            ("\"name\" : \"angles/thumb\"", "\"name\" : \"\""),
        ] {
            #expect(json.contains(found), "\(found)")
            #expect(throws: DocumentError.self) {
                try CollectionManifest(
                    Document(json: json.replacing(found, with: other).utf8, name: "m"))
            }
        }
    }

    @Test("settings are read, and wrong ones named")
    func settings() throws {
        func read(_ text: String) throws -> TargetSelection? {
            try CollectionConfiguration(
                Document(yaml: ("window: {length: 4, stride: 2}\n" + text).utf8, name: "c").cursor
            ).targets
        }
        #expect(try read("") == nil)
        #expect(
            try read("targets: {columns: [a, \"b/*\"], rule: mean}")
                == TargetSelection(columns: ["a", "b/*"], rule: .mean))
        #expect(try read("targets: {columns: [a]}")?.rule == .last)
        for text in [
            "targets: {columns: []}", "targets: {}", "targets: [a]",
            "targets: {columns: [a], rule: first}", "targets: {columns: [a], unit: m}",
        ] {
            #expect(throws: DocumentError.self) { try read(text) }
        }
    }

    @Test("a grid stands in the tensors as in the manifest")
    func grid() throws {
        var configuration = StudyInFolder.configuration
        configuration.channels.grid = .init(rows: 1, columns: 3)
        let study = try StudyInFolder(configuration)
        #expect(study.report.manifest.grid == .init(rows: 1, columns: 3))
        let url = study.report.manifest.tensorsURL(manifest: study.manifestURL)
        let stored = try File.reading(url) { (file) throws(HDF5Error) in
            try file.numbers("grid", of: "/", as: Int64.self)
        }
        #expect(stored == [1, 3])
        #expect(
            try CollectionVerification.verify(study.manifestURL, from: study.archive).differences
                .isEmpty)
    }
}
