private import ErrorReports
private import Files
package import Foundation
private import Protobuf

/// A TensorBoard event file that grows by a record at a time.
///
/// Records are written whole, one system call each, so that a file of a process that was killed
/// ends in a sound record or in the beginning of one, which ``keep(in:while:)`` and TensorBoard
/// leave out. The format is `Event` of TensorFlow's event.proto in the frames of its record files.
package final class EventFile {
    /// The file.
    package var url: URL { file.url }

    private let file: AppendedFile

    /// Begins a new file in a folder, which TensorBoard reads after those that are there.
    ///
    /// - Parameters:
    ///   - folder: The folder; made when it is missing.
    ///   - now: The time of the first record.
    /// - Throws: ``EventFileError`` when it cannot be written.
    package init(in folder: URL, now: Date = Date()) throws(EventFileError) {
        // TensorBoard reads a folder's files in the order of their names.
        let others = try Self.files(in: folder).compactMap { Self.time(in: $0.lastPathComponent) }
        let time = max(Int(now.timeIntervalSince1970), (others.max() ?? 0) + 1)
        let digits = String(time)
        let name =
            Self.prefix + String(repeating: "0", count: max(0, 10 - digits.count)) + digits
            + ".myotask"
        file = try EventFileError.wrapping { () throws(FilesError) in
            try AppendedFile(
                folder.appending(path: name, directoryHint: .notDirectory), isNew: true)
        }
        var event = Self.event(at: now, step: 0)
        event.add("brain.Event:2", as: 3)
        try append(event)
    }

    /// Appends values of one step.
    ///
    /// - Parameters:
    ///   - values: The values.
    ///   - step: The step, at least 0.
    ///   - now: The time that is shown with them.
    /// - Throws: ``EventFileError`` when they cannot be written; the file then ends before them.
    package func append(
        _ values: [SummaryValue], step: Int, now: Date = Date()
    ) throws(EventFileError) {
        var summary = ProtobufMessage()
        for value in values { summary.add(value.message, as: 1) }
        var event = Self.event(at: now, step: step)
        event.add(summary, as: 5)
        try append(event)
    }

    private func append(_ event: ProtobufMessage) throws(EventFileError) {
        try EventFileError.wrapping { () throws(FilesError) in
            try file.append(Record.framed(event.bytes))
        }
    }

    private static func event(at time: Date, step: Int) -> ProtobufMessage {
        var event = ProtobufMessage()
        event.add(time.timeIntervalSince1970, as: 1)
        event.add(step, as: 2)
        return event
    }

    // MARK: Files of a folder

    private static let prefix = "events.out.tfevents."

    /// A folder's event files in the order in which TensorBoard reads them.
    ///
    /// - Parameter folder: The folder; one that is not there has none.
    /// - Returns: The files.
    /// - Throws: ``EventFileError`` when it cannot be read.
    package static func files(in folder: URL) throws(EventFileError) -> [URL] {
        let path = folder.path(percentEncoded: false)
        guard FileManager.default.fileExists(atPath: path) else { return [] }
        let names = try EventFileError.wrapping { () throws(FilesError) in
            try Folder.names(in: folder)
        }
        return names.filter { $0.hasPrefix(prefix) }.sorted()
            .map { folder.appending(path: $0, directoryHint: .notDirectory) }
    }

    /// Shortens a folder's event files to what was written before some moment: the first record
    /// that is not wanted goes, with all behind it, as does a record that was not finished.
    ///
    /// A run that is resumed from an earlier state so has no step twice.
    ///
    /// - Parameters:
    ///   - folder: The folder; one that is not there has no files.
    ///   - isWanted: Whether a record's values stay, by their step and the first one's tag.
    /// - Throws: ``EventFileError`` when a file cannot be read or shortened.
    package static func keep(
        in folder: URL, while isWanted: (_ step: Int, _ tag: String) -> Bool
    ) throws(EventFileError) {
        var isOver = false
        for url in try files(in: folder) {
            do {
                guard !isOver else {
                    try FileManager.default.removeItem(at: url)
                    continue
                }
                let bytes = [UInt8](try Data(contentsOf: url))
                var place = 0
                while let record = Record.bytes(in: bytes, at: place) {
                    if let (step, tag) = values(of: record), !isWanted(step, tag) {
                        isOver = true
                        break
                    }
                    place = record.endIndex + 4
                }
                guard place < bytes.count else { continue }
                let handle = try FileHandle(forWritingTo: url)
                defer { handle.closeFile() }
                try handle.truncate(atOffset: UInt64(place))
            } catch {
                throw EventFileError(
                    .unreadable(reason: SystemReason.of(error)),
                    at: url.path(percentEncoded: false))
            }
        }
    }

    /// Step and first tag of a record that has values.
    private static func values(of record: ArraySlice<UInt8>) -> (step: Int, tag: String)? {
        var step = 0
        var tag: String?
        for (field, value) in ProtobufFields(record) {
            switch (field, value) {
            case (2, .number(let number)): step = Int(truncatingIfNeeded: number)
            case (5, .bytes(let summary)):
                guard
                    case (1, .bytes(let first))? = ProtobufFields(summary).first(where: { _ in
                        true
                    })
                else { continue }
                for case (1, .bytes(let text)) in ProtobufFields(first) {
                    tag = String(decoding: text, as: UTF8.self)
                    break
                }
            default: break
            }
        }
        return tag.map { (step, $0) }
    }

    private static func time(in name: String) -> Int? {
        Int(name.dropFirst(prefix.count).prefix { $0 != "." })
    }
}
