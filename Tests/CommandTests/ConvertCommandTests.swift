import EMGArchive
import EMGSignal
import Foundation
import TestSupport
import Testing

@Suite("myotask convert")
struct ConvertCommandTests {
    @Test("one bad file is refused with file, line, column and remedy; the rest is converted")
    func oneBadFile() throws {
        let folder = try TemporaryFolder()
        let laboratory = try makeLaboratory(in: folder.url, patients: 3)
        let bad = laboratory.appending(path: "2024_03_07_p2/p2_111.csv")
        var lines = try String(contentsOf: bad, encoding: .utf8).split(separator: "\n")
        var cells = lines[61].split(separator: ",", omittingEmptySubsequences: false)
        cells[7] = "4\u{1B}[2J"
        lines[61] = Substring(cells.joined(separator: ","))
        try Data(lines.joined(separator: "\n").utf8).write(to: bad)

        let archive = folder.url.appending(path: "archive")
        let run = try CommandRun(["convert", laboratory.path(), "--output", archive.path()])
        #expect(run.status == 1)
        #expect(run.problems.contains("p2_111.csv:62:"))
        #expect(run.problems.contains("emg2"))
        #expect(run.problems.contains("hint: "))
        #expect(!run.problems.contains("\u{1B}"))
        #expect(run.output.contains("2 converted, 1 refused"))
        let files = try contents(of: archive).keys.sorted()
        #expect(files == ["p1/2024_03_04_p1/111.h5", "p3/2024_03_10_p3/111.h5"])
    }

    @Test("converting again leaves everything alone, and a changed source is converted anew")
    func again() throws {
        let folder = try TemporaryFolder()
        let laboratory = try makeLaboratory(in: folder.url, patients: 2)
        let archive = folder.url.appending(path: "archive")
        let arguments = ["convert", laboratory.path(), "--output", archive.path()]
        #expect(try CommandRun(arguments).output.contains("2 converted"))
        let first = try contents(of: archive)
        #expect(try CommandRun(arguments).output.contains("0 converted, 2 already up to date"))
        #expect(try contents(of: archive) == first)

        let changed = laboratory.appending(path: "2024_03_04_p1/p1_111.csv")
        let text = try String(contentsOf: changed, encoding: .utf8)
        try Data(text.split(separator: "\n").dropLast(5).joined(separator: "\n").utf8)
            .write(to: changed)
        #expect(try CommandRun(arguments).output.contains("1 converted, 1 already up to date"))
        #expect(
            try CommandRun(arguments + ["--unit", "uV"]).output.contains("2 converted"),
            "other options are another conversion")
    }

    @Test("killed at any moment and run again, the archive has the bytes of an undisturbed run")
    func killed() throws {
        let folder = try TemporaryFolder()
        let laboratory = try makeLaboratory(in: folder.url, patients: 6)
        let expectedFolder = folder.url.appending(path: "expected")
        let begin = ContinuousClock.now
        let undisturbed = try CommandRun([
            "convert", laboratory.path(), "--output", expectedFolder.path(),
        ])
        let duration = ContinuousClock.now - begin
        #expect(undisturbed.status == 0)
        let expected = try contents(of: expectedFolder)
        #expect(expected.count == 6)

        let archive = folder.url.appending(path: "archive")
        let arguments = ["convert", laboratory.path(), "--output", archive.path()]
        var killed = 0
        for moment in 0..<40 {
            try? FileManager.default.removeItem(at: archive)
            let run = try CommandRun(arguments, killedAfter: duration * moment / 40)
            if run.status == 128 + SIGKILL { killed += 1 }
            for (path, bytes) in try contents(of: archive) where !path.hasSuffix(".partial") {
                #expect(bytes == expected[path], "\(path) is whole or not there")
            }
            #expect(try CommandRun(arguments).status == 0)
            #expect(try contents(of: archive) == expected)
        }
        #expect(killed > 5, "the command was killed while it ran")
    }

    @Test("the number of threads changes no byte")
    func threads() throws {
        let folder = try TemporaryFolder()
        let laboratory = try makeLaboratory(in: folder.url)
        let archives = try [1, 4].map { threads in
            let archive = folder.url.appending(path: "archive\(threads)")
            let run = try CommandRun([
                "convert", laboratory.path(), "--output", archive.path(), "--threads", "\(threads)",
            ])
            #expect(run.status == 0)
            return try contents(of: archive)
        }
        #expect(archives[0] == archives[1])
    }

    @Test(
        "every damaged table of the collection of bad files gets the answer it must have",
        .enabled(
            if: SharedMaterial.isPresent("golden/bad/manifest.json"),
            "needs golden/bad of the shared material"))
    func badTables() throws {
        let items = try BadFiles.items(in: "csv")
        #expect(items.count > 30)
        let folder = try TemporaryFolder()
        for item in items {
            let archive = folder.url.appending(path: item.name)
            let run = try CommandRun(["convert", item.url.path(), "--output", archive.path()])
            let files = try contents(of: archive)
            #expect(!files.keys.contains { $0.hasSuffix(".partial") })
            #expect(!run.problems.contains("\u{1B}"))
            switch item.expectation {
            case .accept:
                #expect(run.status == 0, "\(item.name): \(run.problems)")
                #expect(files.count == 1)
                if let url = files.keys.first.map({ archive.appending(path: $0) }) {
                    let header = try RecordingFile.readHeader(url)
                    if let rows = item.rowCount { #expect(header.sampleCount == rows) }
                }
            case .acceptWithWarning:
                #expect(run.status == 0, "\(item.name): \(run.problems)")
                #expect(run.problems.contains("warning: "), "\(item.name)")
                #expect(files.count == 1)
            case .reject:
                #expect(run.status == 1, "\(item.name)")
                #expect(run.problems.contains("refused: "), "\(item.name)")
                #expect(files.isEmpty, "\(item.name)")
                if let line = item.line, let column = item.column {
                    #expect(run.problems.contains("\(item.name):\(line):"), "\(run.problems)")
                    #expect(run.problems.contains(column), "\(run.problems)")
                }
            case .either:
                #expect(
                    run.status == 1 || run.problems.contains("warning: "),
                    "\(item.name): \(run.problems)")
            }
        }

        // The whole folder at once: the good ones are there, the bad ones are named.
        let archive = folder.url.appending(path: "all")
        let run = try CommandRun([
            "convert", SharedMaterial.url("golden/bad/csv").path(), "--output", archive.path(),
        ])
        #expect(run.status == 1)
        let converted = try contents(of: archive).keys
        #expect(converted.contains("00/csv/good.h5"))
        for item in items where item.expectation == .reject {
            #expect(run.problems.contains(item.name), "\(item.name)")
        }
    }
}
