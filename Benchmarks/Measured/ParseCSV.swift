import ArgumentParser
import EMGIngest
import EMGSignal
import Foundation

/// Parses a table of the ROAM laboratory into arrays, as the ingestion does before it looks at them.
struct ParseCSV: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "parse-csv", abstract: "Parses a ROAM table into arrays.")

    @Argument(help: "The table.")
    var input: String

    @Option(help: "How many times it is parsed.")
    var repeats = 1

    @Flag(help: "Take the file's SHA-256 on the way, as the ingestion does.")
    var digest = false

    func run() throws {
        let url = URL(filePath: input)
        let fileBytes = try FileManager.default.attributesOfItem(atPath: input)[.size]
        var measurement = Measurement(
            bytes: 0, fileBytes: (fileBytes as? NSNumber)?.intValue ?? 0, wall: [], cpu: [], sum: 0)
        for _ in 0..<repeats {
            let rows = try measurement.measure {
                var rows = RowBlock()
                let streams =
                    digest
                    ? try ROAMReader().open(url, options: ReadOptions())
                    : [try ROAMReader().openUndigested(url, options: ReadOptions())]
                for stream in streams {
                    if let count = stream.metadata.expectedCount {
                        rows.samples.reserveCapacity(count * stream.metadata.channels.count)
                        rows.labels.reserveCapacity(count)
                        rows.timeStamps.reserveCapacity(count)
                    }
                    while try stream.read(into: &rows, atMost: 1 << 16) {}
                    _ = try stream.finish()
                }
                return rows
            }
            measurement.rows = rows.labels.count
            measurement.bytes =
                rows.samples.count * 4 + rows.labels.count + rows.timeStamps.count * 8
            measurement.sum = rows.samples.reduce(0.0) { $0 + Double($1) }
        }
        try measurement.printLine()
    }
}
