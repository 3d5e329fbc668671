internal import EMGIngest
internal import EMGSignal
internal import Foundation

/// What a conversion asks of a worker: one line of JSON.
struct WorkerJob: Codable {
    /// The file or folder, as the user named it.
    let path: String
    /// The name of its format.
    let format: String
    /// The files it consists of.
    let files: [String]
    /// Patient, session, condition and run.
    let identity: [String]
    /// The folder of the archive that the recording goes to.
    let archive: String

    init(_ source: RecordingSource, archive: String) {
        path = source.url.relativePath
        format = source.format
        files = source.files.map(\.relativePath)
        let name = source.identity
        self.archive = archive
        identity = [name.patient, name.session, name.condition, name.run]
    }

    /// The source; `nil` when the identity cannot be one.
    var source: RecordingSource? {
        guard identity.count == 4,
            let name = try? RecordingIdentity(
                patient: identity[0], session: identity[1], condition: identity[2],
                run: identity[3])
        else { return nil }
        return RecordingSource(
            url: URL(filePath: path), identity: name, format: format,
            files: files.map { URL(filePath: $0) })
    }
}

/// What a worker answers: one line of JSON each.
enum WorkerAnswer: Codable {
    /// The job is done so far, from 0 to 1.
    case progress(Double)
    /// The job is done.
    case done(BatchItem)
}
