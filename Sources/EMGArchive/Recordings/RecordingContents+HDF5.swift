import Foundation
import HDF5

extension RecordingContents {
    /// About this many bytes a chunk: small enough to read a window without much else, large
    /// enough to compress and to need few of them.
    private static let chunkBytes = 1 << 16

    /// The lowest level: on EMG the higher ones take twice the time for a fortieth of the size.
    private static let compressionLevel = 1

    /// What opening a file gives.
    private enum Opened: Sendable {
        case contents(RecordingContents)
        case otherFormat(String?)
        case otherVersion(Int)
    }

    // MARK: Reading

    /// How much of a file is read.
    enum Extent: Sendable {
        case header
        case headerAndLabels
        case everything
    }

    /// Reads a file.
    ///
    /// - Parameters:
    ///   - url: The file.
    ///   - extent: How much of it is wanted.
    /// - Returns: What it holds, not yet interpreted.
    /// - Throws: ``ArchiveError`` when it cannot be read.
    static func read(_ url: URL, _ extent: Extent) throws(ArchiveError) -> RecordingContents {
        let opened: Opened
        do throws(HDF5Error) {
            opened = try File.reading(url) { (file) throws(HDF5Error) in
                try open(file, extent)
            }
        } catch {
            throw ArchiveError(error)
        }
        let place = Place(file: url.path(percentEncoded: false))
        switch opened {
        case .contents(let contents): return contents
        case .otherFormat(let found):
            throw ArchiveError(
                .wrongFormat(expected: "myotask recording", found: found), at: place,
                hint: "convert recordings of other formats first (myotask convert)")
        case .otherVersion(let version):
            throw ArchiveError(
                .unsupportedVersion(expected: RecordingNames.formatVersion, found: version),
                at: place, hint: "read it with the version of myotask that wrote it, or newer")
        }
    }

    private static func open(
        _ file: borrowing File, _ extent: Extent
    ) throws(HDF5Error) -> Opened {
        guard try file.hasAttribute("format", of: "/") else { return .otherFormat(nil) }
        let format = try file.text("format", of: "/")
        guard format == RecordingNames.format else { return .otherFormat(format) }
        let version = try file.number("format_version", of: "/", as: Int64.self)
        guard version == RecordingNames.formatVersion else {
            return .otherVersion(Int(version))
        }
        return .contents(try RecordingContents(file, extent))
    }

    private init(_ file: borrowing File, _ extent: Extent) throws(HDF5Error) {
        patient = try file.text("patient", of: "/")
        session = try file.text("session", of: "/")
        condition = try file.text("condition", of: "/")
        run = try file.text("run", of: "/")
        samplingRate = try file.number("sampling_rate_hz", of: "/", as: Double.self)
        effectiveRate = try file.number("effective_rate_hz", of: "/", as: Double.self)
        unit = try file.text("unit", of: "/")
        software = try file.text("software", of: "/")
        sourceName = try file.text("source_name", of: "/")
        sourceSHA256 = try file.text("source_sha256", of: "/")
        history = try file.text("history", of: "/")
        contentSHA256 =
            try file.hasAttribute("content_sha256", of: "/")
            ? try file.text("content_sha256", of: "/") : nil

        let signal = RecordingNames.signal
        (shape, samples) = try Self.dataset(
            signal, in: file, as: Float.self, rank: 2, withValues: extent == .everything)
        channelNames = try file.texts("channel_names", of: signal)
        channelUnits = try file.texts("channel_units", of: signal)
        scale = try file.numbers("scale", of: signal, as: Double.self)
        offset = try file.numbers("offset", of: signal, as: Double.self)

        let labelTrack = RecordingNames.labels
        if try file.hasLink(labelTrack) {
            classNames = try file.texts("class_names", of: labelTrack)
            labels = try Self.track(
                labelTrack, in: file, as: UInt8.self, count: shape[0],
                withValues: extent != .header)
        } else {
            (classNames, labels) = (nil, [])
        }
        hasTimeStamps = try file.hasLink(RecordingNames.timeStamps)
        timeStamps =
            hasTimeStamps
            ? try Self.track(
                RecordingNames.timeStamps, in: file, as: Double.self, count: shape[0],
                withValues: extent == .everything) : []
        quality = []
        if try file.hasLink(RecordingNames.quality) {
            let columns = RecordingNames.qualityColumns.count
            let (shape, rows) = try Self.dataset(
                RecordingNames.quality, in: file, as: Int64.self, rank: 2, withValues: true)
            guard shape[1] == columns else {
                throw HDF5Error(
                    .unexpectedShape(
                        expected: "\(columns) columns", found: "\(shape[1])"),
                    at: file.place(RecordingNames.quality))
            }
            quality = rows
        }
    }

