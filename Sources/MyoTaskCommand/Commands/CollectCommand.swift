import ArgumentParser
import Experiments
import Foundation

/// `myotask collect`: the table of a sweep whose parts were done apart.
struct CollectCommand: ParsableCommand, PrintsJSON {
    static let configuration = CommandConfiguration(
        commandName: "collect",
        abstract: "Put the runs of a sweep's parts into one table.",
        discussion: """
            The folders are outputs of train --sweep or run, one that all parts wrote to or one \
            for each part. sweep.csv and sweep.md have every point in the sweep's order; a run \
            that is finished in any folder counts. The exit status is 1 when runs are missing.

            See docs/experiments/sweeps.md.
            """)

    @Argument(help: "Folders of the sweep.", completion: .directory)
    var folders: [String]

    @Option(
        name: .shortAndLong,
        help: "The folder of the table; the first of the folders when left out.",
        completion: .directory)
    var output: String?

    @OptionGroup var showing: ProgressOptions

    var printsJSON: Bool { showing.json }

    func run() throws {
        let places = folders.map { URL(filePath: $0, directoryHint: .isDirectory) }
        let target = output.map { URL(filePath: $0, directoryHint: .isDirectory) } ?? places[0]
        let list = try SweepList.read(merging: places)
        let table = try SweepTable.read(list, in: places)
        try list.write(to: target)
        try table.write(to: target)
        SweepOutput(showing).finish(table, at: target.relativePath)
        if table.count(.finished) < list.points.count { throw ExitStatus.refused }
    }
}
