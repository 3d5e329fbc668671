private import CArchive
internal import Foundation
internal import NPY
private import PrintableText

/// An array of an `.npy` file or of an `.npz` archive, with labels in others.
struct NumpyArrays: ArraySource {
    let name: String
    let count: Int
    let shape: [Int]
    let type: ArraySample.Number
    let inputNames: [String] = []

    private let url: URL
    private let isArchive: Bool
    private let samples: NumpyStream.Entry

    init(_ url: URL, _ settings: ArrayConfiguration) throws(ArrayError) {
        self.url = url
        name = url.path(percentEncoded: false)
        isArchive = url.pathExtension.lowercased() == "npz"
        let entries = try NumpyStream.entries(of: url)
        let entry: NumpyStream.Entry
        if let wanted = settings.samples, isArchive {
            entry = try NumpyStream.entry(wanted, among: entries, of: name)
        } else {
            let large = entries.filter { $0.header.shape.count >= 2 }
            guard let only = large.first, large.count == 1 else {
                throw ArrayError(
                    .missing(
                        "array of samples that can be told from others",
                        known: (large.isEmpty ? entries : large).map(\.name)), at: name,
                    hint: "name it with --samples")
            }
            entry = only
        }
        guard entry.header.shape.count >= 2, entry.header.shape.allSatisfy({ $0 >= 1 }) else {
            throw ArrayError(
                .invalid(
                    expected: "samples along the first axis and numbers along others",
                    found: "shape \(entry.header.shape)"), at: name, object: entry.name,
                hint: "name the array of the samples with --samples")
        }
        guard !entry.header.isColumnMajor else {
            throw ArrayError(
                .invalid(expected: "an array in C order", found: "one in Fortran's"), at: name,
                object: entry.name, hint: "save numpy.ascontiguousarray of it")
        }
        samples = entry
        count = entry.header.shape[0]
        shape = Array(entry.header.shape.dropFirst())
        type =
            entry.header.type.kind == .unsigned && entry.header.type.byteCount == 1
            ? .uint8 : .float32
    }

    // MARK: Labels

    func column(
        _ column: String, names: String?, setting: String
    ) throws(ArrayError) -> LabelColumn {
        let known = try names.map { name throws(ArrayError) in try texts(name) }
        if !isArchive, !column.lowercased().hasSuffix(".npy") {
            let texts = try texts(column)
            guard texts.count == count else { throw lengths(texts.count, column, setting) }
            return LabelColumn(texts: texts, order: { $0 < $1 })
        }
        let (file, entry) = try array(column)
        guard entry.header.shape == [count] else {
            throw lengths(entry.header.shape.first ?? 0, column, setting)
        }
        let numbers = try NumpyStream.numbers(of: file, entry)
        if let row = numbers.firstIndex(where: { $0 != $0.rounded() || $0.magnitude > 1e15 }) {
            throw ArrayError(
                .invalid(expected: "a whole number as \(setting)", found: "\(numbers[row])"),
                at: file.path(percentEncoded: false), object: "\(entry.name)[\(row)]",
                hint: "labels are whole numbers")
        }
        return try LabelColumn(
            numbers: numbers.map { Int($0) }, names: known,
            at: (file.path(percentEncoded: false), entry.name))
    }

    private func lengths(_ found: Int, _ column: String, _ setting: String) -> ArrayError {
        ArrayError(
            .mismatch(expected: "a value for each of \(count) samples", found: "\(found)"),
            at: name, object: column, hint: "name another array for \(setting)")
    }

    /// An array of the archive, or a file of its own beside an `.npy`.
    private func array(_ name: String) throws(ArrayError) -> (URL, NumpyStream.Entry) {
        guard !isArchive else {
            return (
                url, try NumpyStream.entry(name, among: NumpyStream.entries(of: url), of: self.name)
            )
        }
        let other = place(of: name)
        let entries = try NumpyStream.entries(of: other)
        return (other, entries[0])
    }

    /// A file of labels: as it is named, or beside the samples.
    private func place(of name: String) -> URL {
        FileManager.default.fileExists(atPath: name)
            ? URL(filePath: name) : url.deletingLastPathComponent().appending(path: name)
    }

    /// The lines of a text file.
    private func texts(_ name: String) throws(ArrayError) -> [String] {
        let place = place(of: name)
        do {
            let text = ForeignText.decode([UInt8](try Data(contentsOf: place)))
            var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map {
                $0.hasSuffix("\r") ? String($0.dropLast()) : String($0)
            }
            if lines.last == "" { lines.removeLast() }
            return lines
        } catch {
            throw ArrayError(reading: place, error)
        }
    }

    // MARK: Numbers

    func targets(
        _ columns: [String]
    ) throws(ArrayError) -> (names: [String], values: [Float]) {
        var names: [String] = []
        var parts: [(width: Int, values: [Double])] = []
        for column in columns {
            let (file, entry) = try array(column)
            let extents = entry.header.shape
            guard (1...2).contains(extents.count), extents[0] == count,
                !entry.header.isColumnMajor || extents.count == 1
            else { throw lengths(extents.first ?? 0, column, "targets") }
            let width = extents.count == 1 ? 1 : extents[1]
            let plain = URL(filePath: column).deletingPathExtension().lastPathComponent
            names += extents.count == 1 ? [plain] : (1...width).map { "\(plain) \($0)" }
            parts.append((width, try NumpyStream.numbers(of: file, entry)))
        }
        let values = (0..<count).flatMap { row in
            parts.flatMap { part in
                part.values[row * part.width..<(row + 1) * part.width].map { Float($0) }
            }
        }
        return (names, values)
    }

    func forEachBlock(_ body: (_ first: Int, _ block: SampleBlock) throws -> Void) throws {
        let width = shape.reduce(1, *)
        let rows = max(1, (4 << 20) / (width * samples.header.type.byteCount))
        let stream = try NumpyStream(url, samples)
        for start in stride(from: 0, to: count, by: rows) {
            let bytes = try stream.read(
                min(rows, count - start) * width * samples.header.type.byteCount)
            try body(
                start,
                type == .uint8
                    ? .bytes(bytes)
                    : .numbers(samples.header.type.numbers(in: Data(bytes)).map { Float($0) }))
        }
    }
}
