import EMGIngest
import EMGSignal
import Foundation
import HDF5
import TestSupport
import Testing

@Suite("A template or format that the user names comes first")
struct PrecedenceTests {
    private func write(
        _ bytes: some Sequence<UInt8>, _ path: String, in folder: borrowing TemporaryFolder
    ) throws {
        let url = folder.url.appending(path: path)
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: url)
    }

    private func template(_ text: String) throws -> SourceTemplate {
        try SourceTemplate(text, document: "t.yaml", name: "mine")
    }

    private func search(
        _ folder: borrowing TemporaryFolder, template: SourceTemplate? = nil, format: String? = nil
    ) -> SourceSearch {
        SourceSearch.search(
            [folder.url], registry: .standard,
            options: ReadOptions(format: format, template: template))
    }

    /// Folders as LibEMG writes them, one of them not named `trial_*`.
    private func pieces(in folder: borrowing TemporaryFolder) throws {
        let rows = (0..<20).map { "\($0),\($0 * 2),\($0 % 5)" }.joined(separator: "\n") + "\n"
        for place in ["subject2/training", "subject2/trial_1"] {
            for name in ["R_0_C_0", "R_0_C_1", "R_1_C_0"] {
                try write(
                    "\(rows)\(place.count + name.count),1,2\n".utf8, "\(place)/\(name).csv",
                    in: folder)
            }
        }
    }

    private static let singles = """
        path: "subject{patient}/{session}/R_{repetition}_C_{label}.csv"
        rate_hz: 200
        delimited: {header: false, delimiter: comma}
        """

    @Test("a template of single files wins over a reader that takes their folder")
    func overFolders() throws {
        let folder = try TemporaryFolder()
        try pieces(in: folder)
        let mine = try template(Self.singles)
        for format in [nil, "mine"] {
            let found = search(folder, template: mine, format: format)
            #expect(found.sources.map(\.format) == Array(repeating: "mine", count: 6))
            #expect(found.refused == [])
            #expect(
                Set(found.sources.map { "\($0.identity.patient)/\($0.identity.session)" })
                    == ["2/training", "2/trial_1"])
        }
        try InspectionAgreement.check(folder.url, options: ReadOptions(template: mine))
    }

    @Test("folders of LibEMG keep their session, whatever they are named")
    func sessions() throws {
        let folder = try TemporaryFolder()
        try pieces(in: folder)
        let found = search(folder)
        #expect(
            found.sources.map(\.identity.id) == [
                "subject2/training/gestures", "subject2/1/gestures",
            ])
        #expect(found.warnings == [])
    }

    @Test("folders of a Myo armband are searched when the template fits their files")
    func overMyo() throws {
        let folder = try TemporaryFolder()
        let rows = (0..<20).map { "\($0),\($0 * 2)" }.joined(separator: "\n") + "\n"
        try write(rows.utf8, "p1/day1/classe_0.dat", in: folder)
        let mine = try template(
            "path: \"{patient}/{session}/classe_{condition}.dat\"\nrate_hz: 100\n"
                + "delimited: {header: false, delimiter: comma}")
        #expect(search(folder).sources.map(\.format) == ["myo-dat"])
        #expect(search(folder, template: mine).sources.map(\.identity.id) == ["p1/day1/0"])
    }

    @Test(
        "a template that fits nothing refuses all and says why, for each file it looked at",
        arguments: [
            (
                "path: \"x{patient}/{condition}.csv\"\ndelimited: {}",
                "the path does not fit \"x{pat"
            ),
            ("delimited: {channels: [ecg1, ecg2]}", "none of the columns ecg1, ecg2"),
            ("delimited: {recognize: {begins: \"# Mine\"}}", "does not begin with \"# Mine\""),
            ("delimited: {recognize: {header: [a, emg0]}}", "no column a"),
            ("hdf5: {samples: /emg}", "other text, not an HDF5 file"),
            ("matlab: {emg: emg}", "other text, not a MATLAB file"),
        ])
    func fitsNothing(text: String, reason: String) throws {
        let folder = try TemporaryFolder()
        try write(TableText().text.utf8, "2023_03_28_p7/p7_131.csv", in: folder)
        let mine = try template(text)
        let found = search(folder, template: mine)
        #expect(found.sources == [])
        #expect(found.refused.map(\.kind.name) == ["fits-nothing"])
        let error = try #require(found.refused.first)
        #expect(error.description.contains("the template mine fits none"))
        #expect(error.description.contains("p7_131.csv: "))
        #expect(error.description.contains(reason), "\(error)")
        let named = SourceSearch.search(
            [folder.url.appending(path: "2023_03_28_p7/p7_131.csv")], registry: .standard,
            options: ReadOptions(template: mine))
        #expect(named.sources == [])
        #expect(named.refused.first?.description.contains(reason) == true)
    }

    @Test("what the template does not fit is read by other formats, and that is said")
    func others() throws {
        let folder = try TemporaryFolder()
        try write(TableText().text.utf8, "2023_03_28_p7/p7_131.csv", in: folder)
        try write("a,b\n1,2\n3,4\n".utf8, "mine/p1_a.csv", in: folder)
        let found = search(
            folder,
            template: try template(
                "path: \"mine/{patient}_{condition}.csv\"\nrate_hz: 10\ndelimited: {}"))
        #expect(found.sources.map(\.format).sorted() == ["mine", "roam-csv"])
        #expect(found.warnings.contains { $0.message.contains("read as roam-csv") })
    }

    @Test("a named format takes what it knows of a folder, and a named file whatever it is")
    func formats() throws {
        let folder = try TemporaryFolder()
        try write(TableText().text.utf8, "2023_03_28_p7/p7_131.csv", in: folder)
        try write("notes".utf8, "notes.txt", in: folder)
        let found = search(folder, format: "roam-csv")
        #expect(found.sources.count == 1 && found.refused == [])
        let nothing = search(folder, format: "edf")
        #expect(nothing.sources == [])
        #expect(nothing.refused.map(\.kind.name) == ["fits-nothing"])
        let named = SourceSearch.search(
            [folder.url.appending(path: "notes.txt")], registry: .standard,
            options: ReadOptions(format: "edf"))
        #expect(named.sources.map(\.format) == ["edf"])
    }

    @Test("an unknown format is refused with the list, the template's own name in it")
    func unknownFormat() throws {
        let folder = try TemporaryFolder()
        try write(TableText().text.utf8, "2023_03_28_p7/p7_131.csv", in: folder)
        for text in ["delimited: {}", "hdf5: {samples: /emg}", "matlab: {emg: emg}"] {
            let found = search(folder, template: try template(text), format: "mien")
            #expect(found.sources == [])
            #expect(found.refused.first?.description.contains("mine") == true)
        }
        let both = search(folder, template: try template("delimited: {}"), format: "edf")
        #expect(both.refused.map(\.kind.name) == ["invalid-description"])
    }

    @Test(
        "a table that is no recording is passed over with a line",
        arguments: [
            ("people.csv", "id,age,sex\np1,34,f\np2,41,m\n"),
            ("participants.csv", "participant_id,age\nsub-01,34\n"),
            (
                "README.csv",
                "This folder holds, among others, recordings.\nSee the paper, please.\n"
            ),
            ("notes.csv", "date,note\n2024-03-05,electrode 3 was loose\n"),
            (
                "events.csv",
                "onset,duration,label\n" + (0..<400).map { "\($0).5,1,2\n" }.joined()
            ),
            ("scores.csv", "a,b\n1,2\n3,4\n"),
        ])
    func noRecording(name: String, text: String) throws {
        let folder = try TemporaryFolder()
        try write(TableText().text.utf8, "2023_03_28_p7/p7_131.csv", in: folder)
        try write(text.utf8, "2023_03_28_p7/\(name)", in: folder)
        let found = search(folder)
        #expect(found.refused == [])
        #expect(found.sources.count == 1)
        #expect(found.skipped.count == 1)
        #expect(found.skipped.first?.location.file.hasSuffix(name) == true)
        // Without a word about columns, a template passes it over, too.
        let mine = try template(
            "delimited: {channels: [\"emg*\"], label: gt, time: {column: time_elapsed}}")
        #expect(search(folder, template: mine).refused == [])
    }

    @Test(
        "a table of samples in another layout is refused or named, with the template as the way",
        arguments: ["walk.csv", "walk.txt", "walk.tsv"])
    func otherLayout(name: String) throws {
        let folder = try TemporaryFolder()
        let rows = (0..<300).map { "\(Double($0) / 100);\($0 % 7);\($0 % 5)\n" }.joined()
        try write(("t;ch1;ch2\n" + rows).utf8, "p1/day1/\(name)", in: folder)
        let found = search(folder)
        #expect(found.sources.count + found.skipped.count == 1)
        let text: String
        if let source = found.sources.first {
            let error = #expect(throws: IngestError.self) {
                try RecordingInspection.parts(
                    of: source, options: ReadOptions(), registry: .standard)
            }
            text = error?.description ?? ""
        } else {
            text = found.skipped.first?.message ?? ""
        }
        #expect(text.contains("template"), "\(text)")
    }

    @Test("what a linked file holds is in no message, whatever is wrong with it")
    func linked() throws {
        let folder = try TemporaryFolder()
        try write("secret:x:0:0,root\n".utf8, "elsewhere/passwd", in: folder)
        var damaged = TableText()
        damaged.set(line: 20, column: 8, to: "secret")
        try write(damaged.text.utf8, "elsewhere/table", in: folder)
        for target in ["passwd", "table"] {
            let link = folder.url.appending(path: "\(target).csv")
            try FileManager.default.createSymbolicLink(
                at: link, withDestinationURL: folder.url.appending(path: "elsewhere/\(target)"))
            let search = SourceSearch.search([link], registry: .standard)
            var texts = search.refused.map(\.description) + search.skipped.map(\.description)
            for source in search.sources {
                let error = #expect(throws: IngestError.self) {
                    try RecordingInspection.parts(
                        of: source, options: ReadOptions(), registry: .standard)
                }
                texts.append(error?.description ?? "")
            }
            #expect(!texts.isEmpty)
            #expect(!texts.contains { $0.contains("secret") }, "\(texts)")
        }
    }

    @Test(
        "a template of HDF5 or MATLAB files whose path fits none of them is refused, with the path",
        arguments: ["hdf5", "matlab"])
    func noPlace(kind: String) throws {
        let folder = try TemporaryFolder()
        for person in ["p1", "p2"] {
            let place = folder.url.appending(path: person)
            try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
            if kind == "hdf5" {
                try File.creating(place.appending(path: "day_fist.h5")) {
                    (file) throws(HDF5Error) in
                    try file.createDataset(
                        "/x", values: HDF5Fixture.floats(300, 2), shape: [300, 2])
                }
            } else {
                var file = MATLABFileBytes()
                let values = (0..<600).map { Double($0 % 50) + Double(person.count) }
                file.elements = [file.matrix("x", 300, 2, .double, values)]
                try Data(file.bytes).write(to: place.appending(path: "day_fist.mat"))
            }
        }
        let layout = kind == "hdf5" ? "hdf5: {samples: /x}" : "matlab: {emg: x}"
        let ending = kind == "hdf5" ? "h5" : "mat"
        let wrong = try template(
            "path: \"sub-{patient}/{session}_{condition}.\(ending)\"\nrate_hz: 100\n\(layout)\n")
        let found = search(folder, template: wrong)
        #expect(found.sources.isEmpty)
        let error = try #require(found.refused.first)
        #expect(found.refused.count == 1 && error.kind.name == "fits-nothing")
        #expect(error.fault.contains("the path does not fit \"sub-{patient}"), "\(error)")
        #expect(error.hint.contains("correct the template"))
        let right = try template(
            "path: \"{patient}/{session}_{condition}.\(ending)\"\nrate_hz: 100\n\(layout)\n")
        let all = search(folder, template: right)
        #expect(all.sources.map(\.identity.id) == ["p1/day/fist", "p2/day/fist"])
        #expect(all.refused == [])
        // One that fits some is right of those, and the others are reported.
        let some = try template(
            "path: \"p1/{session}_{condition}.\(ending)\"\nidentity: {patient: p1}\n"
                + "rate_hz: 100\n\(layout)\n")
        #expect(!search(folder, template: some).sources.isEmpty)
    }

    @Test(
        "a template whose datasets or variables no file has is refused for each, with those there",
        arguments: ["hdf5", "matlab"])
    func noVariables(kind: String) throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: kind == "hdf5" ? "a.h5" : "a.mat")
        if kind == "hdf5" {
            try File.creating(url) { (file) throws(HDF5Error) in
                try file.createDataset(
                    "/there", values: HDF5Fixture.floats(300, 2), shape: [300, 2])
            }
        } else {
            var file = MATLABFileBytes()
            file.elements = [
                file.matrix("there", 300, 2, .double, [Double](repeating: 1, count: 600))
            ]
            try Data(file.bytes).write(to: url)
        }
        let wrong = try template(
            kind == "hdf5"
                ? "rate_hz: 100\nhdf5: {samples: /gone}\n" : "rate_hz: 100\nmatlab: {emg: gone}\n")
        let options = ReadOptions(template: wrong)
        let error = try #require(
            #expect(throws: IngestError.self) {
                try ReaderRegistry.standard.read(url, options: options)
            })
        #expect(error.fault.contains("gone") && error.fault.contains("there"), "\(error)")
    }
}
