package import EMGFormats
package import EMGSignal
internal import Files
package import Foundation
import PrintableText

/// Writes recordings as EDF+ or BDF+.
///
/// Whole numbers of a converter go out as they came in when the recording knows the way back to
/// them; other samples are rounded to steps of their range, which is said. Labels become
/// annotations, and so do gaps and whatever else is the matter with samples. The same recording always gives the same bytes.
package struct EDFWriter: Sendable, Hashable {
    /// The width of samples.
    package var format: EDFFormat
    /// When the recording began; `nil` for the date of anonymous files.
    package var start: EDFStartTime?

    /// Creates a writer.
    ///
    /// - Parameters:
    ///   - format: The width of samples.
    ///   - start: When recordings began; `nil` for the date of anonymous files.
    package init(_ format: EDFFormat, start: EDFStartTime? = nil) {
        self.format = format
        self.start = start
    }

    /// Writes a recording, whole or not at all.
    ///
    /// - Parameters:
    ///   - recording: The recording.
    ///   - scaling: The way back to the numbers of its source; `nil` when there is none.
    ///   - url: Where; a file that is there is replaced.
    /// - Returns: What the format could not take over as it is, in words.
    /// - Throws: ``ExportError`` when the format cannot hold the recording or the file cannot be
    ///   written.
    @discardableResult
    package func write(
        _ recording: Recording, scaling: ADCScaling? = nil, to url: URL
    ) throws(ExportError) -> [String] {
        try write(RecordingHeader(recording, scaling: scaling), rows: recording, to: url)
    }

    /// Writes a recording that may be larger than memory, whole or not at all. Its rows are read
    /// twice.
    ///
    /// - Parameters:
    ///   - header: Everything but the rows.
    ///   - rows: As many as the header says.
    ///   - url: Where; a file that is there is replaced.
    /// - Returns: What the format could not take over as it is, in words.
    /// - Throws: ``ExportError``, see ``write(_:scaling:to:)``.
    @discardableResult
    package func write<Rows: RecordingRows>(
        _ header: RecordingHeader, rows: Rows, to url: URL
    ) throws(ExportError) -> [String] {
        let layout = try EDFLayout.plan(header, rows: rows, format: format, start: start)
        try write(layout, rows: rows, of: header, to: url)
        return layout.notes
    }

    func write<Rows: RecordingRows>(
        _ layout: EDFLayout, rows: Rows, of header: RecordingHeader, to url: URL
    ) throws(ExportError) {
        try SequentialFile.write(to: url) { (file) throws(ExportError) in
            try file.append(layout.headerBytes)
            try writeRecords(layout, rows: rows, of: header, to: &file)
        }
    }

    private func writeRecords<Rows: RecordingRows>(
        _ layout: EDFLayout, rows: Rows, of header: RecordingHeader,
        to file: inout SequentialFile<ExportError>
    ) throws(ExportError) {
        let plan = layout.plan
        let length = plan.length.samples
        var annotations = layout.annotations
        var block = RowBlock()
        var values: [Float] = []
        var last: [Float] = []
        var record = EDFRecord(layout.codings, samples: length, format: format)
        // Many short records are read at a time.
        let recordsPerBlock = max(1, 4_096 / length)
        for firstRecord in stride(from: 0, to: plan.recordCount, by: recordsPerBlock) {
            let endRecord = min(plan.recordCount, firstRecord + recordsPerBlock)
            let samples = SampleRange(
                start: firstRecord * length, end: min(endRecord * length, plan.sampleCount))
            values.removeAll(keepingCapacity: true)
            for content in plan.contents(of: samples) {
                switch content {
                case .filling(let count):
                    for _ in 0..<count { values += last }
                case .rows(let range):
                    do {
                        try rows.read(range, into: &block)
                    } catch {
                        throw ExportError(
                            .unreadable(reason: "\(error)"), of: header.identity.id)
                    }
                    values += block.samples
                    last = Array(block.samples.suffix(layout.codings.count))
                }
            }
            for number in firstRecord..<endRecord {
                let first = (number - firstRecord) * length
                record.encode(values, from: first, to: min(first + length, samples.count))
                try file.append(record.bytes)
                try file.append(
                    annotations.bytes(ofRecord: number, onset: plan.onset(ofRecord: number)))
            }
        }
    }
}

extension RecordingHeader {
    /// The rows that a gap ends at, in order.
    var gapRows: [Int] {
        let rows = quality.filter { $0.kind == .gap }.map(\.range.start)
        return Set(rows.filter { $0 > 0 && $0 < sampleCount }).sorted()
    }

    /// Says which targets a format has no place for.
    var targetsNote: String {
        let names = targets.map(\.name)
        return
            "\(names.count, of: "target track is", plural: "target tracks are") not written, "
            + "the format has no place for them: "
            + names.prefix(10).joined(separator: ", ") + (names.count > 10 ? ", …" : "")
    }
}
