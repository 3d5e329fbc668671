import Documents
import EMGArchive
import EMGSignal
import EMGTasks
import Foundation
import TestSupport
import Testing

@Suite("Designs of experiments")
struct CollectionDesignTests {
    /// Three patients, two sessions each (p2 has one), two conditions a session.
    private static let tasks: [RecordingIdentity] = {
        let sessions = [("p1", ["a", "b"]), ("p2", ["a"]), ("p10", ["a", "b"])]
        return sessions.flatMap { patient, sessions in
            sessions.flatMap { session in
                ["111", "131"].compactMap { condition in
                    try? RecordingIdentity(
                        patient: patient, session: session, condition: condition)
                }
            }
        }
    }()

    private func folds(
        _ rule: any DesignRule, validation: ValidationChoice? = nil, seed: UInt64 = 1
    ) throws -> [DesignFold] {
        try CollectionDesign(rule, validation: validation)
            .folds(of: Self.tasks, seed: seed, subject: "study")
    }

    private static let rules: [any DesignRule] = [
        .leaveOnePatientOut(patients: []), .leaveOnePatientOut(patients: ["p1*"]),
        .crossSession(trainSessions: 1, byPatient: false),
        .crossSession(trainSessions: 1, byPatient: true), .crossCondition(test: []),
        .crossCondition(test: ["13?"]), .patientSubsets(sizes: [1, 2], test: ["p10"]),
        .randomSessions(
            sizes: [1, 3], repetitions: 4, test: [TaskPattern("p2")].compactMap(\.self)),
    ]

    @Test("no task is in two lists, and the same seed gives the same design", arguments: rules)
    func laws(rule: any DesignRule) throws {
        for validation in [nil, ValidationChoice(.tasks(1)), ValidationChoice(.fraction(0.4))] {
            let folds = try folds(rule, validation: validation)
            #expect(!folds.isEmpty)
            #expect(Set(folds.map(\.name)).count == folds.count)
            for fold in folds {
                let lists = [fold.train, fold.validation, fold.test]
                let all = lists.flatMap(\.self)
                #expect(Set(all).count == all.count)
                #expect(!fold.train.isEmpty && !fold.test.isEmpty)
                #expect(fold.validation.isEmpty == (validation == nil))
                #expect(Set(all).isSubset(of: Self.tasks.map(\.id)))
            }
            #expect(try self.folds(rule, validation: validation) == folds)
        }
    }

    @Test("leaving one patient out tests each on their own recordings")
    func leaveOneOut() throws {
        let folds = try folds(.leaveOnePatientOut(patients: []))
        #expect(folds.map(\.name) == ["test-p1", "test-p2", "test-p10"])
        #expect(folds[1].test == ["p2/a/111", "p2/a/131"])
        #expect(folds[1].train.count == 8)
        #expect(folds.allSatisfy { $0.train.count + $0.test.count == 10 })
    }

    @Test("later sessions are tested on, those of a patient with one session train only")
    func crossSession() throws {
        let all = try folds(.crossSession(trainSessions: 1, byPatient: false))
        #expect(all.map(\.name) == ["cross-session"])
        #expect(all[0].test == ["p1/b/111", "p1/b/131", "p10/b/111", "p10/b/131"])
        #expect(all[0].train.count == 6)
        let each = try folds(.crossSession(trainSessions: 1, byPatient: true))
        #expect(each.map(\.name) == ["cross-session-p1", "cross-session-p10"])
        #expect(each[0].train == ["p1/a/111", "p1/a/131"])
    }

    @Test("conditions are tested one by one, or as a group")
    func crossCondition() throws {
        #expect(try folds(.crossCondition(test: [])).map(\.name) == ["test-111", "test-131"])
        let one = try folds(.crossCondition(test: ["131"]))
        #expect(one[0].test.allSatisfy { $0.hasSuffix("/131") } && one[0].test.count == 5)
    }

    @Test("every subset of training patients comes once")
    func subsets() throws {
        let folds = try folds(.patientSubsets(sizes: [1, 2], test: ["p10"]))
        #expect(folds.map(\.name) == ["train-1-p1", "train-1-p2", "train-2-p1+p2"])
        #expect(folds.map(\.train.count) == [4, 2, 6])
        #expect(folds.allSatisfy { $0.test.count == 4 })
    }

    @Test("sessions are drawn with the seed, other seeds draw others")
    func randomSessions() throws {
        let rule = Self.rules[7]
        let folds = try folds(rule)
        #expect(folds.count == 8)
        #expect(folds[0].name == "sessions-1-repetition-1")
        #expect(folds[0].train.count == 2 && folds[4].train.count == 6)
        let others = try (2..<6).map { try self.folds(rule, seed: $0) }
        #expect(others.contains { $0 != folds })
    }

