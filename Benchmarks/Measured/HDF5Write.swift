import ArgumentParser
import Foundation
import HDF5

/// Writes a signal as the archive does.
struct HDF5Write: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hdf5-write",
        abstract: "Writes float32 samples as one chunked, shuffled, deflated, checked dataset.")

    @Argument(help: "Raw little-endian float32 samples, row-major.")
    var input: String

    @Argument(help: "The HDF5 file.")
    var output: String

    @Option(help: "Samples of one row.")
    var channels = 16

    @Option(help: "Rows of one chunk.")
    var chunkRows = 4_096

    @Option(help: "Deflate level.")
    var level = 1

    @Option(help: "Threads that compress.")
    var threads = ProcessInfo.processInfo.activeProcessorCount

    @Option(help: "How many times the file is written.")
    var repeats = 1

    func run() throws {
        let data = try Data(contentsOf: URL(filePath: input))
        let values = unsafe data.withUnsafeBytes { unsafe Array($0.bindMemory(to: Float.self)) }
        let url = URL(filePath: output)
        var measurement = Measurement(
            bytes: data.count, fileBytes: 0, wall: [], cpu: [],
            sum: values.reduce(0.0) { $0 + Double($1) })
        for _ in 0..<repeats {
            // A new file each time, as an archive does: the old one's pages are not reused.
            try? FileManager.default.removeItem(at: url)
            try measurement.measure {
                let file = try OpenFile.creating(url)
                try file.createDataset(
                    "emg", values: values, shape: [values.count / channels, channels],
                    layout: .compressed(chunk: [chunkRows, channels], level: level),
                    threads: threads)
                try file.close()
            }
        }
        measurement.fileBytes = try Data(contentsOf: url, options: .alwaysMapped).count
        try measurement.printLine()
    }
}
