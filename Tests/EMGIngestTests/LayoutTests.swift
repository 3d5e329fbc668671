import EMGIngest
import EMGSignal
import Foundation
import TestSupport
import Testing

@Suite("Layouts of laboratories")
struct LayoutTests {
    /// Writes a table of another content at each path and searches the folder that holds them all.
    private func search(
        _ paths: [String], in folder: borrowing TemporaryFolder,
        options: ReadOptions = ReadOptions()
    ) throws -> SourceSearch {
        for (number, path) in paths.enumerated() {
            var table = TableText()
            table.set(line: 9, column: 8, to: "\(number + 1)")
            let url = folder.url.appending(path: path)
            try FileManager.default.createDirectory(
                at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(table.text.utf8).write(to: url)
        }
        return SourceSearch.search(
            [folder.url.appending(path: "lab")], registry: .standard, options: options)
    }

    @Test(
        "names of folders and files that say what they are tell who, when and what",
        arguments: [
            // The same file names, other file names, one folder deeper and one less.
            (
                ["lab/p1/day1/grip.csv", "lab/p2/day1/grip.csv"],
                ["p1/day1/grip", "p2/day1/grip"]
            ),
            (
                ["lab/p1/day1/grip.csv", "lab/p2/day1/pinch.csv"],
                ["p1/day1/grip", "p2/day1/pinch"]
            ),
            (
                ["lab/stroke/p1/day1/grip.csv", "lab/stroke/p2/day1/pinch.csv"],
                ["p1/day1/grip", "p2/day1/pinch"]
            ),
            (["lab/p1/grip.csv", "lab/p2/pinch.csv"], ["p1/p1/grip", "p2/p2/pinch"]),
            (
                ["lab/p1/day1/left/grip.csv", "lab/p1/day1/right/grip.csv"],
                ["p1/day1/left_grip", "p1/day1/right_grip"]
            ),
            // The visit above the person.
            (
                ["lab/day1/p1/grip.csv", "lab/day1/p2/grip.csv", "lab/day2/p1/grip.csv"],
                ["p1/day1/grip", "p2/day1/grip", "p1/day2/grip"]
            ),
            // Dates as folder names, with people above, below, behind and in the files.
            (
                ["lab/AB12/2024-03-05/open.csv", "lab/CD07/2024-03-05/open.csv"],
                ["AB12/2024-03-05/open", "CD07/2024-03-05/open"]
            ),
            (
                ["lab/05.03.2024/sub-1/open.csv", "lab/05.03.2024/sub-2/close.csv"],
                ["1/single/open", "2/single/close"]
            ),
            (
                ["lab/2024-03-05_p1/open.csv", "lab/2024-03-05_p2/close.csv"],
                ["p1/2024-03-05_p1/open", "p2/2024-03-05_p2/close"]
            ),
            (
                ["lab/20240305/p1_open.csv", "lab/20240305/p2_open.csv"],
                ["p1/20240305/open", "p2/20240305/open"]
            ),
            // One patient; files directly in the folder; the file's name begins with the patient.
            (["lab/p1/day1/grip.csv", "lab/p1/day2/grip.csv"], ["p1/day1/grip", "p1/day2/grip"]),
            (["lab/p1_grip.csv", "lab/p2_grip.csv"], ["p1/lab/grip", "p2/lab/grip"]),
            (["lab/x_1.csv", "lab/x_2.csv"], ["x/lab/1", "x/lab/2"]),
            (
                ["lab/p1/day1/p1_grip.csv", "lab/p2/day1/p2_grip.csv"],
                ["p1/day1/grip", "p2/day1/grip"]
            ),
            (
                ["lab/subject3/session_1/grip.csv", "lab/subject4/session_1/grip.csv"],
                ["subject3/session_1/grip", "subject4/session_1/grip"]
            ),
            (["lab/p1/s1/grip.csv", "lab/p2/s1/grip.csv"], ["p1/s1/grip", "p2/s1/grip"]),
            (["lab/s1/grip.csv", "lab/s2/grip.csv"], ["s1/s1/grip", "s2/s2/grip"]),
            // BIDS-like trees of tables.
            (
                ["lab/sub-01/ses-01/emg/grip.csv", "lab/sub-02/ses-01/emg/grip.csv"],
                ["01/01/grip", "02/01/grip"]
            ),
            (
                [
                    "lab/sub-01/ses-01/emg/sub-01_ses-01_task-grip_run-1_emg.csv",
                    "lab/sub-02/ses-01/emg/sub-02_ses-01_task-pinch_emg.csv",
                ], ["01/01/grip-1", "02/01/pinch"]
            ),
            (
                ["lab/sub-01/emg/grip.csv", "lab/sub-02/emg/pinch.csv"],
                ["01/single/grip", "02/single/pinch"]
            ),
            (
                ["lab/ds/sub-01/ses-01/emg/grip.csv", "lab/ds/sub-02/ses-01/emg/pinch.csv"],
                ["01/01/grip", "02/01/pinch"]
            ),
            // The field's own scheme keeps what it tells.
            (
                ["lab/2023_03_28_p7/p7_131.csv", "lab/2023_03_29_anna/x_grip_1.csv"],
                ["p7/2023_03_28_p7/131", "anna/2023_03_29_anna/grip_1"]
            ),
        ])
    func clear(paths: [String], ids: [String]) throws {
        let folder = try TemporaryFolder()
        let found = try search(paths, in: folder)
        #expect(found.refused == [])
        #expect(found.sources.map(\.identity.id).sorted() == ids.sorted())
    }

    @Test(
        "where several readings are as good, none is taken",
        arguments: [
            ["lab/anna/mon/grip.csv", "lab/bert/mon/grip.csv"],
            ["lab/anna/mon/grip.csv", "lab/bert/mon/pinch.csv"],
            ["lab/anna/grip_1.csv", "lab/bert/open_1.csv"],
            ["lab/anna/1_grip.csv", "lab/bert/1_grip.csv"],
            ["lab/fist/anna.csv", "lab/open/anna.csv"],
            ["lab/anna_grip.csv", "lab/bert_grip.csv"],
            ["lab/grip.csv", "lab/pinch.csv"],
            ["lab/day1/grip.csv", "lab/day2/grip.csv"],
            ["lab/day1/anna_grip.csv", "lab/day1/bert_grip.csv"],
            ["lab/01/02/grip.csv", "lab/02/02/grip.csv"],
            // The same name in two places: one person or two.
            ["lab/groupA/p1/day1/grip.csv", "lab/groupB/p1/day1/pinch.csv"],
            ["lab/siteA/p1_grip.csv", "lab/siteB/p1_pinch.csv"],
            ["lab/A/sub-01/ses-01/emg/grip.csv", "lab/B/sub-01/ses-01/emg/pinch.csv"],
        ])
    func open(paths: [String]) throws {
        let folder = try TemporaryFolder()
        let found = try search(paths, in: folder)
        #expect(found.sources == [])
        #expect(found.undetermined.count == paths.count)
        let error = try #require(found.refused.first)
        #expect(found.refused.count == 1)
        #expect(error.kind.name == "open-layout")
        for path in paths {
            #expect(error.description.contains("\(path): patient "), "\(error)")
        }
        #expect(error.hint.contains("--layout ") && error.hint.contains("path: \"{"))
    }

    @Test("of many open places the first ten are reported, and how many more there are")
    func many() throws {
        let folder = try TemporaryFolder()
        let names = (0..<14).map { String(UnicodeScalar(UInt8(97 + $0))) + "nna" }
        let found = try search(names.map { "lab/\($0)/mon/grip.csv" }, in: folder)
        let text = try #require(found.refused.first).description
        #expect(text.components(separatedBy: ": patient ").count - 1 == 10)
        #expect(text.contains("of 14 recordings") && text.contains("and 4 more"))
        #expect(text.contains("--layout patient/session/condition"))
    }

    @Test(
        "a layout that the caller gives says what the places leave open",
        arguments: [
            ("patient/session/condition", "lab/anna/mon/grip.csv", "anna/mon/grip"),
            ("session/patient/condition", "lab/anna/mon/grip.csv", "mon/anna/grip"),
            ("patient_condition", "lab/anna_grip_2.csv", "anna/lab/grip_2"),
            ("condition_patient", "lab/grip_anna.csv", "anna/lab/grip"),
            ("*/patient/condition", "lab/groupA/anna/grip.csv", "anna/anna/grip"),
            ("lab{patient}/{session}/{condition}_{run}.csv", "lab/../lab7/m/a_2.csv", "7/m/a-2"),
            ("patient/session/condition", "lab/x/y/p1_131.csv", "x/y/p1_131"),
        ])
    func stated(layout: String, path: String, id: String) throws {
        let folder = try TemporaryFolder()
        _ = try search(["lab/other.csv"], in: folder)
        try FileManager.default.removeItem(at: folder.url.appending(path: "lab/other.csv"))
        let url = folder.url.appending(path: path).standardizedFileURL
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(TableText().text.utf8).write(to: url)
        let given: SourceLayout = try #require(SourceLayout(layout))
        let options = ReadOptions(layout: given)
        let found = SourceSearch.search([url], registry: .standard, options: options)
        #expect(found.sources.map(\.identity.id) == [id])
        #expect(found.refused == [])
    }

    @Test("a path that the caller's layout does not fit is refused, and says so")
    func unfitting() throws {
        let folder = try TemporaryFolder()
        let options = ReadOptions(layout: SourceLayout("x{patient}/{condition}.csv"))
        let found = try search(["lab/anna/grip.csv"], in: folder, options: options)
        #expect(found.refused.map(\.kind.name) == ["unknown-identity"])
        #expect(found.refused.first?.description.contains("does not fit the layout x{pat") == true)
    }

    @Test("what is no layout is none", arguments: ["", "a/b", "{patient", "{label}"])
    func noLayout(text: String) {
        #expect(SourceLayout(text) == nil)
    }

    @Test("a patient that the caller names settles open places; no part of the name is lost")
    func named() throws {
        let folder = try TemporaryFolder()
        let found = try search(
            ["lab/grip_1.csv", "lab/open_1.csv"], in: folder,
            options: ReadOptions(identity: IdentityOverride(patient: "anna")))
        #expect(found.sources.map(\.identity.id) == ["anna/lab/grip_1", "anna/lab/open_1"])
    }

    @Test("what is assumed of many files is said in few lines")
    func assumptions() throws {
        let folder = try TemporaryFolder()
        let found = try search((1...30).map { "lab/p\($0)/day1/grip.csv" }, in: folder)
        #expect(found.sources.count == 30)
        #expect(found.warnings.count == 1)
        #expect(found.warnings.first?.count == 30)
    }
}
