import EMGArchive
import Foundation
import TestSupport
import Testing

@Suite struct AdaptCommandTests {
    /// Trains a run in a folder.
    ///
    /// - Returns: A recording of somebody.
    private static func recording(ofRunIn folder: URL) throws -> String {
        try "window: {length: 40, stride: 20}\nsplits: {test: 1}\nseed: 1\n".write(
            to: folder.appending(path: "c.yaml"), atomically: true, encoding: .utf8)
        try """
        model: {name: dnn, hidden: [16]}
        inner: {optimizer: adam, learning_rate: 1.0e-2, epochs: 6, batch_size: 32}
        outer: {optimizer: adamw, learning_rate: 1.0e-3}
        meta_epochs: 1
        """.write(to: folder.appending(path: "t.yaml"), atomically: true, encoding: .utf8)
        for call in [
            "synth --patients 3 --conditions 1 --seed 3 --output lab",
            "convert lab --output archive", "build archive --config c.yaml --output study",
            "train study.json --config t.yaml --output run",
        ] {
            let run = try CommandRun(call.split(separator: " ").map(String.init), in: folder)
            #expect(run.status == 0, "\(call): \(run.problems)")
        }
        let entries = try RecordingArchive(folder: folder.appending(path: "archive")).recordings()
        return "archive/\(try #require(entries.last).id).h5"
    }

    @Test func `what is better is written, what is refused is not`() throws {
        let temporary = try TemporaryFolder()
        let folder = temporary.url
        let recording = try Self.recording(ofRunIn: folder)
        func adapt(_ words: String...) throws -> CommandRun {
            try CommandRun(["adapt"] + words, in: folder)
        }
        func exists(_ name: String) -> Bool {
            FileManager.default.fileExists(
                atPath: folder.appending(path: name).path(percentEncoded: false))
        }
        let taken = try adapt(
            "run/decoders/random.myodec", recording, "--output", "new.myodec")
        #expect(taken.status == 0, "\(taken.output)")
        #expect(taken.output.contains("as it was") && taken.output.contains("adapted"))
        #expect(exists("new.myodec"))
        let shown = try CommandRun(["bundle", "new.myodec", "--card"], in: folder)
        #expect(shown.output.contains("## Adapted to a person"))

        // The adapted decoder is adapted to the same again: it is not better by that.
        let short = ["--support-seconds", "0.5"]
        let refused = try CommandRun(
            ["adapt", "new.myodec", recording, "--output", "no.myodec"] + short,
            in: folder)
        #expect(refused.status == 1, "\(refused.output)")
        #expect(!exists("no.myodec"))

        let dry = try adapt("run/decoders/random.myodec", recording, "--dry-run")
        #expect(dry.status == 0)
        let forced = try CommandRun(
            ["adapt", "new.myodec", recording, "--output", "forced.myodec", "--force"] + short,
            in: folder)
        #expect(forced.status == 0, "\(forced.output)")
        #expect(exists("forced.myodec"))
        let twice = try adapt(
            "run/decoders/random.myodec", recording, "--output", "new.myodec")
        #expect(twice.status == 1 && twice.problems.contains("is there already"))
    }

    @Test func `options that exclude each other, and none to write to, are refused`() throws {
        let folder = try TemporaryFolder()
        for words in [
            ["adapt", "a.myodec", "b.h5"],
            ["adapt", "a.myodec", "b.h5", "--dry-run", "--whole", "--support-seconds", "3"],
        ] {
            #expect(try CommandRun(words, in: folder.url).status == 2)
        }
    }
}