    @Test("validation tasks are spread over the strata, whole patients stay whole")
    func validation() throws {
        let rule = LeaveOnePatientOut(patients: ["p2"])
        let byPatient = try folds(rule, validation: ValidationChoice(.tasks(2)))[0]
        #expect(Set(byPatient.validation.map { $0.prefix { $0 != "/" } }) == ["p1", "p10"])
        let byCondition = try folds(
            rule, validation: ValidationChoice(.tasks(4), stratum: .condition))[0]
        #expect(byCondition.validation.count { $0.hasSuffix("111") } == 2)
        let whole = try folds(rule, validation: ValidationChoice(.patients(1)))[0]
        #expect(whole.validation.count == 4 && whole.train.count == 4)
        #expect(Set(whole.validation.map { $0.prefix { $0 != "/" } }).count == 1)
        #expect(throws: TaskError.self) {
            try folds(rule, validation: ValidationChoice(.tasks(8)))
        }
    }

    private func listing(
        _ train: [String]?, validation: [String]? = nil, test: [String]
    ) -> any DesignRule {
        func patterns(_ texts: [String]) -> [TaskPattern] { texts.compactMap { TaskPattern($0) } }
        return .lists([
            CollectionListing(
                name: "mine", train: train.map(patterns), validation: validation.map(patterns),
                test: patterns(test))
        ])
    }

    @Test("lists take patterns; what is left can train")
    func lists() throws {
        let fold = try folds(listing(nil, validation: ["p1/b/1?1"], test: ["p2", "p10/*/131"]))[0]
        #expect(fold.name == "mine")
        #expect(fold.validation == ["p1/b/111", "p1/b/131"])
        #expect(fold.test == ["p2/a/111", "p2/a/131", "p10/a/131", "p10/b/131"])
        #expect(fold.train == ["p1/a/111", "p1/a/131", "p10/a/111", "p10/b/111"])
    }

    @Test("what would be validated and tested on is refused by name")
    func overlap() throws {
        let error = #expect(throws: TaskError.self) {
            try folds(listing(nil, validation: ["*/a/111"], test: ["p1"]))
        }
        #expect(error?.kind == .inTwoSplits(task: "p1/a/111", one: "test", other: "validation"))
        #expect(error?.hint.contains("is not tested") == true)
        let other = #expect(throws: TaskError.self) {
            try folds(listing(["*"], test: ["p1"]))
        }
        #expect(other?.kind == .inTwoSplits(task: "p1/a/111", one: "test", other: "train"))
        let missing = #expect(throws: TaskError.self) {
            try folds(listing(nil, test: ["p3/a/111"]))
        }
        #expect(missing?.kind == .unknownTask("p3/a/111"))
        #expect(throws: Never.self) {
            try CollectionDesign(listing(nil, test: ["p3/a/111", "p1"])).folds(
                of: Self.tasks, unusable: ["p3/a/111"], seed: 1, subject: "x")
        }
    }

    private func configuration(_ design: String) throws -> CollectionConfiguration {
        try CollectionConfiguration(
            Document(
                yaml: "window: {length: 4, stride: 1}\ndesign: \(design)\n".utf8, name: "c.yaml"
            ).cursor)
    }

    @Test("every rule is read from a configuration")
    func documents() throws {
        let read = try configuration(
            "{rule: patient_subsets, sizes: [1, 2], test: [p10], validation: 3}"
        ).design
        #expect(
            read
                == CollectionDesign(
                    .patientSubsets(sizes: [1, 2], test: ["p10"]),
                    validation: ValidationChoice(.tasks(3))))
        #expect(
            try configuration("{rule: cross_session, by_patient: true}").design
                == CollectionDesign(.crossSession(trainSessions: 1, byPatient: true)))
        #expect(
            try configuration(
                "{rule: random_sessions, sizes: [2], test: [p1/*/131], repetitions: 5, "
                    + "validation: {fraction: 0.2, stratify: condition}}"
            ).design
                == CollectionDesign(
                    .randomSessions(
                        sizes: [2], repetitions: 5,
                        test: [TaskPattern("p1/*/131")].compactMap(\.self)),
                    validation: ValidationChoice(.fraction(0.2), stratum: .condition)))
        #expect(
            try configuration(
                "{rule: lists, collections: [{name: x, train: remaining, test: [p1]}]}"
            ).design
                == CollectionDesign(
                    .lists([
                        CollectionListing(
                            name: "x", train: nil, test: [TaskPattern("p1")].compactMap(\.self))
                    ])))
    }

    @Test(
        "a design that cannot be is refused at its place",
        arguments: [
            ("{rule: leave_one_out}", "$.design.rule"),
            ("{rule: leave_one_patient_out, sizes: [1]}", "$.design.sizes"),
            ("{rule: cross_session, train_sessions: 0}", "$.design.train_sessions"),
            ("{rule: patient_subsets, sizes: [], test: [p1]}", "$.design.sizes"),
            ("{rule: patient_subsets, sizes: [1, 1], test: [p1]}", "$.design.sizes[1]"),
            ("{rule: random_sessions, sizes: [1], test: []}", "$.design.test"),
            ("{rule: lists, collections: []}", "$.design.collections"),
            (
                "{rule: lists, collections: [{name: ../x, test: [p1]}]}",
                "$.design.collections[0].name"
            ),
            (
                "{rule: lists, collections: [{name: x, test: [p1], validation: test}]}",
                "$.design.collections[0].validation"
            ),
            (
                "{rule: lists, collections: [{name: x, test: [a/b/c/d]}]}",
                "$.design.collections[0].test[0]"
            ),
            ("{rule: cross_session, validation: test}", "$.design.validation"),
            ("{rule: cross_session, validation: {tasks: 1, patients: 1}}", "$.design.validation"),
        ])
    func faults(text: String, path: String) {
        let error = #expect(throws: DocumentError.self) { try configuration(text) }
        #expect(error?.path == path)
    }

    @Test("splits and design exclude each other")
    func both() {
        let error = #expect(throws: DocumentError.self) {
            try CollectionConfiguration(
                Document(
                    yaml:
                        "window: {length: 4, stride: 1}\nsplits: {test: 1}\ndesign: {rule: cross_session}\n"
                        .utf8, name: "c.yaml"
                ).cursor)
        }
        #expect(error?.path == "$.design")
    }

    @Test("thousands of people left out in turn, whose manifests fill a disk, are refused at once")
    func tooManyManifests() throws {
        let tasks = try (1...4_000).map {
            try RecordingIdentity(patient: "p\($0)", session: "a", condition: "111")
        }
        let error = #expect(throws: TaskError.self) {
            try CollectionDesign(.leaveOnePatientOut(patients: []))
                .folds(of: tasks, seed: 1, subject: "study")
        }
        #expect(error?.description.contains("4000 manifests of 4000 tasks each") == true)
        #expect(error?.description.contains("design.patients") == true)
        let some = try CollectionDesign(.leaveOnePatientOut(patients: ["p1", "p40?"]))
            .folds(of: tasks, seed: 1, subject: "study")
        #expect(some.count == 11)
        #expect(some.allSatisfy { $0.test.count == 1 && $0.train.count == 3_999 })
    }
}

