import EMGSignal
import Foundation
import HDF5
import PrintableText

/// Writes a recording's file row by row.
final class RecordingWriter {
    private let contents: RecordingContents
    /// The path that errors name: the file is written under another one.
    private let path: String
    private let file: OpenFile
    private var checks: RowChecks
    private var digest: RecordingDigest?
    private var samples: DatasetWriter<Float>?
    private var labels: DatasetWriter<UInt8>?
    private var timeStamps: DatasetWriter<Double>?
    private let targets: [TargetDescription]
    private var targetWriters: [TargetWriter] = []
    private var row = 0

    /// Makes the file with everything but the rows; errors name it by `url`.
    ///
    /// - Parameters:
    ///   - header: What the file says of the recording.
    ///   - contents: The same, as it is stored.
    ///   - url: Where it is written.
    ///   - path: The path that errors name.
    ///   - threads: How many threads compress.
    /// - Throws: ``HDF5Error`` when it cannot be made.
    init(
        _ header: RecordingHeader, _ contents: RecordingContents, to url: URL, path: String,
        threads: Int
    ) throws(HDF5Error) {
        self.contents = contents
        self.path = path
        targets = header.targets
        checks = RowChecks(header, file: path)
        digest = RecordingDigest(contents)
        file = try OpenFile.creating(url)
        try file.step { (file) throws(HDF5Error) in try contents.writeRoot(to: file) }
        samples = try Self.dataset(
            RecordingNames.signal, in: file, shape: contents.shape, threads: threads)
        let rows = Array(contents.shape.prefix(1))
        if contents.classNames != nil {
            labels = try Self.dataset(
                RecordingNames.labels, in: file, shape: rows, threads: threads)
        }
        if contents.hasTimeStamps {
            timeStamps = try Self.dataset(
                RecordingNames.timeStamps, in: file, shape: rows, threads: threads)
        }
        if !targets.isEmpty {
            try file.step { (file) throws(HDF5Error) in
                try file.createGroup(RecordingNames.targets)
            }
        }
        for target in contents.targets {
            let writer: DatasetWriter<Float> = try Self.dataset(
                target.path, in: file, shape: rows + [target.dimensions.count], threads: threads)
            targetWriters.append(TargetWriter(writer))
        }
        let columns = RecordingNames.qualityColumns.count
        let quality = [contents.quality.count / columns, columns]
        try file.createDataset(
            RecordingNames.quality, values: contents.quality, shape: quality,
            layout: RecordingLayout.layout(shape: quality, width: MemoryLayout<Int64>.stride))
        try file.step { (file) throws(HDF5Error) in
            try contents.writeDatasetAttributes(to: file)
        }
    }

    /// Adds the rows that come next.
    ///
    /// - Parameters:
    ///   - block: The rows.
    ///   - count: How many they are.
    /// - Throws: ``ArchiveError`` when they are not what the header says, or cannot be written.
    func append(_ block: RowBlock, count: Int) throws(ArchiveError) {
        for (name, expected, found) in [
            (RecordingNames.signal, count * contents.shape[1], block.samples.count),
            (RecordingNames.labels, labels == nil ? 0 : count, block.labels.count),
            (RecordingNames.timeStamps, timeStamps == nil ? 0 : count, block.timeStamps.count),
            (RecordingNames.targets, targets.width * count, block.targets.count),
        ] where expected != found {
            throw RecordingContents.invalid(
                "\(expected, of: "value") for the \(count, of: "sample") from \(row)", "\(found)",
                name,
                in: path)
        }
        try checks.check(
            samples: block.samples, labels: block.labels, timeStamps: block.timeStamps, from: row)
        digest?.add(samples: block.samples)
        do throws(HDF5Error) {
            try samples?.append(block.samples)
            try labels?.append(block.labels)
            try timeStamps?.append(block.timeStamps)
            for (index, part) in targets.parts(of: block.targets).enumerated() {
                try targetWriters[index].append(part)
            }
        } catch {
            throw ArchiveError(error, file: path)
        }
        row += count
    }

    /// Writes what is left and closes the file.
    ///
    /// - Throws: ``ArchiveError`` when samples were not finite, or the rest cannot be written.
    func finish() throws(ArchiveError) {
        try checks.finish()
        do throws(HDF5Error) {
            if let samples = samples.take() { try samples.finish() }
            if let labels = labels.take() { try labels.finish() }
            if let timeStamps = timeStamps.take() { try timeStamps.finish() }
            for writer in targetWriters { try writer.finish() }
            let text = try finishedDigest()
            try file.step { (file) throws(HDF5Error) in
                try file.setText(text, "content_sha256", of: "/")
            }
            try file.close()
        } catch {
            throw ArchiveError(error, file: path)
        }
    }

    /// The digest takes all labels after all samples, and all time stamps after those: they are
    /// read back, as they need not fit in memory.
    private func finishedDigest() throws(HDF5Error) -> String {
        guard var digest = digest.take() else {
            preconditionFailure("a recording is finished once")
        }
        digest.startLabels()
        if contents.classNames != nil {
            try file.dataset(RecordingNames.labels).forEachBlock(of: UInt8.self) {
                digest.add(labels: $1)
            }
        }
        digest.startTimeStamps()
        if contents.hasTimeStamps {
            try file.dataset(RecordingNames.timeStamps).forEachBlock(of: Double.self) {
                digest.add(timeStamps: $1)
            }
        }
        for target in contents.targets {
            digest.startTarget(target)
            try file.dataset(target.path).forEachBlock(of: Float.self) {
                digest.add(target: $1)
            }
        }
        return digest.finish()
    }

    private static func dataset<Value: Element>(
        _ name: String, in file: OpenFile, shape: [Int], threads: Int
    ) throws(HDF5Error) -> DatasetWriter<Value> {
        try file.createDataset(
            name, of: Value.self, shape: shape,
            layout: RecordingLayout.layout(shape: shape, width: MemoryLayout<Value>.stride),
            threads: threads)
    }
}
