import EMGArchive
import EMGReview
import EMGSignal
import Foundation
import PageServer
import TestSupport

/// An archive of a few recordings in a folder, and a desk that reviews it.
struct SmallArchive: ~Copyable {
    let folder: TemporaryFolder
    let archive: RecordingArchive

    init(patients: Int = 3) throws {
        let folder = try TemporaryFolder()
        let archive = RecordingArchive(folder: folder.url.appending(path: "archive"))
        for patient in 1...patients { try archive.write(Self.recording(patient)) }
        self.folder = folder
        self.archive = archive
    }

    static func recording(_ patient: Int) throws -> Recording {
        let counts: [(UInt8, Int)] = [
            (0, 80), (1, 60), (0, 70), (2, 60), (0, 90), (1, 60), (0, 80), (2, 60), (0, 80),
        ]
        let labels = counts.flatMap { Array(repeating: $0.0, count: $0.1) }
        let values = (0..<labels.count * 2).map { Float(($0 * 37 + patient * 11) % 101) - 50 }
        return try Recording(
            RecordingDescription(
                identity: RecordingIdentity(
                    patient: "p\(patient)", session: "day1", condition: "111"),
                channels: [Channel(name: "emg0", unit: "uV"), Channel(name: "emg1", unit: "uV")],
                samplingRate: SamplingRate(hertz: 200),
                source: SourceFile(
                    name: "p\(patient).csv", sha256: String(repeating: "\(patient % 10)", count: 64)
                )),
            samples: SampleMatrix(values: values, channelCount: 2),
            labels: LabelTrack(classNames: ["relax", "open", "close"], values: labels))
    }

    var editsURL: URL { folder.url.appending(path: "archive.edits.json") }

    func service() throws -> ReviewService {
        let service = try ReviewService.open(
            ReviewSettings(
                archive: archive.folder, edits: editsURL,
                collection: folder.url.appending(path: "study.json"), reviewer: "ana", threads: 2))
        service.access.port = 4000
        return service
    }
}

/// A browser that was let in.
struct Visitor {
    let service: ReviewService
    let cookie: String

    init(_ service: ReviewService) {
        self.service = service
        let answer = service.respond(
            to: PageRequest(
                path: "/", query: "token=\(service.access.makeToken())",
                headers: ["host": ["127.0.0.1:4000"]]))
        cookie = String((answer.headers["Set-Cookie"] ?? "").split(separator: ";").first ?? "")
    }

    func get(_ path: String, _ query: String = "") -> PageResponse {
        service.respond(
            to: PageRequest(
                path: path, query: query,
                headers: ["host": ["127.0.0.1:4000"], "cookie": [cookie]]))
    }

    func post(_ path: String, _ body: String, revision: Int? = nil) -> PageResponse {
        var headers = [
            "host": ["127.0.0.1:4000"], "cookie": [cookie],
            "origin": ["http://127.0.0.1:4000"], "sec-fetch-site": ["same-origin"],
        ]
        headers["if-match"] = revision.map { ["\"\($0)\""] }
        return service.respond(
            to: PageRequest(
                method: "POST", path: path, headers: headers, body: Data(body.utf8)))
    }
}

extension PageResponse {
    var text: String { String(decoding: body, as: UTF8.self) }
}
