import Foundation
import HDF5
import PrintableText

/// A recording's file that stays open: its header has been read and the shapes of its datasets
/// have been checked.
struct OpenRecording: Sendable {
    let contents: RecordingContents
    let signal: OpenDataset
    /// One value a sample; `nil` for an unlabeled recording.
    let labels: OpenDataset?
    /// One value a sample; `nil` when there are none.
    let timeStamps: OpenDataset?
    /// The values of each target track, `[samples, dimensions]`.
    let targets: [OpenDataset]
    /// The file's path, for messages.
    let file: String

    /// Opens a file.
    ///
    /// - Parameter url: The file.
    /// - Throws: ``ArchiveError`` when it cannot be read, or is no recording of this version.
    init(_ url: URL) throws(ArchiveError) {
        file = url.path(percentEncoded: false)
        let opened: RecordingContents.Opened
        let open: OpenFile
        do throws(HDF5Error) {
            open = try OpenFile.reading(url)
            opened = try open.step { (file) throws(HDF5Error) in
                try RecordingContents.format(of: file)
            }
        } catch {
            throw ArchiveError(error)
        }
        switch opened {
        case .recording: break
        case .otherFormat(let found):
            throw ArchiveError(
                .wrongFormat(expected: "myotask recording", found: found), at: Place(file: file),
                hint: "convert recordings of other formats first (myotask convert)")
        case .otherVersion(let version):
            throw ArchiveError(
                .unsupportedVersion(expected: RecordingNames.formatVersion, found: version),
                at: Place(file: file),
                hint: "read it with the version of myotask that wrote it, or newer")
        }
        do throws(HDF5Error) {
            signal = try Self.dataset(RecordingNames.signal, in: open, as: Float.self, rank: 2)
            let shape = signal.description.shape
            var contents = try open.step { (file) throws(HDF5Error) in
                try RecordingContents(file, shape: shape)
            }
            if try open.hasLink(RecordingNames.labels) {
                contents.classNames = try open.step { (file) throws(HDF5Error) in
                    try file.texts("class_names", of: RecordingNames.labels)
                }
                labels = try Self.track(
                    RecordingNames.labels, in: open, as: UInt8.self, count: shape[0])
            } else {
                labels = nil
            }
            contents.hasTimeStamps = try open.hasLink(RecordingNames.timeStamps)
            timeStamps =
                contents.hasTimeStamps
                ? try Self.track(
                    RecordingNames.timeStamps, in: open, as: Double.self, count: shape[0]) : nil
            if try open.hasLink(RecordingNames.targets) {
                let found = try Self.targets(in: open, count: shape[0])
                contents.targets = found.targets
                targets = found.datasets
            } else {
                targets = []
            }
            if try open.hasLink(RecordingNames.quality) {
                contents.quality = try Self.quality(in: open)
            }
            self.contents = contents
        } catch {
            throw ArchiveError(error)
        }
    }

    /// Compares a digest with the one in the file, if there is one.
    ///
    /// - Parameter found: The digest of what was read.
    /// - Throws: ``ArchiveError`` when they differ.
    func check(_ found: consuming RecordingDigest) throws(ArchiveError) {
        guard let expected = contents.contentSHA256 else { return }
        let found = found.finish()
        guard found == expected else {
            throw ArchiveError(
                .hashMismatch(expected: expected, found: found),
                at: Place(file: file, object: "/@content_sha256"),
                hint: "the file is damaged: convert its source again; "
                    + "if it was edited on purpose, remove the attribute content_sha256")
        }
    }

    private static func quality(in file: OpenFile) throws(HDF5Error) -> [Int64] {
        let columns = RecordingNames.qualityColumns.count
        let table = try dataset(RecordingNames.quality, in: file, as: Int64.self, rank: 2)
        guard table.description.shape[1] == columns else {
            throw HDF5Error(
                .unexpectedShape(
                    expected: "\(columns, of: "column")", found: "\(table.description.shape[1])"),
                at: table.place)
        }
        return try table.read(as: Int64.self)
    }

    /// The target tracks that the group of them names.
    private static func targets(
        in file: OpenFile, count: Int
    ) throws(HDF5Error) -> (targets: [RecordingContents.Target], datasets: [OpenDataset]) {
        var targets: [RecordingContents.Target] = []
        var datasets: [OpenDataset] = []
        let names = try file.step { (file) throws(HDF5Error) in
            try file.texts("names", of: RecordingNames.targets)
        }
        for name in names {
            let path = "\(RecordingNames.targets)/\(name)"
            let values = try dataset(path, in: file, as: Float.self, rank: 2)
            let (unit, dimensions) = try file.step { (file) throws(HDF5Error) in
                (try file.text("unit", of: path), try file.texts("dimensions", of: path))
            }
            let expected = [count, dimensions.count]
            guard values.description.shape == expected else {
                throw HDF5Error(
                    .unexpectedShape(
                        expected: "\(expected[0], of: "row") of \(expected[1], of: "dimension")",
                        found: "\(values.description.shape)"),
                    at: values.place, hint: "there must be one row for each sample of /emg")
            }
            targets.append(
                RecordingContents.Target(name: name, unit: unit, dimensions: dimensions))
            datasets.append(values)
        }
        return (targets, datasets)
    }

    /// A dataset of one value a sample.
    private static func track<Value: Element>(
        _ name: String, in file: OpenFile, as type: Value.Type, count: Int
    ) throws(HDF5Error) -> OpenDataset {
        let track = try dataset(name, in: file, as: type, rank: 1)
        guard track.description.shape[0] == count else {
            throw HDF5Error(
                .unexpectedShape(
                    expected: "\(count, of: "value")", found: "\(track.description.shape[0])"),
                at: track.place, hint: "there must be one value for each sample of /emg")
        }
        return track
    }

    private static func dataset<Value: Element>(
        _ name: String, in file: OpenFile, as type: Value.Type, rank: Int
    ) throws(HDF5Error) -> OpenDataset {
        let dataset = try file.dataset(name)
        let found = dataset.description.shape.count
        guard found == rank else {
            throw HDF5Error(
                .unexpectedShape(expected: "\(rank, of: "dimension")", found: "\(found)"),
                at: dataset.place)
        }
        try dataset.checkHolds(type)
        return dataset
    }
}
