import Foundation
import TestSupport

/// A small laboratory with a table that cannot be read and two recordings of one name, for shards.
struct ShardedLaboratory {
    let folder: URL

    /// Makes it in `folder/lab`.
    init(in folder: URL, patients: Int = 6) throws {
        self.folder = folder
        let lab = try makeLaboratory(in: folder, patients: patients)
        let files = FileManager.default
        // A hostile file: a table whose cells are no numbers, with an escape sequence in it.
        let bad = lab.appending(path: "2024_03_07_p2/p2_111.csv")
        var lines = try String(contentsOf: bad, encoding: .utf8).split(separator: "\n")
        var cells = lines[61].split(separator: ",", omittingEmptySubsequences: false)
        cells[7] = "4\u{1B}[2J"
        lines[61] = Substring(cells.joined(separator: ","))
        try Data(lines.joined(separator: "\n").utf8).write(to: bad)
        // Another recording of the name of p3's: which is right, nobody can tell.
        let twin = lab.appending(path: "copies/2024_03_10_p3")
        try files.createDirectory(at: twin, withIntermediateDirectories: true)
        let text = try String(
            contentsOf: lab.appending(path: "2024_03_10_p3/p3_111.csv"), encoding: .utf8)
        try Data(text.split(separator: "\n").dropLast(3).joined(separator: "\n").utf8)
            .write(to: twin.appending(path: "p3_111.csv"))
    }

    /// Runs the command in the folder, in no cluster.
    @discardableResult
    func run(
        _ arguments: [String], environment: [String: String] = [:],
        killedAfter: Duration? = nil
    ) throws -> CommandRun {
        try CommandRun(
            arguments, in: folder, environment: environment, killedAfter: killedAfter)
    }

    /// All files of a folder but the records of shards.
    func files(of name: String) throws -> [String: Data] {
        try contents(of: folder.appending(path: name)).filter { !$0.key.hasPrefix(".shards/") }
    }

    /// Makes sure that two folders have the same files, with the same bytes.
    func expectEqual(
        _ one: String, _ other: String, without left: Set<String> = []
    ) throws -> [String] {
        let (first, second) = (try files(of: one), try files(of: other))
        return Set(first.keys).union(second.keys).sorted().filter {
            !left.contains($0) && first[$0] != second[$0]
        }
    }
}
