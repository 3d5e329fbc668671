private import Autodiff
private import Documents
private import ErrorReports
private import Files
package import Foundation
private import PrintableText

extension Safetensors {
    /// The largest header that is read, in bytes.
    private static var headerLimit: Int { 64 << 20 }

    /// Reads a file.
    ///
    /// - Parameter url: A `.safetensors` file from anywhere.
    /// - Throws: ``MetaLearningError`` when it cannot be read or is not of the format: lengths are
    ///   checked against the file, and tensors must lie one after the other without gap.
    package init(contentsOf url: URL) throws(MetaLearningError) {
        let file = url.path(percentEncoded: false)
        let data: Data
        do {
            data = try Data(contentsOf: url)
        } catch {
            throw MetaLearningError(
                .inputOutput(reason: "cannot be read: \(SystemReason.of(error))"), at: file,
                hint: Self.hint(for: url))
        }
        try self.init(bytes: [UInt8](data), name: file)
    }

    /// What helps when a file cannot be read: of a run's folder, the checkpoint in it.
    private static func hint(for url: URL) -> String {
        let best = url.appending(path: "checkpoints/best.safetensors")
        return FileManager.default.fileExists(atPath: best.path(percentEncoded: false))
            ? "it is a run: name \(best.relativePath)" : FilesError.readingHint
    }

    /// Reads the bytes of a file.
    ///
    /// - Parameters:
    ///   - bytes: The whole file.
    ///   - name: Its name, for messages.
    /// - Throws: ``MetaLearningError`` when they are not of the format.
    package init(bytes: [UInt8], name: String) throws(MetaLearningError) {
        guard bytes.count >= 8 else {
            throw Self.malformed(
                "eight bytes with the header's length", "\(bytes.count, of: "byte")", 0, name)
        }
        let declared = Array(bytes[0..<8]).littleEndianIntegers(of: UInt64.self)[0]
        let room = min(bytes.count - 8, Self.headerLimit)
        guard declared <= UInt64(room) else {
            throw Self.malformed(
                "a header of at most \(room, of: "byte")", "a length of \(declared)", 0, name)
        }
        let start = 8 + Int(declared)
        self.init()
        try readHeader(bytes, end: start, name: name)
    }

    private mutating func readHeader(
        _ bytes: [UInt8], end start: Int, name: String
    ) throws(MetaLearningError) {
        var located: [(range: Range<Int>, entry: Entry)] = []
        do throws(DocumentError) {
            let document = try Document(json: bytes[8..<start], name: "header")
            for (key, cursor) in try document.cursor.object().entries {
                if key == "__metadata__" {
                    for (text, value) in try cursor.object().entries {
                        metadata[text] = try value.string()
                    }
                } else {
                    located.append(
                        try Self.entry(key, cursor, bytes, numbersAt: start))
                }
            }
        } catch {
            throw Self.malformed("a safetensors header", "\(error)", 8, name)
        }
        located.sort {
            ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound)
        }
        var next = start
        for (range, entry) in located {
            guard range.lowerBound == next else {
                throw Self.malformed(
                    "tensor \"\(entry.name)\" right after the one before, at \(next - start)",
                    "its start at \(range.lowerBound - start)", range.lowerBound, name)
            }
            next = range.upperBound
            set(entry)
        }
        guard next == bytes.count else {
            throw Self.malformed(
                "the end of the file", "\(bytes.count - next, of: "byte") of no tensor", next, name)
        }
    }

    /// One tensor of the header, its extents checked against the bytes there are.
    private static func entry(
        _ name: String, _ cursor: DocumentCursor, _ bytes: [UInt8], numbersAt start: Int
    ) throws(DocumentError) -> (range: Range<Int>, entry: Entry) {
        let object = try cursor.object(allowing: ["dtype", "shape", "data_offsets"])
        let typeCursor = try object.required("dtype")
        guard let type = ElementType(rawValue: try typeCursor.string()) else {
            throw typeCursor.error(
                expected: "one of \(ElementType.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        let shapeCursor = try object.required("shape")
        var extents: [Int] = []
        var byteCount = type.byteCount
        for cursor in try shapeCursor.array() {
            let extent = try cursor.integer(in: 0...Int.max)
            let (product, overflow) = byteCount.multipliedReportingOverflow(by: extent)
            guard !overflow else { throw cursor.error(expected: "an extent that fits the file") }
            byteCount = product
            extents.append(extent)
        }
        let offsetsCursor = try object.required("data_offsets")
        let room = bytes.count - start
        var offsets: [Int] = []
        for cursor in try offsetsCursor.array() { offsets.append(try cursor.integer(in: 0...room)) }
        guard offsets.count == 2, offsets[0] <= offsets[1], offsets[1] - offsets[0] == byteCount
        else {
            throw offsetsCursor.error(
                expected: "a start and an end \(byteCount, of: "byte") apart",
                hint: "the shape and the element type need that many")
        }
        let range = start + offsets[0]..<start + offsets[1]
        return (
            range,
            Entry(name: name, type: type, shape: Shape(extents), bytes: Array(bytes[range]))
        )
    }

    private static func malformed(
        _ expected: String, _ found: String, _ offset: Int, _ name: String
    ) -> MetaLearningError {
        MetaLearningError(
            .malformed(expected: expected, found: found, byteOffset: offset), at: name)
    }

    /// The bytes of the file: the same for the same tensors, order and metadata.
    package var bytes: [UInt8] {
        var members: [DocumentValue.Member] = []
        if !metadata.isEmpty {
            members.append(
                .init(
                    key: "__metadata__",
                    value: .object(sorted: metadata.mapValues { .string($0) })))
        }
        var offset = 0
        for entry in entries {
            let end = offset + entry.bytes.count
            members.append(
                .init(
                    key: entry.name,
                    value: .object([
                        "dtype": .string(entry.type.rawValue),
                        "shape": .integers(entry.shape.dimensions),
                        "data_offsets": .integers([offset, end]),
                    ])))
            offset = end
        }
        var header = Array(DocumentValue.object(members).json().utf8)
        // Numbers start at a multiple of eight, as readers that map the file like them.
        while !header.count.isMultiple(of: 8) { header.append(UInt8(ascii: " ")) }
        var result: [UInt8] = []
        result.reserveCapacity(8 + header.count + offset)
        result.appendLittleEndian(UInt64(header.count))
        result += header
        for entry in entries { result += entry.bytes }
        return result
    }

    /// Writes a file, whole or not at all.
    ///
    /// - Parameter url: The file; replaced when it is there.
    /// - Throws: ``MetaLearningError`` when it cannot be written.
    package func write(to url: URL) throws(MetaLearningError) {
        try MetaLearningError.wrapping { () throws(FilesError) in
            try AtomicFile.write(bytes, to: url)
        }
    }
}
