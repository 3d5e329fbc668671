import EMGIngest
import EMGSignal
import Foundation
import TestSupport

/// A ROAM table built line by line, and read back.
struct TableText {
    var lines: [String]

    static let header =
        ",gt,time_elapsed,current_time,current_task,emg0,emg1,emg2,emg3,emg4,emg5,emg6,emg7"

    /// A good table: 200 rows at 100 Hz, one cycle of 40 rows a phase, samples that scatter.
    init(labels: [UInt8] = [0, 1, 0, 2, 0], rowsPerPhase: Int = 40) {
        lines = [Self.header]
        for (phase, label) in labels.enumerated() {
            for index in 0..<rowsPerPhase {
                lines.append(Self.row(phase * rowsPerPhase + index, label: label))
            }
        }
    }

    /// One row; samples follow from its number.
    static func row(_ number: Int, label: UInt8, time: String? = nil) -> String {
        let milliseconds = 2_030 + 10 * number
        let seconds = "\(milliseconds / 1_000).\(String(milliseconds % 1_000 + 1_000).dropFirst())"
        let samples = (0..<8).map { String(sample(number, $0, label: label)) }
        return
            "\(number),\(label),\(time ?? seconds),\(20_230_328_142_050_440 + milliseconds),None,"
            + samples.joined(separator: ",")
    }

    /// The sample that ``row(_:label:time:)`` writes.
    static func sample(_ number: Int, _ channel: Int, label: UInt8) -> Int {
        20 + (number * 37 + channel * 53 + number * channel * 11) % 79 + (label == 0 ? 0 : 300)
    }

    var text: String { lines.joined(separator: "\n") + "\n" }

    /// Replaces one field (columns counted from 0) of one line (counted from 1).
    mutating func set(line: Int, column: Int, to value: String) {
        var fields = lines[line - 1].split(separator: ",", omittingEmptySubsequences: false)
            .map(String.init)
        fields[column] = value
        lines[line - 1] = fields.joined(separator: ",")
    }
}

/// A place for one table after another in a session folder.
struct TableFile: ~Copyable {
    private let folder: TemporaryFolder
    private let file: URL

    /// Makes the place.
    static func make() throws -> TableFile {
        let folder = try TemporaryFolder()
        let session = folder.url.appending(path: "2023_03_28_p7")
        try FileManager.default.createDirectory(at: session, withIntermediateDirectories: true)
        return TableFile(folder, file: session.appending(path: "p7_131.csv"))
    }

    private init(_ folder: consuming TemporaryFolder, file: URL) {
        self.folder = folder
        self.file = file
    }

    /// Writes bytes over what was there and reads them.
    func read(
        _ bytes: some Sequence<UInt8>, options: ReadOptions = ReadOptions()
    ) throws -> IngestOutcome {
        try Data(bytes).write(to: file)
        return try ReaderRegistry.standard.read(file, options: options)
    }
}

/// Reads bytes as a ROAM file in a session folder.
func readTable(
    _ bytes: some Sequence<UInt8>, options: ReadOptions = ReadOptions()
) throws -> IngestOutcome {
    try TableFile.make().read(bytes, options: options)
}

func readTable(_ text: String, options: ReadOptions = ReadOptions()) throws -> IngestOutcome {
    try readTable(text.utf8, options: options)
}
