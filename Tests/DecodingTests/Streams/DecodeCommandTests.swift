import Decoding
import Documents
import EMGSignal
import Foundation
import TestSupport
import Testing

@Suite("myotask decode")
struct DecodeCommandTests {
    /// A bundle, a recording and what is to be said about it, in a folder.
    private struct Material: ~Copyable {
        let folder: TemporaryFolder
        let expected: String
        let samples: [Float]

        init(model: String = "cnn") throws {
            let samples = StreamFixture.samples(400)
            let folder = try TemporaryFolder()
            let bundle = try StreamFixture.bundle(model: model)
            try bundle.write(to: folder.url.appending(path: "b.myodec"))
            try StreamFixture.write(samples, to: folder.url.appending(path: "r.h5"))
            // All at once: what is not copied must not be half made when something throws.
            expected = try StreamFixture.lines(bundle, samples)
            self.folder = folder
            self.samples = samples
        }

        func decode(_ words: String) throws -> CommandRun {
            try CommandRun(
                ["decode", "b.myodec"] + words.split(separator: " ").map(String.init),
                in: folder.url)
        }
    }

    @Test(
        "the same samples give the same bytes, from wherever they come",
        arguments: [
            "--from replay:r.h5 --as-fast-as-possible", "--from replay:r.h5 --chunk 7",
            "--from replay:r.h5 --as-fast-as-possible --chunk 400 --to jsonl",
        ])
    func replay(words: String) throws {
        let material = try Material()
        let run = try material.decode(words)
        #expect(run.status == 0)
        #expect(run.output == material.expected)
        #expect(run.problems.contains("37 decisions from 400 samples"))
        #expect(run.problems.contains("5 non finite samples"))
    }

