import ArgumentParser
import Foundation
import HDF5

/// Reads a signal as the archive does.
struct HDF5Read: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hdf5-read", abstract: "Reads all of one float32 dataset into memory.")

    @Argument(help: "The HDF5 file, with a dataset \"emg\".")
    var input: String

    @Option(help: "Threads that decompress.")
    var threads = ProcessInfo.processInfo.activeProcessorCount

    @Option(help: "How many times it is read.")
    var repeats = 1

    func run() throws {
        let url = URL(filePath: input)
        let fileBytes = try Data(contentsOf: url, options: .alwaysMapped).count
        var measurement = Measurement(
            bytes: 0, fileBytes: fileBytes, wall: [], cpu: [], sum: 0)
        for _ in 0..<repeats {
            let values = try measurement.measure {
                let file = try OpenFile.reading(url)
                let values = try file.dataset("emg").read(as: Float.self, threads: threads)
                try file.close()
                return values
            }
            measurement.bytes = values.count * MemoryLayout<Float>.size
            measurement.sum = values.reduce(0.0) { $0 + Double($1) }
        }
        try measurement.printLine()
    }
}
