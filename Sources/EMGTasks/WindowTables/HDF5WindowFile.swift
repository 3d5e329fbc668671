import EMGArchive
import EMGSignal
import ErrorReports
import Files
import Foundation
import HDF5

/// A table of windows as an HDF5 file: `recording`, `start` and `label` of each window, and
/// `windows` or `features` beside them.
struct HDF5WindowFile {
    let head: WindowTableHead

    init(_ head: WindowTableHead) {
        self.head = head
    }

    /// Writes the file.
    ///
    /// - Throws: `ArchiveError` when it cannot be written.
    func write(to url: URL, _ rows: inout some WindowRowSequence) throws(ArchiveError) {
        try AtomicFile.write(to: url) { (partial) throws(ArchiveError) in
            do {
                let file = try OpenFile.creating(partial)
                try file.step { (file) throws(HDF5Error) in try describe(file) }
                switch head.content {
                case .starts: try fill(file, &rows)
                case .samples: try fill(file, "/windows", &rows, \.samples)
                case .features: try fill(file, "/features", &rows, \.features)
                }
                try file.close()
            } catch let error as HDF5Error {
                throw ArchiveError(error, file: url.path(percentEncoded: false))
            } catch let error as ArchiveError {
                throw error
            } catch {
                throw ArchiveError(
                    "writing", error, .writing, at: url,
                    hint: FilesError.writingHint)
            }
        }
    }

    private func fill(_ file: OpenFile, _ rows: inout some WindowRowSequence) throws {
        let count = [head.windowCount]
        var recording = try file.createDataset(
            "/recording", of: Int32.self, shape: count, layout: .contiguous)
        var start = try file.createDataset(
            "/start", of: Int64.self, shape: count, layout: .contiguous)
        var label = try file.createDataset(
            "/label", of: Int16.self, shape: count, layout: .contiguous)
        while let batch = try rows.next() {
            try recording.append(
                [Int32](repeating: Int32(batch.recording), count: batch.starts.count))
            try start.append(batch.starts)
            try label.append(batch.labels)
        }
        try recording.finish()
        try start.finish()
        try label.finish()
    }

    private func fill<Value: Element>(
        _ file: OpenFile, _ name: String, _ rows: inout some WindowRowSequence,
        _ values: (WindowRows) -> [Value]
    ) throws {
        let count = [head.windowCount]
        var recording = try file.createDataset(
            "/recording", of: Int32.self, shape: count, layout: .contiguous)
        var start = try file.createDataset(
            "/start", of: Int64.self, shape: count, layout: .contiguous)
        var label = try file.createDataset(
            "/label", of: Int16.self, shape: count, layout: .contiguous)
        var data = try file.createDataset(
            name, of: Value.self, shape: count + head.rowShape, layout: .contiguous)
        while let batch = try rows.next() {
            try recording.append(
                [Int32](repeating: Int32(batch.recording), count: batch.starts.count))
            try start.append(batch.starts)
            try label.append(batch.labels)
            try data.append(values(batch))
        }
        try recording.finish()
        try start.finish()
        try label.finish()
        try data.finish()
    }

    private func describe(_ file: borrowing File) throws(HDF5Error) {
        for (name, text) in [
            ("format", WindowTableHead.format), ("software", SoftwareVersion.text),
            ("content", head.content.rawValue), ("label_rule", head.labelRule),
        ] { try file.setText(text, name, of: "/") }
        for (name, number) in [
            ("format_version", WindowTableHead.formatVersion), ("window_length", head.length),
            ("stride", head.stride),
        ] { try file.setNumber(Int64(number), name, of: "/") }
        try file.setNumber(head.samplingRate, "sampling_rate_hz", of: "/")
        for (name, texts) in [
            ("class_names", head.classes), ("channel_names", head.channels.map(\.name)),
            ("channel_units", head.channels.map(\.unit)), ("feature_names", head.featureNames),
            ("quality_excluded", head.excluded),
        ] where !texts.isEmpty { try file.setTexts(texts, name, of: "/") }
        // A group a recording: an attribute has no room for the names of thousands.
        for (index, origin) in head.recordings.enumerated() {
            let group = "/recordings/\(head.firstRecording + index)"
            try file.createGroup(group)
            try file.setText(origin.id, "id", of: group)
            try file.setText(origin.source, "source_name", of: group)
            try file.setText(origin.sourceSHA256, "source_sha256", of: group)
            try file.setNumber(origin.samplingRate, "sampling_rate_hz", of: group)
            for (name, number) in [
                ("sample_count", origin.sampleCount), ("window_length", origin.windowLength),
                ("windows", origin.windows),
            ] { try file.setNumber(Int64(number), name, of: group) }
            for (kind, count) in origin.leftOut.sorted(by: { $0.key < $1.key }) {
                let name = "left_out_" + kind.map { $0.isLetter ? String($0) : "_" }.joined()
                try file.setNumber(Int64(count), name, of: group)
            }
        }
    }
}
