import Documents
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
        try writeArrays(to: url, &rows)
        try writeSidecar(of: url)
    }

    /// Where the origins of the rows stand.
    func indexURL(of url: URL) -> URL {
        head.content == .starts
            ? url : url.deletingPathExtension().appendingPathExtension("index.npy")
    }

    /// Writes the file that says what the columns mean.
    func writeSidecar(of url: URL) throws(ArchiveError) {
        let text = sidecar
        try ArchiveError.wrapping { () throws(FilesError) in
            try AtomicFile.write(
                text, to: url.deletingPathExtension().appendingPathExtension("json"))
        }
    }

    /// Writes the arrays.
    func writeArrays(to url: URL, _ rows: inout WindowRowSource) throws(ArchiveError) {
        let isIndex = head.content == .starts
        let indexURL = indexURL(of: url)
        let shape = [head.windowCount]
        try SequentialFile.write(to: indexURL) { (index) throws(ArchiveError) in
            try index.append(Data(NPYHeader.bytes(of: .int64, shape: shape + [3])))
            guard !isIndex else {
                while let batch = try rows.next() { try index.append(Self.origins(batch)) }
                return
            }
            try SequentialFile.write(to: url) { (values) throws(ArchiveError) in
                try values.append(
                    Data(NPYHeader.bytes(of: valueType, shape: shape + head.rowShape)))
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
    }

    /// What the numbers beside the origins are.
    var valueType: NPYType { head.content == .samples ? .float32 : .float64 }

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

    private var sidecar: String { head.document.json(.sorted) }
}
