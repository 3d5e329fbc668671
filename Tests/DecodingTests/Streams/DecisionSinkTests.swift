import Decoding
import Documents
import EMGSignal
import Foundation
import TestSupport
import Testing

@Suite struct DecisionSinkTests {
    /// Decodes 400 samples into sinks.
    private func decode(to sinks: [String], in folder: URL, stamps: Bool = false) throws
        -> StreamSummary
    {
        let file = folder.appending(path: "r.h5")
        try StreamFixture.write(StreamFixture.samples(400), to: file)
        let opened = try sinks.map {
            try SinkAddress($0).open(
                classNames: StreamFixture.classes, hasStamps: stamps, lslLibrary: nil)
        }
        var loop = try DecodingLoop(
            try StreamFixture.bundle(), from: ReplaySource(file, isRealTime: false), to: opened)
        return try loop.run()
    }

    /// A record, read by the layout of the documentation.
    private struct Record {
        let bytes: [UInt8]

        func integer(_ place: Int, _ size: Int) -> Int {
            let number = (0..<size).reduce(0) { $0 | Int(bytes[place + $1]) << (8 * $1) }
            let sign = 64 - 8 * size
            return (number << sign) >> sign
        }

        func number(_ place: Int) -> Double {
            Double(bitPattern: UInt64(bitPattern: Int64(integer(place, 8))))
        }

        /// The same as a line of JSON, but for the name of the class.
        var line: String {
            let states = ["decided", "rejected", "held", "fault"]
            let probabilities = (0..<integer(6, 2)).map { "\(number(64 + 8 * $0))" }
            func optional(_ number: Int) -> String { number < 0 ? "null" : "\(number)" }
            let label = integer(40, 4)
            let name = label < 0 ? "null" : "\"\(StreamFixture.classes[label])\""
            let cause = bytes[57] == 0 ? "" : ",\"cause\":\"ended\""
            return """
                {"decision":\(optional(integer(8, 8))),"sample":\(optional(integer(16, 8))),\
                "class":\(name),"label":\(optional(label)),\
                "likeliest":\(optional(integer(44, 4))),"velocity":\(number(48)),\
                "state":"\(states[Int(bytes[56])])",\
                "probabilities":[\(probabilities.joined(separator: ","))]\(cause)}

                """
        }
    }

    private func expected() throws -> String {
        try StreamFixture.lines(StreamFixture.bundle(), StreamFixture.samples(400))
    }

