import EMGIngest
import EMGSignal
import Foundation
import TestSupport

/// A folder for the files of a WFDB record, built by hand.
struct WFDBPlace: ~Copyable {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    var url: URL { folder.url }

    /// The header of a record.
    func header(_ name: String = "r") -> URL { folder.url.appending(path: "\(name).hea") }

    func write(_ name: String, _ bytes: some Sequence<UInt8>) throws {
        try Data(bytes).write(to: folder.url.appending(path: name))
    }

    func write(_ name: String, _ text: String) throws {
        try write(name, text.utf8)
    }

    /// Reads a record that needs an identity and nothing else.
    func read(
        _ name: String = "r", missing: ReadOptions.MissingPolicy = .reject,
        parts: ReadOptions.PartSelection = .main
    ) throws -> IngestOutcome {
        try WFDBReader().read(
            header(name), options: ReadOptions(missing: missing, parts: parts))
    }

    /// The samples of one channel of a record.
    func channel(_ index: Int, of outcome: IngestOutcome) -> [Float] {
        let samples = outcome.recording.samples
        return (0..<samples.sampleCount).map { samples[$0, index] }
    }
}

/// Numbers in the byte order of most formats.
func littleEndian(_ numbers: [Int], bytes: Int) -> [UInt8] {
    numbers.flatMap { number in
        (0..<bytes).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
    }
}

/// An annotation file, word by word.
struct AnnotationBytes {
    var bytes: [UInt8] = []

    mutating func word(code: Int, value: Int) {
        bytes += littleEndian([code << 10 | value], bytes: 2)
    }

    /// An annotation some samples after the one before, with a text.
    mutating func add(after samples: Int, code: Int, text: String = "") {
        if (0..<1_024).contains(samples) {
            word(code: code, value: samples)
        } else {
            word(code: 59, value: 0)
            bytes += littleEndian([samples >> 16, samples & 0xFFFF], bytes: 2)
            word(code: code, value: 0)
        }
        if !text.isEmpty {
            word(code: 63, value: text.utf8.count)
            bytes += Array(text.utf8)
            if !bytes.count.isMultiple(of: 2) { bytes.append(0) }
        }
    }

    mutating func end() { bytes += [0, 0] }
}