    @Test(arguments: ["cnn"] + StreamFixture.closed)
    func `the lines of predict are the same bytes, without the neutral output at the end`(
        model: String
    ) throws {
        let material = try Material(model: model)
        let run = try CommandRun(
            ["predict", "b.myodec", "r.h5", "--output", "p.jsonl"], in: material.folder.url)
        #expect(run.status == 0, "\(run.problems)")
        let predicted = try String(
            contentsOf: material.folder.url.appending(path: "p.jsonl"), encoding: .utf8)
        #expect(predicted.split(separator: "\n").count == 37)
        #expect(material.expected.hasPrefix(predicted))
        #expect(
            material.expected.dropFirst(predicted.count).split(separator: "\n").count == 1)
    }

    @Test func `decisions are those of predict`() throws {
        let material = try Material()
        let run = try CommandRun(
            ["predict", "b.myodec", "r.h5", "--output", "p.npy"], in: material.folder.url)
        #expect(run.status == 0, "\(run.problems)")
        let csv = try CommandRun(
            ["predict", "b.myodec", "r.h5", "--output", "p.csv"], in: material.folder.url)
        #expect(csv.status == 0)
        let rows = try String(
            contentsOf: material.folder.url.appending(path: "p.csv"), encoding: .utf8
        ).split(separator: "\n").dropFirst()
        let lines = material.expected.split(separator: "\n").dropLast()
        #expect(rows.count == lines.count)
        for (row, line) in zip(rows, lines) {
            let object = try Document(json: Array(line.utf8), name: "line").cursor.object()
            let numbers = try object.required("probabilities").array().map { try $0.number() }
            let cells = Set(row.split(separator: ",").compactMap { Double($0) })
            #expect(numbers.allSatisfy(cells.contains), "\(row) \(line)")
        }
    }

    @Test func `packets and tables come by standard input`() throws {
        let material = try Material()
        let packets =
            SamplePacket.description(
                of: StreamDescription(
                    channelCount: 4, names: StreamFixture.channels.map(\.name)))
            + SamplePacket.samples(material.samples, channels: 4, first: 0)
        try Data(packets).write(to: material.folder.url.appending(path: "packets"))
        let rows = (0..<400).map { row in
            (0..<4).map { "\(material.samples[row * 4 + $0])" }.joined(separator: ",")
        }
        let table = (["emg0,emg1,emg2,emg3"] + rows).joined(separator: "\n")
        try Data(table.utf8).write(to: material.folder.url.appending(path: "table"))
        let command = try CommandRun.executable().path()
        let folder = material.folder.url.path()
        for (source, file) in [("stdin", "packets"), ("stdin:csv", "table")] {
            let run = try Shell.run(
                "cd \(folder) && \(command) decode b.myodec --from \(source) < \(file) 2>/dev/null")
            #expect(run.status == 0)
            #expect(run.output == material.expected, "\(source)")
        }
    }

    @Test
    func `with --json the last line is a summary, and the only one when decisions go elsewhere`()
        throws
    {
        let material = try Material()
        let run = try material.decode(
            "--from replay:r.h5 --as-fast-as-possible --to jsonl:d.jsonl --json")
        #expect(run.status == 0)
        let summary = try Document(json: Array(run.output.utf8), name: "output").cursor.object()
            .required("summary").object()
        #expect(try summary.required("decisions").integer() == 37)
        #expect(try summary.required("fault_decisions").integer() == 4)
        let latency = try summary.required("latency").object()
        let values = try ["p50_seconds", "p99_seconds", "p999_seconds", "max_seconds"].map {
            try latency.required($0).number()
        }
        #expect(values == values.sorted())
        let both = try material.decode("--from replay:r.h5 --as-fast-as-possible --json")
        #expect(both.output.hasPrefix(material.expected))
        #expect(both.output.dropFirst(material.expected.count).hasPrefix("{\"summary\":"))
    }

    @Test(
        "somebody who stops it finds a neutral output at the end",
        arguments: [SIGINT, SIGTERM, SIGHUP])
    func stop(number: Int32) throws {
        let material = try Material()
        let process = Process()
        process.executableURL = try CommandRun.executable()
        process.arguments = [
            "decode", "b.myodec", "--from", "replay:r.h5", "--chunk", "1", "--to", "jsonl:d.jsonl",
            "--to", "jsonl",
        ]
        process.currentDirectoryURL = material.folder.url
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        try process.run()
        // When the first decision is there, it has begun.
        var output = pipe.fileHandleForReading.availableData
        kill(process.processIdentifier, number)
        output += try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        #expect(process.terminationReason == .exit)
        #expect(process.terminationStatus == 130)
        let lines = String(decoding: output, as: UTF8.self).split(separator: "\n")
        #expect(lines.last?.contains("\"cause\":\"stopped\"") == true)
        let file = try String(
            contentsOf: material.folder.url.appending(path: "d.jsonl"), encoding: .utf8)
        #expect(file == String(decoding: output, as: UTF8.self))
        #expect(lines.count < 38)
    }

    @Test func `when a reader goes away, the others are told`() throws {
        let material = try Material()
        let command = try CommandRun.executable().path()
        let run = try Shell.run(
            "cd \(material.folder.url.path()) && { \(command) decode b.myodec --from replay:r.h5 "
                + "--to jsonl --to jsonl:d.jsonl 2>err; echo $? >>err; } | head -c 1 >/dev/null; "
                + "cat err d.jsonl")
        #expect(run.output.contains("cannot be written: broken pipe"))
        #expect(run.output.contains("\n1\n"))
        let lines = run.output.split(separator: "\n")
        #expect(lines.last?.contains("\"cause\":\"failed\"") == true, "\(run.output)")
    }

    @Test(
        "what is not understood ends with status 2",
        arguments: [
            ("--from nowhere", "replay:FILE, stdin"),
            ("--from stdin --to nowhere", "udp:HOST:PORT"),
            ("--from stdin --chunk 4", "for replay:FILE"),
            ("--from replay:r.h5 --chunk 0", "at least 1"),
            ("--from stdin --channels 4-2", "--channels"), ("--from stdin --wait -1", "--wait"),
            ("--from stdin --channels 1-4 --map-channels by-name", "exclude each other"),
            ("--from stdin --map-channels x", "by-name"),
        ])
    func usage(words: String, message: String) throws {
        let material = try Material()
        let run = try material.decode(words)
        #expect(run.status == 2, "\(run.problems)")
        #expect(run.problems.contains(message), "\(run.problems)")
    }

    @Test(
        "what cannot be done ends with status 1, and why",
        arguments: [
            ("--from replay:missing.h5", "missing.h5"),
            ("--from replay:r.h5 --to lsl:x --lsl-library /nowhere", "liblsl"),
            ("--from tcp:quattrocento@127.0.0.1", "sampling rate"),
            ("--from replay:r.h5 --channels 1,2,3,9", "a channel from 1 to 4"),
        ])
    func refused(words: String, message: String) throws {
        let material = try Material()
        let run = try material.decode(words)
        #expect(run.status == 1, "\(run.problems)")
        #expect(run.problems.contains(message), "\(run.problems)")
    }
}
