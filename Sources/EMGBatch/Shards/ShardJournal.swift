private import Digests
internal import Documents
internal import EMGArchive
internal import Files
internal import Foundation
internal import Sharding

/// What shards have made so far, a line a recording, so that one that was killed goes on.
///
/// Histories of recordings do not tell every setting that samples depend on, so what is there is
/// trusted only when the very file is: a line says of which file, by which settings, which file was
/// made, both by size and time of change. Anything else is made again.
struct ShardJournal: Sendable {
    private static let ending = ".journal"

    /// What was made of a recording.
    fileprivate struct Line: Sendable, Hashable {
        let recording: String
        let madeOf: String
        let result: String
    }

    private let url: URL
    private var file: AppendedFile?
    private var made: Set<Line> = []
    private let key: String

    /// Reads the journals of processes before this one.
    ///
    /// - Parameters:
    ///   - folder: The folder of journals; made when there is something to write.
    ///   - shard: Which part this process does.
    ///   - settings: What results depend on beside their inputs.
    /// - Throws: `FilesError` when the folder cannot be listed.
    init(in folder: URL, _ shard: Shard, settings: String) throws(FilesError) {
        key = SHA256.digest(of: Array(settings.utf8))
        let machine = HostName.current.map { $0.isLetter || $0.isNumber ? String($0) : "_" }
        let process = ProcessInfo.processInfo.processIdentifier
        url = folder.appending(
            path: "\(shard.fileName).\(machine.joined()).\(process)\(Self.ending)",
            directoryHint: .notDirectory)
        guard Folder.exists(at: folder) else { return }
        for name in try Folder.names(in: folder) where name.hasSuffix(Self.ending) {
            let url = folder.appending(path: name, directoryHint: .notDirectory)
            // Half a line, or a journal that cannot be read, costs work and nothing else.
            guard let text = try? String(contentsOf: url, encoding: .utf8) else { continue }
            made.formUnion(text.split(separator: "\n").compactMap { Line($0) })
        }
    }

    /// Whether what was made of a recording with these settings is still there.
    ///
    /// - Parameters:
    ///   - recording: Its id.
    ///   - input: Its file, as it is.
    ///   - output: The file that was made.
    /// - Returns: Whether nothing is left to do.
    func has(_ recording: String, of input: FileStamp?, at output: URL) -> Bool {
        line(recording, of: input, at: output).map(made.contains) ?? false
    }

    /// Adds what was made of a recording.
    ///
    /// - Parameters:
    ///   - recording: Its id.
    ///   - input: Its file, as it was before it was read.
    ///   - output: The file that was made.
    /// - Throws: `FilesError` when the disk does not take it.
    mutating func add(
        _ recording: String, of input: FileStamp?, at output: URL
    ) throws(FilesError) {
        guard let line = line(recording, of: input, at: output) else { return }
        if file == nil { file = try AppendedFile(url) }
        try file?.append(Array(line.text.utf8))
    }

    private func line(_ recording: String, of input: FileStamp?, at output: URL) -> Line? {
        guard let input, let result = FileStamp(output) else { return nil }
        return Line(recording: recording, madeOf: "\(key) \(input.text)", result: result.text)
    }
}

extension ShardJournal.Line {
    fileprivate init?(_ text: some StringProtocol) {
        guard let object = try? Document(json: text.utf8, name: "").cursor.object(),
            let recording = try? object.required("recording").string(),
            let madeOf = try? object.required("made_of").string(),
            let result = try? object.required("result").string()
        else { return nil }
        self.init(recording: recording, madeOf: madeOf, result: result)
    }

    fileprivate var text: String {
        DocumentValue.object([
            "recording": .string(recording), "made_of": .string(madeOf),
            "result": .string(result),
        ]).json() + "\n"
    }
}

/// What tells a file from the one that had its name before.
struct FileStamp: Sendable, Hashable {
    /// Its size in bytes and the time of its last change in nanoseconds.
    let text: String

    /// Looks at a file, links followed; `nil` when there is none.
    init?(_ url: URL) {
        var status = stat()
        guard unsafe stat(url.path(percentEncoded: false), &status) == 0 else { return nil }
        #if canImport(Darwin)
            let changed = status.st_mtimespec
        #else
            let changed = status.st_mtim
        #endif
        text = "\(status.st_size) \(changed.tv_sec).\(changed.tv_nsec)"
    }
}
