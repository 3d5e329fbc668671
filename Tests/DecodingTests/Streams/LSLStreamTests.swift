import Decoding
import Documents
import Foundation
import TestSupport
import Testing

@Suite(.enabled(if: LSLPython.isPresent, "needs root, Linux and Python with pylsl"))
struct LSLStreamTests {
    /// Plays an amplifier and a controller: sends samples, goes, comes again, leaves a hole in time,
    /// and prints what it received.
    private static let program = #"""
        import json, os, signal, time
        import numpy, pylsl

        command, bundle, folder = sys.argv[1:4]
        chunk, unit = int(sys.argv[4]), sys.argv[5]
        library = os.path.join(os.path.dirname(pylsl.__file__), "lib", "liblsl.so")
        samples = numpy.fromfile(folder + "/samples", "<f4").reshape(-1, 4)

        def outlet(identity):
            info = pylsl.StreamInfo("an amplifier", "EMG", 4, 200, "float32", identity)
            channels = info.desc().append_child("channels")
            for number in range(4):
                channel = channels.append_child("channel")
                channel.append_child_value("label", f"emg{number}")
                channel.append_child_value("unit", unit)
            return pylsl.StreamOutlet(info)

        def push(outlet, first, end, begin):
            for start in range(first, end, chunk):
                rows = samples[start:min(start + chunk, end)]
                stamp = begin + (start + len(rows) - 1) / 200
                outlet.push_chunk(rows.tolist(), stamp)

        sender = outlet("first")
        decoder = subprocess.Popen(
            [command, "decode", bundle, "--from", "lsl:an amplifier", "--to",
             "jsonl:" + folder + "/lines", "--to", "lsl:decisions", "--lsl-library", library,
             "--json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        received = []
        try:
            if not sender.wait_for_consumers(30):
                decoder.kill()
                print(json.dumps({"problem": decoder.communicate()[1]}))
                sys.exit(0)
            found = pylsl.resolve_byprop("name", "decisions", timeout=30)
            inlet = pylsl.StreamInlet(found[0])
            inlet.open_stream(30)
            label = inlet.info(30).desc().child("channels").child("channel").child_value("label")

            def receive(until):
                end = time.monotonic() + 60
                while time.monotonic() < end:
                    sample, stamp = inlet.pull_sample(0.2)
                    if sample is not None:
                        received.append(sample)
                        if until(): return

            begin = pylsl.local_clock()
            push(sender, 0, 400, begin)
            receive(lambda: '"sample":399' in open(folder + "/lines").read())
            del sender
            receive(lambda: "disconnected" in open(folder + "/lines").read())
            sender = outlet("second")
            sender.wait_for_consumers(30)
            push(sender, 0, 100, begin)
            # Half a second is missing.
            push(sender, 100, 200, begin + 0.5)
            receive(lambda: '"sample":699' in open(folder + "/lines").read())
        finally:
            decoder.send_signal(signal.SIGINT)
            output, problems = decoder.communicate(timeout=60)
        while True:
            sample, stamp = inlet.pull_sample(0.2)
            if sample is None: break
            received.append(sample)
        print(json.dumps({
            "received": received, "summary": json.loads(output)["summary"],
            "status": decoder.returncode, "label": label}))
        """#

    private func run(
        _ folder: URL, _ bundle: DecoderBundle, chunk: Int, unit: String = "microvolts"
    ) throws -> DocumentObject {
        let samples = StreamFixture.samples(400)
        let bytes = samples.flatMap { value in
            (0..<4).map { UInt8(truncatingIfNeeded: value.bitPattern >> (8 * $0)) }
        }
        try Data(bytes).write(to: folder.appending(path: "samples"))
        let file = folder.appending(path: "b.myodec")
        try bundle.write(to: file)
        let output = try LSLPython.run(
            Self.program,
            arguments: [
                CommandRun.executable().path(), file.path(), folder.path(), "\(chunk)", unit,
            ])
        return try Document(json: Array(output.utf8), name: "the program").cursor.object()
    }

    @Test(
        "decisions about a stream are those about the recording, also in the stream that is sent",
        arguments: StreamFixture.combinations.enumerated().map { number, combination in
            (combination, [1, 7, 40][(number + number / 3) % 3])
        })
    func loopback(combination: StreamFixture.Combination, chunk: Int) throws {
        let folder = try TemporaryFolder()
        let bundle = try combination.bundle
        let result = try run(folder.url, bundle, chunk: chunk)
        let samples = StreamFixture.samples(400)
        let lines = try String(
            contentsOf: folder.url.appending(path: "lines"), encoding: .utf8
        ).split(separator: "\n").filter { !$0.contains("stalled") && !$0.contains("waiting") }
        let expected = try StreamFixture.lines(bundle, samples).split(separator: "\n").dropLast()
        #expect(lines.prefix(37) == expected[...])

        // Then the stream was gone, came again from rest, and had a hole of 100 samples.
        #expect(lines[37].contains("disconnected"))
        #expect(lines.last?.contains("stopped") == true)
        // A decoder that learns knows what came before.
        var decoder = try Decoder(bundle)
        decoder.feed(samples.span) { _, _ in }
        decoder.interrupt()
        var second: [Int?] = []
        let holes = [Float](repeating: .nan, count: 400)
        let broken = Array(samples[..<400] + holes + samples[400..<800])
        decoder.feed(broken.span) { decision, _ in
            if decision.sample >= 439 { second.append(decision.likeliestClass) }
        }
        let found = try lines.dropFirst(37).map {
            try Document(json: Array($0.utf8), name: "line").cursor.object()
        }.filter { $0.optional("sample") != nil }.map {
            (
                sample: try $0.required("sample").integer(),
                likeliest: try $0.optional("likeliest")?.integer()
            )
        }
        #expect(found.filter { $0.sample >= 439 }.map(\.likeliest) == second)

        let summary = try result.required("summary").object()
        func count(_ name: String) throws -> Int { try summary.required(name).integer() }
        #expect(try count("disconnects") == 1)
        #expect(try count("reconnects") == 1)
        #expect(try count("lost_samples") == 100)
        #expect(try count("samples") == 600)
        #expect(summary.optional("transit") != nil)
        #expect(try result.required("status").integer() == 130)

        // The controller: probabilities, class, velocity.
        let received = try result.required("received").array().map { row in
            try row.array().map { $0.isNull ? .nan : try $0.number() }
        }
        #expect(received.allSatisfy { $0.count == 5 })
        let neutral = [0, 0, 0, -1, 0] as [Double]
        #expect(received.last == neutral)
        #expect(
            received.contains { $0[3] >= 0 && $0[4] == 1 && abs($0[0] + $0[1] + $0[2] - 1) < 1e-9 })
        #expect(try result.required("label").string() == "probability of relax")
    }

    @Test func `a stream in another unit is refused by name`() throws {
        let folder = try TemporaryFolder()
        let result = try run(folder.url, StreamFixture.bundle(), chunk: 40, unit: "millivolts")
        let problem = try result.required("problem").string()
        #expect(
            problem.contains("the unit of emg0: the bundle was made for uV, this has mV"),
            "\(problem)")
    }
}
