internal import EMGFormats
internal import EMGSignal
package import Foundation
internal import NPY
import PrintableText

/// Reads NumPy arrays of the ROAM laboratory's relatives: column 0 is the label, the others are
/// the channels; `docs/formats/numpy.md` says more.
package struct NumpyReader: RecordingReader {
    /// `roam-npy`.
    package let formatName = "roam-npy"
    /// What it reads.
    package let summary = "NumPy arrays (.npy): column 0 the label, then the channels"

    /// Creates a reader.
    package init() {}

    /// Whether it is a NumPy array.
    package func recognizes(content prefix: [UInt8]) -> Bool {
        prefix.starts(with: NPYHeader.magic)
    }

    /// Opens an array.
    package func open(
        _ url: URL, options: ReadOptions
    ) throws(IngestError) -> [any RecordingStream] {
        [try NumpyStream(url, options: options)]
    }
}

/// The rows of a NumPy array.
private final class NumpyStream: RecordingStream {
    let metadata: StreamMetadata

    private let header: NPYHeader
    private let rows: Int
    private let columns: Int
    private let url: URL
    private let missing: ReadOptions.MissingPolicy
    private let handle: FileHandle
    private var row = 0
    private var classes = ClassCollector()
    private var missingCount = 0

    private static let longestHeader = 1 << 16

    init(_ url: URL, options: ReadOptions) throws(IngestError) {
        self.url = url
        missing = options.missing
        let location = SourceLocation(file: url.relativePath)
        let byteCount = try SourceFileReader(url).byteCount
        let prefix = try SourceFileReader.prefix(of: url, count: Self.longestHeader)
        do throws(NPYError) {
            header = try NPYHeader(prefix, byteCount: byteCount)
        } catch {
            throw Self.fault(error, prefix: prefix, at: location)
        }
        guard header.shape.count == 2, header.shape[0] > 0, header.shape[1] > 1 else {
            let extents = header.shape.map(String.init).joined(separator: ", ")
            throw IngestError(
                .inconsistent(
                    expected: "rows of a label and at least one channel",
                    found: header.shape.count == 1 ? "(\(extents),)" : "(\(extents))"),
                at: location)
        }
        (rows, columns) = (header.shape[0], header.shape[1])
        do throws(NPYError) {
            try header.check(byteCount: byteCount)
        } catch {
            throw Self.fault(error, prefix: prefix, at: location)
        }
        do {
            handle = try FileHandle(forReadingFrom: url.resolvingSymlinksInPath())
        } catch {
            throw IngestError(.unreadable(reason: "\(error)"), at: location)
        }
        var metadata = StreamMetadata(
            channels: (0..<columns - 1).map {
                Channel(name: "emg\($0)", unit: options.unit)
            },
            rate: .unknown(reason: "arrays carry neither rate nor time stamps"),
            labels: .knownAtEnd, sampleCount: rows)
        metadata.warnings = [
            IngestWarning(
                .assumption, at: location,
                message:
                    "column 0 is assumed to be the label, the \(columns - 1, of: "other") "
                    + "for channels")
        ]
        self.metadata = metadata
    }

    private static func fault(
        _ error: NPYError, prefix: [UInt8], at location: SourceLocation
    ) -> IngestError {
        switch error.kind {
        case .empty: IngestError(.noSamples(found: error.description), at: location)
        case .otherFormat:
            IngestError(
                .wrongFormat(
                    expected: "a NumPy array", found: ContentKind(prefix: prefix).description),
                at: location)
        case .version(let version):
            IngestError(
                .unsupported(feature: "version \(version) of NumPy's format"), at: location)
        case .type(let name):
            IngestError(
                .unsupported(feature: "the number type \(name)"), at: location,
                hint: "save integers or floats")
        case .malformed(let expected, let found):
            IngestError(.malformed(expected: expected, found: found), at: location)
        case .size(let expected, let found):
            IngestError(
                .inconsistent(expected: expected, found: found), at: location,
                hint: "the file was cut off or something was added")
        }
    }

    deinit {
        // A file that was only read has nothing to lose when closing it fails.
        try? handle.close()
    }

    func read(into block: inout RowBlock, atMost: Int) throws(IngestError) -> Bool {
        let count = min(atMost, rows - row, 1 << 14)
        guard count > 0 else { return false }
        let width = columns
        var values: [Double]
        if header.isColumnMajor {
            values = [Double](repeating: 0, count: count * width)
            for column in 0..<width {
                let numbers = try numbers(from: column * rows + row, count: count)
                for index in 0..<count { values[index * width + column] = numbers[index] }
            }
        } else {
            values = try numbers(from: row * width, count: count * width)
        }
        for index in 0..<count {
            block.labels.append(try label(values[index * width], row: row + index))
            for column in 1..<width {
                let value = Float(values[index * width + column])
                if !value.isFinite { try miss(row: row + index, column: column) }
                block.samples.append(value.isFinite ? value : .nan)
            }
        }
        row += count
        return true
    }

    func finish() throws(IngestError) -> StreamNotes {
        let settled = classes.settled()
        let warnings =
            missingCount == 0
            ? []
            : [
                IngestWarning(
                    .missingValues, at: SourceLocation(file: url.relativePath),
                    count: missingCount,
                    message:
                        "\(missingCount, of: "missing sample") "
                        + "\(missingCount == 1 ? "is" : "are") marked"
                )
            ]
        return StreamNotes(
            classNames: Self.names(settled.classNames), labelMap: settled.labelMap,
            warnings: warnings)
    }

    /// The laboratory's three classes by their names; others by their numbers.
    private static func names(_ numbers: [String]) -> [String] {
        let known = ROAMTable.classNames
        guard numbers == known.indices.map(String.init) else { return numbers }
        return known
    }

    private func numbers(from index: Int, count: Int) throws(IngestError) -> [Double] {
        let size = header.type.byteCount
        do {
            try handle.seek(toOffset: UInt64(header.dataStart + index * size))
            if let data = try handle.read(upToCount: count * size), data.count == count * size {
                return header.type.numbers(in: data)
            }
        } catch {
            throw IngestError(
                .unreadable(reason: "\(error)"), at: SourceLocation(file: url.relativePath))
        }
        throw IngestError(
            .unreadable(reason: "it changed while it was read"),
            at: SourceLocation(file: url.relativePath))
    }

    private func label(_ value: Double, row: Int) throws(IngestError) -> UInt8 {
        guard value == value.rounded(), value.magnitude < 1e9,
            let number = classes.number(of: String(Int(value)))
        else {
            throw IngestError(
                .invalidCell(expected: "a whole number as label", found: "\(value)"),
                at: SourceLocation(
                    file: url.relativePath, field: "label",
                    byte: header.dataStart + row * columns * header.type.byteCount),
                hint: "column 0 must hold the class of each row")
        }
        return number
    }

    private func miss(row: Int, column: Int) throws(IngestError) {
        guard missing == .markAsMissing else {
            throw IngestError(
                .missingValue(found: "a number that is not finite"),
                at: SourceLocation(
                    file: url.relativePath, field: "row \(row) column \(column)",
                    byte: header.dataStart
                        + (row * columns + column) * header.type.byteCount),
                hint: IngestError.markMissingHint)
        }
        missingCount += 1
    }
}
