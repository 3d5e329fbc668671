internal import EMGIngest
internal import EMGSignal
internal import Foundation

/// What is asked of a worker: one line of JSON.
enum WorkerJob: Codable {
    /// What a file is.
    case examine(path: String)
    /// What a source holds.
    case inspect(WorkerSource)
    /// To convert a source into the archive of a folder.
    case convert(WorkerSource, archive: String)

    /// The file or folder.
    var path: String {
        switch self {
        case .examine(let path): path
        case .inspect(let source), .convert(let source, _): source.path
        }
    }
}

/// What a worker answers: one line of JSON each.
enum WorkerAnswer: Codable {
    /// The job is done so far, from 0 to 1.
    case progress(Double)
    /// What the file is.
    case found(WorkerSource, warnings: [IngestWarning], isFromPlace: Bool)
    /// What the parts of the source hold.
    case inspected([RecordingInspection])
    /// What came of a conversion.
    case converted(BatchItem)
    /// The job cannot be done.
    case failed(IngestError)
    /// The library got nowhere for so many seconds of work: the worker ends itself.
    case stuck(seconds: Int)
}

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

extension JSONEncoder {
    /// Writes messages between processes: any number can be said.
    static var messages: JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .withoutEscapingSlashes
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        return encoder
    }
}

extension JSONDecoder {
    /// Reads what ``Foundation/JSONEncoder/messages`` writes.
    static var messages: JSONDecoder {
        let decoder = JSONDecoder()
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        return decoder
    }
}
