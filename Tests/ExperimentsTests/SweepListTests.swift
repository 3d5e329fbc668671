import Documents
import Experiments
import Foundation
import TestSupport
import Testing

@Suite("Lists of a sweep's points")
struct SweepListTests {
    private static func point(_ seed: Int) -> SweepPoint {
        SweepPoint(
            identity: "settings \(seed)", keys: ["inner.learning_rate", "seed"],
            values: ["0.001", "\(seed)"])
    }

    @Test("an id depends on what a point is, not on what it is called")
    func ids() {
        let point = Self.point(1)
        // The beginning of `printf 'settings 1' | sha256sum`.
        #expect(point.id == Self.sha256Beginning)
        #expect(point.folder == "\(point.id)-learning_rate=0.001_seed=1")
        let renamed = SweepPoint(identity: "settings 1", keys: ["x"], values: ["a b/../é"])
        #expect(renamed.id == point.id)
        #expect(renamed.folder == "\(point.id)-x=a_b_..__")
        #expect(SweepPoint(identity: "y", keys: [], values: []).folder.count == 10)
    }

    private static let sha256Beginning = "d813da81a6"

    @Test("a list is read as it was written, and lists of parts are put together")
    func roundTrip() throws {
        let folder = try TemporaryFolder()
        let (a, b) = (folder.url.appending(path: "a"), folder.url.appending(path: "b"))
        let keys = ["inner.learning_rate", "seed"]
        let list = try SweepList(keys: keys, points: [Self.point(1), Self.point(2)])
        try list.write(to: a)
        #expect(try SweepList.read(in: a) == list)
        try SweepList(keys: keys, points: [Self.point(2), Self.point(3)]).write(to: b)
        let merged = try SweepList.read(merging: [a, b])
        #expect(merged.points == [Self.point(1), Self.point(2), Self.point(3)])
        let other = folder.url.appending(path: "other")
        try SweepList(keys: [], points: []).write(to: other)
        #expect(throws: ExperimentError.self) { try SweepList.read(merging: [a, other]) }
        #expect(throws: ExperimentError.self) {
            try SweepList.read(in: folder.url.appending(path: "none"))
        }
    }

    @Test("two points of the same settings are refused")
    func twice() {
        #expect(throws: ExperimentError.self) {
            try SweepList(
                keys: ["inner.learning_rate", "seed"], points: [Self.point(1), Self.point(1)])
        }
    }

    @Test(
        "a damaged list is refused with its place",
        arguments: [
            "{", #"{"format": "other", "format_version": 1, "keys": [], "points": []}"#,
            #"{"format": "myotask.sweep", "format_version": 2, "keys": [], "points": []}"#,
            #"{"format": "myotask.sweep", "format_version": 1, "keys": ["a"], "points": ["#
                + #"{"id": "1", "folder": "1", "values": []}]}"#,
            #"{"format": "myotask.sweep", "format_version": 1, "keys": [], "points": ["#
                + #"{"id": "1", "folder": "../1", "values": []}]}"#,
        ])
    func damaged(text: String) throws {
        let folder = try TemporaryFolder()
        try Data(text.utf8).write(to: folder.url.appending(path: "sweep.json"))
        let error = #expect(throws: DocumentError.self) { try SweepList.read(in: folder.url) }
        #expect(error?.description.contains("sweep.json") == true)
    }
}
