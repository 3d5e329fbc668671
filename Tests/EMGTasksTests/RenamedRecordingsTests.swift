import EMGArchive
import EMGSignal
import EMGTasks
import Foundation
import TestSupport
import Testing

@Suite("Recordings that people rename")
struct RenamedRecordingsTests {
    private static let time = "2026-11-21T13:00:00Z"

    private static func identity(
        _ patient: String, _ session: String, _ condition: String, run: String = ""
    ) throws -> RecordingIdentity {
        try RecordingIdentity(patient: patient, session: session, condition: condition, run: run)
    }

    private static func names(
        _ renamings: [(id: String, renaming: Renaming)]
    ) -> RenamedRecordings {
        var journal = EditJournal()
        for (id, renaming) in renamings {
            journal.append(.rename(renaming), to: id, by: "ana", at: time)
        }
        return journal.names
    }

    @Test("a renaming reaches the recording, its session or its person, by the archive's names")
    func scopes() throws {
        let ids = [
            try Self.identity("p1", "day1", "a"), try Self.identity("p1", "day1", "b"),
            try Self.identity("p1", "day2", "a"), try Self.identity("p2", "day1", "a"),
        ]
        func renamed(_ renamings: [(id: String, renaming: Renaming)]) -> [String] {
            let names = Self.names(renamings)
            return ids.map { names.identity(of: $0).id }
        }
        #expect(
            renamed([("p1/day1/a", Renaming(condition: "c"))])
                == ["p1/day1/c", "p1/day1/b", "p1/day2/a", "p2/day1/a"])
        #expect(
            renamed([("p1/day1/a", Renaming(scope: .session, session: "day3", run: "2"))])
                == ["p1/day3/a-2", "p1/day3/b-2", "p1/day2/a", "p2/day1/a"])
        #expect(
            renamed([
                ("p1/day1/a", Renaming(scope: .patient, patient: "p7")),
                ("p7/day1/a", Renaming(scope: .patient, patient: "p8")),
            ]) == ["p7/day1/a", "p7/day1/b", "p7/day2/a", "p2/day1/a"])
        #expect(
            renamed([
                ("p1/day1/a", Renaming(scope: .patient, patient: "p7")),
                ("p1/day1/b", Renaming(patient: "p9")),
                ("p1/day2/a", Renaming(scope: .session, session: "day1")),
            ]) == ["p7/day1/a", "p9/day1/b", "p7/day1/a", "p2/day1/a"])
    }

    @Test("names that two recordings would share are found, with who has them")
    func duplicates() throws {
        let ids = [
            try Self.identity("p1", "day1", "a"), try Self.identity("p1", "day2", "a"),
            try Self.identity("p2", "day1", "a"),
        ]
        let merged = Self.names([("p1/day2/a", Renaming(scope: .session, session: "day1"))])
        let found = merged.duplicates(among: ids)
        #expect(found.map(\.id) == ["p1/day2/a"] && found.map(\.other) == ["p1/day1/a"])
        let exchanged = Self.names([
            ("p1/day1/a", Renaming(session: "day2")), ("p1/day2/a", Renaming(session: "day1")),
        ])
        #expect(exchanged.duplicates(among: ids).isEmpty)
        let told = Self.names([
            ("p1/day2/a", Renaming(scope: .session, session: "day1", run: "2"))
        ])
        #expect(told.duplicates(among: ids).isEmpty)
    }

    /// Builds the study of four people with decisions about their names; all are approved.
    private static func build(
        _ study: borrowing StudyInFolder, _ renamings: [(id: String, renaming: Renaming)],
        patients: PatientSplit
    ) throws -> (report: BuildReport, edits: URL) {
        var journal = EditJournal()
        for entry in try study.archive.recordings() {
            journal.append(.review(.approved), to: entry.id, by: "ana", at: time)
        }
        for (id, renaming) in renamings {
            journal.append(.rename(renaming), to: id, by: "ana", at: time)
        }
        let url = study.folder.url.appending(path: "edits.json")
        try Data(journal.json.utf8).write(to: url)
        var configuration = StudyInFolder.configuration
        configuration.patients = patients
        configuration.edits = EditSelection(file: url)
        let report = try CollectionBuilder(configuration: configuration)
            .build(from: study.archive, to: study.manifestURL)
        return (report, url)
    }

    @Test("people who are renamed to one person are in one split, and the collection is verified")
    func onePerson() throws {
        let study = try StudyInFolder()
        let merge = Renaming(scope: .patient, patient: "p3", session: "day2")
        let (report, edits) = try Self.build(
            study, [("p4/day1/111", merge)],
            patients: PatientSplit(validation: .patients(["p2"]), test: .patients(["p3"])))
        #expect(report.refused.isEmpty)
        let manifest = try CollectionManifest(contentsOf: study.manifestURL)
        #expect(manifest.splits.test == ["p3/day1/111", "p3/day2/111"])
        #expect(manifest.splits.train == ["p1/day1/111"])
        let verification = try CollectionVerification.verify(
            study.manifestURL, from: study.archive, edits: edits)
        #expect(verification.differences.isEmpty, "\(verification.differences)")
        let audit = try CollectionAudit.audit(study.manifestURL)
        #expect(audit.violations.isEmpty && audit.tasks.map(\.id).contains("p3/day2/111"))
        let error = #expect(throws: TaskError.self) {
            try Self.build(
                study, [("p4/day1/111", merge)],
                patients: PatientSplit(validation: .patients(["p2"]), test: .patients(["p4"])))
        }
        #expect(try #require(error).description.contains("p4"))
    }

    @Test("a recording that gets the name of another one is refused, where it was decided")
    func refused() throws {
        let study = try StudyInFolder()
        let (report, edits) = try Self.build(
            study, [("p1/day1/111", Renaming(scope: .patient, patient: "p4"))],
            patients: PatientSplit(validation: .patients(["p2"]), test: .patients(["p3"])))
        #expect(report.refused.map(\.subject) == ["p1/day1/111"])
        let reason = try #require(report.refused.first).reason
        #expect(reason.contains("edits.json:10:") && reason.contains("p4/day1/111"), "\(reason)")
        #expect(report.manifest.tasks.map(\.id) == ["p2/day1/111", "p3/day1/111", "p4/day1/111"])
        let verification = try CollectionVerification.verify(
            study.manifestURL, from: study.archive, edits: edits)
        #expect(verification.differences.isEmpty, "\(verification.differences)")
    }
}
