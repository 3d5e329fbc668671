import Foundation
import TestSupport
import Testing

/// The experiments of `sample-data/` run as its README says.
@Suite("Sample experiments")
struct PipelinePresetTests {
    static let lines: [String] = {
        let url = SharedMaterial.packageFolder.appending(path: "sample-data/README.md")
        let text = (try? String(contentsOf: url, encoding: .utf8)) ?? ""
        return text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
            .filter { $0.hasPrefix("myotask run ") }
    }()

    @Test("the README has a line for each experiment")
    func complete() throws {
        let folder = SharedMaterial.packageFolder.appending(path: "sample-data/experiments")
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path())
            .filter { name in
                let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
                return text.contains("\nconvert:")
            }
        #expect(Self.lines.count == files.count && files.count >= 6)
        for file in files {
            #expect(Self.lines.contains { $0.contains("experiments/\(file)") }, "\(file)")
        }
    }

    @Test("each line runs and gives a table", arguments: lines)
    func runs(line: String) throws {
        let folder = try TemporaryFolder()
        let words = line.prefix { $0 != "#" }.split(separator: " ").dropFirst().map(String.init)
        let output = folder.url.appending(path: "work")
        let run = try CommandRun(words + ["--output", output.path()])
        #expect(run.status == 0, "\(run.problems)")
        let table = try String(
            contentsOf: output.appending(path: "runs/sweep.csv"), encoding: .utf8)
        let rows = table.split(separator: "\n").dropFirst()
        #expect(!rows.isEmpty && rows.allSatisfy { $0.contains(",finished,") }, "\(table)")
    }
}