@Suite("Building designs")
struct DesignBuildTests {
    private func build(
        _ design: CollectionDesign, in folder: URL, threads: Int = 1
    ) throws -> [BuildReport] {
        let archive = RecordingArchive(folder: folder.appending(path: "archive"))
        for patient in 1...4 { try archive.write(StudyInFolder.recording(patient)) }
        var configuration = StudyInFolder.configuration
        configuration.design = design
        return try CollectionBuilder(configuration: configuration).buildDesign(
            from: archive, into: folder.appending(path: "out"), threads: threads)
    }

    @Test(
        "each collection lies in a folder of its own, opens, passes the audit and comes out again")
    func folders() throws {
        let folder = try TemporaryFolder()
        let design = CollectionDesign(
            .leaveOnePatientOut(patients: []), validation: ValidationChoice(.tasks(1)))
        let reports = try build(design, in: folder.url, threads: 2)
        #expect(reports.map(\.manifest.name) == ["test-p1", "test-p2", "test-p3", "test-p4"])
        for report in reports {
            let name = report.manifest.name
            let url = folder.url.appending(path: "out/\(name)/\(name).json")
            let file = try CollectionFile.open(url)
            try file.verifyHashes()
            #expect(file.manifest.splits.test.map { "test-" + $0.prefix(2) } == [name])
            #expect(file.manifest.splits.validation.count == 1)
            #expect(try CollectionAudit.audit(url).violations.isEmpty)
            let archive = RecordingArchive(folder: folder.url.appending(path: "archive"))
            #expect(try CollectionVerification.verify(url, from: archive).differences.isEmpty)
        }
        // All four have the same tasks: their tensors are the same bytes.
        #expect(Set(reports.map(\.manifest.tensors.sha256)).count == 1)
    }

    @Test("subsets have the tasks of their patients only, whatever the number of threads")
    func subsets() throws {
        let design = CollectionDesign(.patientSubsets(sizes: [1, 2], test: ["p4"]))
        let one = try TemporaryFolder()
        let other = try TemporaryFolder()
        let reports = try build(design, in: one.url)
        _ = try build(design, in: other.url, threads: 3)
        #expect(reports.map(\.manifest.tasks.count) == [2, 2, 2, 3, 3, 3])
        for report in reports {
            for type in ["json", "h5"] {
                let name = "out/\(report.manifest.name)/\(report.manifest.name).\(type)"
                #expect(
                    try Data(contentsOf: one.url.appending(path: name))
                        == Data(contentsOf: other.url.appending(path: name)))
            }
        }
    }
}
