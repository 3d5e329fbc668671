internal import EMGIngest
internal import EMGSignal
internal import Foundation

/// A source on its way through a pipe.
struct WorkerSource: Codable {
    /// The file or folder, as the user named it.
    let path: String
    /// The name of its format.
    let format: String
    /// The files it consists of.
    let files: [String]
    /// Patient, session, condition and run.
    let identity: [String]

    init(_ source: RecordingSource) {
        path = source.url.relativePath
        format = source.format
        files = source.files.map(\.relativePath)
        let name = source.identity
        identity = [name.patient, name.session, name.condition, name.run]
    }

    /// The source.
    ///
    /// - Parameter url: The file or folder, where the one who asks has it at hand.
    /// - Returns: The source; `nil` when the identity cannot be one.
    func source(at url: URL? = nil) -> RecordingSource? {
        guard identity.count == 4,
            let name = try? RecordingIdentity(
                patient: identity[0], session: identity[1], condition: identity[2],
                run: identity[3])
        else { return nil }
        return RecordingSource(
            url: url ?? URL(filePath: path), identity: name, format: format,
            files: files.map { $0 == path ? url ?? URL(filePath: $0) : URL(filePath: $0) })
    }
}