    /// A dataset of one value a sample.
    private static func track<Value: Element>(
        _ name: String, in file: borrowing File, as type: Value.Type, count: Int, withValues: Bool
    ) throws(HDF5Error) -> [Value] {
        let (shape, values) = try dataset(name, in: file, as: type, rank: 1, withValues: withValues)
        guard shape[0] == count else {
            throw HDF5Error(
                .unexpectedShape(expected: "\(count) values", found: "\(shape[0])"),
                at: file.place(name), hint: "there must be one value for each sample of /emg")
        }
        return values
    }

    private static func dataset<Value: Element>(
        _ name: String, in file: borrowing File, as type: Value.Type, rank: Int, withValues: Bool
    ) throws(HDF5Error) -> (shape: [Int], values: [Value]) {
        try file.withDataset(name) { (dataset) throws(HDF5Error) in
            let shape = dataset.description.shape
            guard shape.count == rank else {
                throw HDF5Error(
                    .unexpectedShape(
                        expected: "\(rank) dimensions", found: "\(shape.count)"),
                    at: file.place(name))
            }
            try dataset.checkHolds(type)
            return (shape, withValues ? try dataset.read(as: type) : [])
        }
    }

    // MARK: Writing

    /// Writes everything into a new file.
    func write(to file: borrowing File) throws(HDF5Error) {
        try file.setText(RecordingNames.format, "format", of: "/")
        try file.setNumber(Int64(RecordingNames.formatVersion), "format_version", of: "/")
        try file.setText(patient, "patient", of: "/")
        try file.setText(session, "session", of: "/")
        try file.setText(condition, "condition", of: "/")
        try file.setText(run, "run", of: "/")
        try file.setNumber(samplingRate, "sampling_rate_hz", of: "/")
        try file.setNumber(effectiveRate, "effective_rate_hz", of: "/")
        try file.setText(unit, "unit", of: "/")
        try file.setText(software, "software", of: "/")
        try file.setText(sourceName, "source_name", of: "/")
        try file.setText(sourceSHA256, "source_sha256", of: "/")
        try file.setText(history, "history", of: "/")
        try file.setText(digest(), "content_sha256", of: "/")

        let signal = RecordingNames.signal
        try file.createDataset(
            signal, values: samples, shape: shape,
            layout: Self.layout(rows: shape[0], rowBytes: shape[1] * 4, columns: shape[1]))
        try file.setTexts(channelNames, "channel_names", of: signal)
        try file.setTexts(channelUnits, "channel_units", of: signal)
        try file.setNumbers(scale, "scale", of: signal)
        try file.setNumbers(offset, "offset", of: signal)
        if let classNames {
            try file.createDataset(
                RecordingNames.labels, values: labels, shape: [labels.count],
                layout: Self.layout(rows: labels.count, rowBytes: 1))
            try file.setTexts(classNames, "class_names", of: RecordingNames.labels)
        }
        if hasTimeStamps {
            try file.createDataset(
                RecordingNames.timeStamps, values: timeStamps, shape: [timeStamps.count],
                layout: Self.layout(rows: timeStamps.count, rowBytes: 8))
        }
        let columns = RecordingNames.qualityColumns
        let rows = quality.count / columns.count
        try file.createDataset(
            RecordingNames.quality, values: quality, shape: [rows, columns.count],
            layout: Self.layout(rows: rows, rowBytes: 8 * columns.count, columns: columns.count))
        try file.setTexts(columns, "columns", of: RecordingNames.quality)
    }

    private static func layout(rows: Int, rowBytes: Int, columns: Int? = nil) -> DatasetLayout {
        let chunkRows = max(1, min(rows, chunkBytes / rowBytes))
        return .compressed(
            chunk: columns.map { [chunkRows, $0] } ?? [chunkRows], level: compressionLevel)
    }
}
