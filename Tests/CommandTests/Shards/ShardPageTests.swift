import Foundation
import TestSupport
import Testing

@Suite("The page about shards")
struct ShardPageTests {
    @Test("its commands run as they stand, and shards give what one process does")
    func commands() throws {
        let page = try String(
            contentsOf: SharedMaterial.packageFolder.appending(path: "docs/cluster/shards.md"),
            encoding: .utf8)
        let lines = page.components(separatedBy: "```sh\n").dropFirst()
            .flatMap { $0.components(separatedBy: "```")[0].split(separator: "\n") }
        #expect(lines.count == 14)
        let folder = try TemporaryFolder()
        for line in lines {
            let words = line.split(separator: " ").map(String.init)
            #expect(words[0] == "myotask")
            let run = try CommandRun(Array(words.dropFirst()), in: folder.url)
            #expect(run.status == 0, "\(line): \(run.problems)")
        }
        let whole = try CommandRun(["convert", "lab", "--output", "whole"], in: folder.url)
        #expect(whole.status == 0)
        let expected = try contents(of: folder.url.appending(path: "whole"))
        for name in ["archive", "merged"] {
            let found = try contents(of: folder.url.appending(path: name))
                .filter { !$0.key.hasPrefix(".shards/") && $0.key != "summary.json" }
            #expect(found == expected, "\(name)")
        }
    }
}