    @Test func `lines in a file are JSON, and whoever is there already is not overwritten`() throws
    {
        let folder = try TemporaryFolder()
        let file = folder.url.appending(path: "d.jsonl")
        _ = try decode(to: ["jsonl:\(file.path())"], in: folder.url)
        let text = try String(contentsOf: file, encoding: .utf8)
        #expect(text == (try expected()))
        for line in text.split(separator: "\n") {
            let object = try Document(json: Array(line.utf8), name: "line").cursor.object()
            let sum = try object.required("probabilities").array().map { try $0.number() }
                .reduce(0, +)
            let state = try object.required("state").string()
            #expect(abs(sum - (state == "fault" ? 0 : 1)) < 1e-12)
        }
        let error = #expect(throws: DecodingError.self) {
            _ = try SinkAddress("jsonl:\(file.path())").open(
                classNames: StreamFixture.classes, hasStamps: false, lslLibrary: nil)
        }
        #expect(error?.kindName == "already_exists")
    }

    @Test func `stamps say when samples arrived and when they were decided about`() throws {
        let folder = try TemporaryFolder()
        let file = folder.url.appending(path: "d.jsonl")
        _ = try decode(to: ["jsonl:\(file.path())"], in: folder.url, stamps: true)
        let text = try String(contentsOf: file, encoding: .utf8)
        for line in text.split(separator: "\n") {
            let object = try Document(json: Array(line.utf8), name: "line").cursor.object()
            let arrival = try object.required("arrival_ns").integer()
            #expect(try object.required("decision_ns").integer() >= arrival)
        }
    }

    @Test("a datagram holds a decision", arguments: [false, true])
    func datagrams(isBinary: Bool) throws {
        let folder = try TemporaryFolder()
        let (receiver, port) = try Loopback.receiver()
        let scheme = isBinary ? "udp-bytes" : "udp"
        _ = try decode(to: ["\(scheme):127.0.0.1:\(port)"], in: folder.url)
        let datagrams = (0..<38).map { _ in Loopback.datagram(4_096, from: receiver) }
        if isBinary {
            #expect(datagrams.allSatisfy { $0.count == 64 + 3 * 8 })
            #expect(datagrams.map { Record(bytes: $0).line }.joined() == (try expected()))
        } else {
            let text = datagrams.map { String(decoding: $0, as: UTF8.self) }.joined()
            #expect(text == (try expected()))
        }
    }

    @Test func `a controller that is there reads records from a socket`() throws {
        let folder = try TemporaryFolder()
        let path = folder.url.appending(path: "s").path()
        let received = Commands()
        let sink = try SinkAddress("socket:\(path)").open(
            classNames: StreamFixture.classes, hasStamps: false, lslLibrary: nil)
        let controller = Loopback.connection(to: path)
        Thread.detachNewThread { received.add(Loopback.receive(1 << 20, from: controller)) }
        let file = folder.url.appending(path: "r.h5")
        try StreamFixture.write(StreamFixture.samples(400), to: file)
        // In real time, so that there is room for each.
        var loop = try DecodingLoop(
            try StreamFixture.bundle(), from: ReplaySource(file, isRealTime: true), to: [sink])
        _ = try loop.run()
        received.wait(for: 1)
        let bytes = received.all[0]
        let records = stride(from: 0, to: bytes.count, by: 88).map {
            Record(bytes: Array(bytes[$0..<$0 + 88]))
        }
        let lines = records.filter { $0.bytes[57] != 1 }.map(\.line).joined()
        #expect(lines == (try expected()))
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test func `a controller that is slow loses the oldest records and never half a one`() throws {
        let folder = try TemporaryFolder()
        let path = folder.url.appending(path: "s").path()
        let sink = try SinkAddress("socket:\(path)").open(
            classNames: StreamFixture.classes, hasStamps: false, lslLibrary: nil)
        let controller = Loopback.connection(to: path)
        let probabilities = [0.25, 0.5, 0.25]
        let total = 5_000
        for index in 0..<total {
            let output = ControlOutput(label: 1, velocity: 1, state: .decided)
            sink.put(
                DecisionRecord(
                    decision: Decision(
                        index: index, sample: index, likeliestClass: 1, output: output),
                    cause: nil, arrival: 1, decided: 2), probabilities.span)
        }
        #expect(sink.droppedCount > 1_000)
        let received = Commands()
        Thread.detachNewThread { received.add(Loopback.receive(1 << 22, from: controller)) }
        sink.close()
        received.wait(for: 1)
        let bytes = received.all[0]
        #expect(bytes.count.isMultiple(of: 88))
        let records = stride(from: 0, to: bytes.count, by: 88).map {
            Record(bytes: Array(bytes[$0..<$0 + 88]))
        }
        #expect(records.allSatisfy { Array($0.bytes[..<4]) == Array("MYOD".utf8) })
        let numbers = records.map { $0.integer(8, 8) }
        #expect(numbers == numbers.sorted())
        #expect(numbers.last == total - 1)
        #expect(numbers.count + sink.droppedCount == total)
    }

    @Test func `a socket that a killed process left is replaced, one that is in use is not`() throws
    {
        let folder = try TemporaryFolder()
        let path = folder.url.appending(path: "s").path()
        func open() throws -> any DecisionSink {
            try SinkAddress("socket:\(path)").open(
                classNames: StreamFixture.classes, hasStamps: false, lslLibrary: nil)
        }
        do {
            let first = try open()
            let error = #expect(throws: DecodingError.self) { _ = try open() }
            #expect(error?.kindName == "unreachable")
            withExtendedLifetime(first) {}
        }
        // Not closed, only gone: the file is still there.
        #expect(FileManager.default.fileExists(atPath: path))
        try open().close()
        let plain = folder.url.appending(path: "plain")
        try Data("precious".utf8).write(to: plain)
        #expect(throws: DecodingError.self) {
            _ = try SinkAddress("socket:\(plain.path())").open(
                classNames: StreamFixture.classes, hasStamps: false, lslLibrary: nil)
        }
        #expect(try String(contentsOf: plain, encoding: .utf8) == "precious")
    }

    @Test(
        "text that is no address is refused",
        arguments: ["", "udp:", "udp:x", "lsl:", "socket:", "x:y"])
    func addresses(text: String) {
        #expect(throws: DecodingError.self) { try SinkAddress(text) }
    }

    @Test func `a library that is not there is said so in a sentence`() {
        let error = #expect(throws: DecodingError.self) {
            _ = try SinkAddress("lsl:x").open(
                classNames: ["a"], hasStamps: false, lslLibrary: "/nowhere/liblsl.so")
        }
        #expect(error?.kindName == "missing_library")
        #expect(error?.description.contains("--lsl-library") == true)
    }
}
