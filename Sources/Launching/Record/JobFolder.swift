package import Documents
package import Files
package import Foundation

/// The folder of a job beside what it makes: scripts, the record, events and logs.
///
///     OUTPUT/.jobs/2026-03-01_14-05-09/
///         job.json            what was handed over
///         shards.sh …         the scripts
///         events/ logs/       what shards told of themselves, and what they printed
///
/// A job that makes a single file has its folder at `.NAME.jobs` beside the file.
package struct JobFolder: Sendable, Hashable {
    /// The folder.
    package let url: URL

    private static let recordName = "job.json"

    private init(_ url: URL) { self.url = url }

    /// Where the jobs that made something have their folders.
    ///
    /// - Parameters:
    ///   - output: A folder, or a file, that commands write.
    ///   - isFile: Whether it is a file.
    /// - Returns: The folder that has them.
    static func place(of output: URL, isFile: Bool) -> URL {
        isFile
            ? output.deletingLastPathComponent().appending(
                path: ".\(output.lastPathComponent).jobs", directoryHint: .isDirectory)
            : output.appending(path: ".jobs", directoryHint: .isDirectory)
    }

    /// The folder that a new job gets; nothing is made.
    ///
    /// - Parameters:
    ///   - output: What the job makes.
    ///   - isFile: Whether that is a file.
    ///   - date: When it begins.
    /// - Returns: The folder.
    package static func new(for output: URL, isFile: Bool, at date: Date = Date()) -> JobFolder {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.dateFormat = "yyyy-MM-dd_HH-mm-ss"
        let place = place(of: output.absoluteURL.standardizedFileURL, isFile: isFile)
        let stamp = formatter.string(from: date)
        var name = stamp
        var count = 1
        while Folder.exists(at: place.appending(path: name)) {
            count += 1
            name = "\(stamp)-\(count)"
        }
        return JobFolder(place.appending(path: name, directoryHint: .isDirectory))
    }

    /// Finds the folder of a job.
    ///
    /// - Parameter place: What the job makes, of whose jobs the last is meant, or the folder itself.
    /// - Returns: The folder.
    /// - Throws: ``LaunchError`` when there is none, `FilesError` when a folder cannot be listed.
    package static func find(_ place: URL) throws -> JobFolder {
        let url = place.absoluteURL.standardizedFileURL
        if isJob(url) { return JobFolder(url) }
        for parent in [self.place(of: url, isFile: false), self.place(of: url, isFile: true), url]
        where Folder.exists(at: parent) {
            let names = try Folder.names(in: parent).sorted { lhs, rhs in
                // The second job of a second has a number behind its name.
                (lhs.prefix(19), lhs.count, lhs) < (rhs.prefix(19), rhs.count, rhs)
            }
            if let last = names.map({ parent.appending(path: $0, directoryHint: .isDirectory) })
                .last(where: isJob)
            {
                return JobFolder(last)
            }
        }
        throw LaunchError(
            .missingRecord, at: place.relativePath,
            hint: "name the output of a command that was given --launcher")
    }

    private static func isJob(_ url: URL) -> Bool {
        FileManager.default.fileExists(
            atPath: url.appending(path: recordName).path(percentEncoded: false))
    }

    /// The path for scripts and messages, without a slash at its end.
    package var path: String { Folder.path(of: url) }

    /// The script of a stage.
    package func script(of stage: JobStage) -> URL {
        url.appending(path: "\(stage.name).sh", directoryHint: .notDirectory)
    }

    /// What a shard prints.
    package func log(of shard: Int, in stage: JobStage) -> URL {
        url.appending(
            path: "logs/\(stage.fileName(of: shard)).log", directoryHint: .notDirectory)
    }

    /// The folder of events.
    package var eventFolder: URL { url.appending(path: "events", directoryHint: .isDirectory) }

    /// Makes the folder with its scripts; the record comes last.
    ///
    /// - Parameters:
    ///   - record: The record.
    ///   - scripts: The scripts.
    /// - Throws: `FilesError` when it cannot be written.
    package func make(_ record: JobRecord, _ scripts: [BatchScript]) throws(FilesError) {
        try Folder.make(eventFolder)
        try Folder.make(url.appending(path: "logs", directoryHint: .isDirectory))
        for script in scripts {
            try AtomicFile.write(script.text, to: self.script(of: script.stage))
        }
        try write(record)
    }

    /// The record.
    ///
    /// - Throws: `DocumentError` when it cannot be read.
    package func record() throws(DocumentError) -> JobRecord {
        try JobRecord(Document(contentsOf: url.appending(path: Self.recordName)))
    }

    /// Writes the record anew.
    ///
    /// - Throws: `FilesError` when it cannot be written.
    package func write(_ record: JobRecord) throws(FilesError) {
        try AtomicFile.write(
            record.document.json(
                .indented(onOneLine: ["stages.*", "submissions.*"], continuing: ["format_version"])),
            to: url.appending(path: Self.recordName, directoryHint: .notDirectory))
    }

    /// What a shard told of itself.
    ///
    /// - Throws: `FilesError` when there is a file of it that cannot be read.
    func events(of shard: Int, in stage: JobStage) throws(FilesError) -> [ShardEvent] {
        let file = eventFolder.appending(
            path: "\(stage.fileName(of: shard)).jsonl", directoryHint: .notDirectory)
        guard FileManager.default.fileExists(atPath: file.path(percentEncoded: false)) else {
            return []
        }
        do {
            let data = try Data(contentsOf: file)
            return ShardEvent.events(
                in: String(decoding: data, as: UTF8.self), name: file.lastPathComponent)
        } catch {
            throw FilesError(.looking, error, at: file)
        }
    }

    /// Whether some shard of a stage has told something already: a listing in place of a look at
    /// each file.
    func eventNames() throws(FilesError) -> Set<String> {
        Set(try Folder.names(in: eventFolder))
    }

    /// Removes the folder, of which nothing was handed over.
    ///
    /// - Throws: `FilesError` when it cannot be removed.
    package func remove() throws(FilesError) {
        do {
            try FileManager.default.removeItem(at: url)
        } catch {
            throw FilesError(.removing, error, at: url)
        }
    }
}
