private import EMGFormats
package import EMGSignal
private import Files
package import Foundation
import PrintableText

/// Writes recordings as the comma-separated tables of the ROAM laboratory: a row index, `gt`,
/// `time_elapsed`, `current_time`, `current_task` and a column for each channel.
///
/// Samples are written so that reading them back gives the same ones.
package struct ROAMWriter: Sendable, Hashable {
    private static let blockRows = 4_096

    /// Creates a writer.
    package init() {}

    /// Writes a recording, whole or not at all.
    ///
    /// - Parameters:
    ///   - recording: The recording, labeled with relax, open and close, or some of them.
    ///   - url: Where; a file that is there is replaced.
    /// - Returns: What the format could not take over as it is, in words.
    /// - Throws: ``ExportError`` when the format cannot hold the recording or the file cannot be
    ///   written.
    @discardableResult
    package func write(_ recording: Recording, to url: URL) throws(ExportError) -> [String] {
        try write(RecordingHeader(recording, scaling: nil), rows: recording, to: url)
    }

    /// Writes a recording that may be larger than memory, whole or not at all.
    ///
    /// - Parameters:
    ///   - header: Everything but the rows.
    ///   - rows: As many as the header says.
    ///   - url: Where; a file that is there is replaced.
    /// - Returns: What the format could not take over as it is, in words.
    /// - Throws: ``ExportError``, see ``write(_:to:)``.
    @discardableResult
    package func write<Rows: RecordingRows>(
        _ header: RecordingHeader, rows: Rows, to url: URL
    ) throws(ExportError) -> [String] {
        let classes = try Self.classes(header)
        var lines = ROAMLines(header, classes: classes)
        try SequentialFile.write(to: url) { (file) throws(ExportError) in
            try file.append(Array(lines.header.utf8))
            var block = RowBlock()
            var start = 0
            while start < rows.sampleCount {
                let end = min(start + Self.blockRows, rows.sampleCount)
                do {
                    try rows.read(SampleRange(start: start, end: end), into: &block)
                } catch {
                    throw ExportError(.unreadable(reason: "\(error)"), of: header.identity.id)
                }
                try file.append(lines.bytes(block, firstRow: start))
                start = end
            }
        }
        return Self.notes(header, lines: lines)
    }

    /// The value of `gt` for each class.
    private static func classes(_ header: RecordingHeader) throws(ExportError) -> [Int] {
        func unsuitable(_ reason: String) -> ExportError {
            ExportError(
                .unsuitable(reason: reason), of: header.identity.id,
                hint: "write it as BDF, which holds any labels")
        }
        guard header.sampleCount > 0 else { throw unsuitable("it has no samples") }
        guard let names = header.classNames else {
            throw unsuitable("it has no labels, and the column gt needs one a row")
        }
        var values: [Int] = []
        for name in names {
            guard let value = ROAMTable.classNames.firstIndex(of: name) else {
                throw unsuitable(
                    "the column gt knows relax, open and close, the recording has the class "
                        + "\"\(name)\"")
            }
            values.append(value)
        }
        return values
    }

    private static func notes(_ header: RecordingHeader, lines: ROAMLines) -> [String] {
        var notes: [String] = []
        let names = header.channels.map(\.name)
        let written = names.indices.map(ROAMTable.channel)
        if names != written, names != names.indices.map({ "emg_\($0)" }) {
            notes.append("the channels are named emg0 to emg\(names.count - 1)")
        }
        if header.channels.contains(where: { $0.unit != "count" }) {
            notes.append("the table does not say that samples are in \(header.channels[0].unit)")
        }
        if !header.hasTimeStamps {
            let isBroken = header.quality.contains { $0.kind == .gap }
            notes.append(
                "time_elapsed was made of the sampling rate"
                    + (isBroken ? "; the gaps do not show in it" : ""))
        }
        if !header.targets.isEmpty { notes.append(header.targetsNote) }
        let kinds = header.quality.map(\.kind).filter { $0 != .gap && $0 != .nonFinite }
        if !kinds.isEmpty {
            let names = QualityInterval.Kind.allCases.filter(kinds.contains).map(\.name)
            notes.append(
                "\(kinds.count, of: "mark of quality is", plural: "marks of quality are") not "
                    + "written, the table has no place for them: \(names.joined(separator: ", "))")
        }
        if lines.nonFiniteCount > 0 {
            notes.append(
                "\(lines.nonFiniteCount, of: "sample is", plural: "samples are") not finite "
                    + "and are written as nan"
            )
        }
        return notes
    }
}
