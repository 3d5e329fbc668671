import EMGArchive
import EMGSignal
import Files
import Foundation
import HDF5
import NPY

/// A table of windows as NumPy arrays: for starts `NAME.npy` alone, int64
/// `[windows × (recording, start, label)]`; else `NAME.npy` with the numbers and the origins in
/// `NAME.index.npy`. `NAME.json` says what the columns mean.
struct NumpyWindowFiles {
    let head: WindowTableHead

    init(_ head: WindowTableHead) {
        self.head = head
    }

    /// Writes the files, those that explain last.
    ///
    /// - Throws: `ArchiveError` when one cannot be written.
    func write(to url: URL, _ rows: inout WindowRowSource) throws(ArchiveError) {
        let name = url.deletingPathExtension()
        let isIndex = head.content == .starts
        let indexURL = isIndex ? url : name.appendingPathExtension("index.npy")
        let shape = [head.windowCount]
        try SequentialFile.write(to: indexURL) { (index) throws(ArchiveError) in
            try index.append(Data(NPYHeader.bytes(of: .int64, shape: shape + [3])))
            guard !isIndex else {
                while let batch = try rows.next() { try index.append(Self.origins(batch)) }
                return
            }
            try SequentialFile.write(to: url) { (values) throws(ArchiveError) in
                let type = head.content == .samples ? NPYType.float32 : .float64
                try values.append(Data(NPYHeader.bytes(of: type, shape: shape + head.rowShape)))
                while let batch = try rows.next() {
                    try index.append(Self.origins(batch))
                    switch batch.values {
                    case .none: break
                    case .samples(let numbers): try values.append(Self.bytes(of: numbers))
                    case .features(let numbers): try values.append(Self.bytes(of: numbers))
                    }
                }
            }
        }
        let text = try sidecar()
        try ArchiveError.wrapping { () throws(FilesError) in
            try AtomicFile.write(text, to: name.appendingPathExtension("json"))
        }
    }

    private static func origins(_ rows: WindowRows) -> Data {
        var numbers: [Int64] = []
        numbers.reserveCapacity(rows.starts.count * 3)
        for (start, label) in zip(rows.starts, rows.labels) {
            numbers.append(Int64(rows.recording))
            numbers.append(start)
            numbers.append(Int64(label))
        }
        return bytes(of: numbers)
    }

    /// The bytes of numbers as they lie in memory, little-endian on every machine this runs on.
    private static func bytes<Number: BitwiseCopyable>(of numbers: [Number]) -> Data {
        unsafe numbers.withUnsafeBytes { buffer in unsafe Data(buffer) }
    }

    private struct Sidecar: Encodable {
        let format: String
        let formatVersion: Int
        let content: String
        let windowLength: Int
        let stride: Int
        let labelRule: String
        let samplingRate: Double
        let classes: [String]
        let channels: [String]
        let units: [String]
        let features: [String]
        let qualityExcluded: [String]
        let recordings: [WindowTableHead.Origin]
        let software: String

        private enum CodingKeys: String, CodingKey {
            case format
            case formatVersion = "format_version"
            case content
            case windowLength = "window_length"
            case stride
            case labelRule = "label_rule"
            case samplingRate = "sampling_rate_hz"
            case qualityExcluded = "quality_excluded"
            case classes, channels, units, features, recordings, software
        }
    }

    private func sidecar() throws(ArchiveError) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        do {
            let data = try encoder.encode(
                Sidecar(
                    format: WindowTableHead.format,
                    formatVersion: WindowTableHead.formatVersion, content: head.contentName,
                    windowLength: head.length, stride: head.stride,
                    labelRule: head.labelRule, samplingRate: head.samplingRate,
                    classes: head.classes, channels: head.channels.map(\.name),
                    units: head.channels.map(\.unit), features: head.featureNames,
                    qualityExcluded: head.excluded,
                    recordings: head.recordings, software: SoftwareVersion.text))
            return String(decoding: data, as: UTF8.self) + "\n"
        } catch {
            throw ArchiveError(
                .invalid(expected: "finite numbers", found: "\(error)"), at: Place(file: ""),
                hint: "look at the sampling rates of the archive")
        }
    }
}
