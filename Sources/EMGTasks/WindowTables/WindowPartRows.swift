import EMGArchive
import Foundation
import HDF5

/// The rows of the parts of an HDF5 table in order, in the batches in which they were made.
struct WindowPartRows: WindowRowSequence {
    private let table: URL
    private var parts: ArraySlice<WindowTablePart>
    private var open: OpenPart?
    /// The recording that is read, in its part.
    private var recording = 0
    /// The next row of the recording, and of the part.
    private var window = 0
    private var row = 0

    /// The datasets of a part; none of one without windows.
    private struct OpenPart {
        let part: WindowTablePart
        let place: String
        let datasets: (start: OpenDataset, label: OpenDataset, values: OpenDataset?)?
    }

    init(_ parts: WindowTableParts) {
        table = parts.table
        self.parts = parts.parts[...]
    }

    mutating func next() throws(ArchiveError) -> WindowRows? {
        while open == nil || recording >= open?.part.head.recordings.count ?? 0 {
            guard let part = parts.popFirst() else { return nil }
            open = try Self.open(part, of: table)
            (recording, window, row) = (0, 0, 0)
        }
        guard let open else { return nil }
        let head = open.part.head
        let count = head.recordings[recording].windows
        let step = WindowRows.step(
            count, head.content, width: head.channels.count * head.length)
        let rows = row..<row + min(step, count - window)
        defer {
            row = rows.upperBound
            window += rows.count
            if window >= count {
                recording += 1
                window = 0
            }
        }
        let number = head.firstRecording + recording
        guard let datasets = open.datasets, !rows.isEmpty else {
            return WindowRows(
                recording: number, starts: [], labels: [], values: Self.noValues(of: head))
        }
        do throws(HDF5Error) {
            return WindowRows(
                recording: number, starts: try datasets.start.readRows(as: Int64.self, rows),
                labels: try datasets.label.readRows(as: Int16.self, rows),
                values: try Self.values(datasets.values, rows, of: head))
        } catch {
            throw ArchiveError(error, file: open.place)
        }
    }

    private static func values(
        _ dataset: OpenDataset?, _ rows: Range<Int>, of head: WindowTableHead
    ) throws(HDF5Error) -> WindowRows.Values {
        guard let dataset else { return .none }
        return head.content == .samples
            ? .samples(try dataset.readRows(as: Float.self, rows))
            : .features(try dataset.readRows(as: Double.self, rows))
    }

    private static func noValues(of head: WindowTableHead) -> WindowRows.Values {
        switch head.content {
        case .starts: .none
        case .samples: .samples([])
        case .features: .features([])
        }
    }

    private static func open(
        _ part: WindowTablePart, of table: URL
    ) throws(ArchiveError) -> OpenPart {
        let url = part.file(of: table)
        let place = url.path(percentEncoded: false)
        let head = part.head
        guard head.windowCount > 0 else {
            return OpenPart(part: part, place: place, datasets: nil)
        }
        let datasets: (start: OpenDataset, label: OpenDataset, values: OpenDataset?)
        do throws(HDF5Error) {
            let file = try OpenFile.reading(url)
            let values =
                switch head.content {
                case .starts: nil as OpenDataset?
                case .samples: try file.dataset("/windows")
                case .features: try file.dataset("/features")
                }
            datasets = (try file.dataset("/start"), try file.dataset("/label"), values)
        } catch {
            throw ArchiveError(error, file: place)
        }
        let shapes = [datasets.start, datasets.label].map(\.description.shape)
        let rowShape = datasets.values?.description.shape.dropFirst() ?? []
        guard shapes == [[head.windowCount], [head.windowCount]],
            datasets.values?.description.shape.first ?? head.windowCount == head.windowCount,
            Array(rowShape) == head.rowShape
        else {
            throw ArchiveError(
                .invalid(expected: "\(head.windowCount) rows", found: "something else"),
                at: Place(file: place), hint: "do this shard again")
        }
        return OpenPart(part: part, place: place, datasets: datasets)
    }
}
