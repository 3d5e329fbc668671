import Decoding
import EMGSignal
import Foundation
import SeededRandom
import Testing

@Suite struct TCPSourceTests {
    private static let names = StreamDescription(
        channelCount: 4, names: StreamFixture.channels.map(\.name),
        units: StreamFixture.channels.map(\.unit))

    /// Decodes while somebody at the other end does something in a thread of their own.
    private func decode(
        _ address: String, by bundle: DecoderBundle, numbers: [Int]? = nil,
        _ sink: CollectingSink = CollectingSink(), isStopped: () -> Bool = { false },
        _ peer: @escaping @Sendable () -> Void
    ) throws -> (sink: CollectingSink, summary: StreamSummary) {
        Thread.detachNewThread(peer)
        var (source, stream) = (SourceSettings(), StreamSettings())
        (source.channels, stream.channels) = (numbers, numbers)
        var loop = try DecodingLoop(
            bundle, from: SourceAddress(address).open(for: bundle.input, source), to: [sink],
            stream)
        return (sink, try loop.run(isStopped: isStopped))
    }

    @Test(
        "decisions about packets by TCP are those about the recording",
        arguments: StreamFixture.combinations, [1, 7, 40, 400])
    func packets(combination: StreamFixture.Combination, rows: Int) throws {
        let samples = StreamFixture.samples(400)
        let bundle = try combination.bundle
        let (listener, port) = try Loopback.listener()
        let (sink, summary) = try decode("tcp:127.0.0.1:\(port)", by: bundle) {
            let peer = Loopback.accept(listener)
            Loopback.send(SamplePacket.description(of: Self.names), to: peer)
            for first in stride(from: 0, to: 400, by: rows) {
                let end = min(1_600, (first + rows) * 4)
                Loopback.send(
                    SamplePacket.samples(
                        Array(samples[first * 4..<end]), channels: 4, first: first), to: peer)
            }
            Loopback.send(SamplePacket.end(after: 400), to: peer)
        }
        #expect(sink.lines == (try StreamFixture.lines(bundle, samples)))
        #expect(summary.counters.disconnects == 0)
    }

    @Test
    func `a program that sends is killed and starts again: neutral meanwhile, and from rest then`()
        throws
    {
        let samples = StreamFixture.samples(400, hasHole: false)
        let bundle = try StreamFixture.bundle()
        let (listener, port) = try Loopback.listener()
        let sink = CollectingSink()
        let (_, summary) = try decode("tcp:127.0.0.1:\(port)", by: bundle, sink) {
            for part in [0..<200, 200..<400] {
                let peer = Loopback.accept(listener)
                Loopback.send(
                    SamplePacket.description(of: Self.names)
                        + SamplePacket.samples(
                            Array(samples[part.lowerBound * 4..<part.upperBound * 4]), channels: 4,
                            first: 0), to: peer)
                // Half a packet is on its way when it dies.
                if part.lowerBound == 0 {
                    Loopback.send(Array("EMGS\u{1}\u{1}".utf8), to: peer)
                } else {
                    Loopback.send(SamplePacket.end(after: 200), to: peer)
                }
                close(peer)
            }
        }
        #expect(summary.counters.disconnects == 1)
        #expect(summary.counters.reconnects == 1)
        #expect(summary.counters.corruptPackets == 1)
        #expect(summary.counters.samples == 400)
        // The output was neutral before anything of the second stream was decided about.
        let neutral = sink.records.firstIndex { $0.cause == .corrupt || $0.cause == .disconnected }
        let decisions = sink.records.compactMap(\.decision)
        let last = try #require(sink.records.firstIndex { $0.decision?.sample == 199 })
        #expect(try #require(neutral) == last + 1)
        // From rest: the windows of the second part are those of a stream of its own.
        var fresh = try Decoder(bundle)
        var expected: [Int?] = []
        let rest = Array(samples[800...])
        fresh.feed(rest.span) { decision, _ in expected.append(decision.likeliestClass) }
        let second = decisions.filter { $0.sample >= 239 }
        #expect(second.map(\.likeliestClass) == expected)
        #expect(
            decisions.filter { (200..<239).contains($0.sample) }.allSatisfy {
                $0.output.state == .fault
            })
    }

    @Test func `a source that says nothing more has a neutral output, again and again`() throws {
        let samples = StreamFixture.samples(100, hasHole: false)
        let bundle = try StreamFixture.bundle()
        let (listener, port) = try Loopback.listener()
        let sink = CollectingSink()
        let (_, summary) = try decode("tcp:127.0.0.1:\(port)", by: bundle, sink) {
            let peer = Loopback.accept(listener)
            let packets = [0..<50, 50..<100].map { rows in
                SamplePacket.samples(
                    Array(samples[rows.lowerBound * 4..<rows.upperBound * 4]), channels: 4,
                    first: rows.lowerBound)
            }
            Loopback.send(packets[0], to: peer)
            // Until it is seen: how long that takes is the machine's matter.
            while sink.causes.filter({ $0 == .stalled }).count < 2 { usleep(1_000) }
            Loopback.send(packets[1] + SamplePacket.end(after: 100), to: peer)
        }
        #expect(summary.counters.stalls >= 1)
        // Nothing is lost: what was late is decoded as if it were not.
        #expect(sink.lines == (try StreamFixture.lines(bundle, samples)))
        let stalled = try #require(sink.records.first { $0.cause == .stalled })
        #expect(stalled.decided - stalled.arrival >= 200_000_000)
        #expect(stalled.output.state == .fault)
    }

    @Test func `a peer that announces more than there is room for is not believed`() throws {
        let bundle = try StreamFixture.bundle()
        let (listener, port) = try Loopback.listener()
        let (_, summary) = try decode("tcp:127.0.0.1:\(port)", by: bundle) {
            let peer = Loopback.accept(listener)
            let good = SamplePacket.samples([1, 2, 3, 4] as [Float], channels: 4, first: 0)
            for bytes in [[UInt8](repeating: 255, count: 4), [0, 0, 1, 0]] {
                var packet = good
                packet.replaceSubrange(8..<12, with: bytes)
                for _ in 0..<100 { Loopback.send(packet, to: peer) }
            }
            // And one that never ends.
            Loopback.send([UInt8](repeating: 7, count: 3 << 20), to: peer)
            Loopback.send(good + SamplePacket.end(after: 1), to: peer)
        }
        #expect(summary.counters.corruptPackets >= 200)
        #expect(summary.counters.samples == 1)
    }

    @Test func `nobody who listens is said to be there`() throws {
        let port = try Loopback.freePort()
        let bundle = try StreamFixture.bundle()
        var settings = StreamSettings()
        settings.patienceSeconds = 0.2
        let sink = CollectingSink()
        var loop = try DecodingLoop(
            bundle,
            from: SourceAddress("tcp:127.0.0.1:\(port)").open(for: bundle.input, SourceSettings()),
            to: [sink], settings)
        let error = #expect(throws: DecodingError.self) { try loop.run() }
        #expect(error?.kindName == "unreachable")
        #expect(error?.description.contains("connection refused") == true)
        #expect(sink.causes.last == .failed)
    }

    // MARK: Amplifiers

    private static func counts(_ rows: Int, channels: Int) -> [Int16] {
        var random = SeededGenerator(seed: 9)
        return (0..<rows * channels).map { _ in Int16(random.integer(below: 60_000) - 30_000) }
    }

    private static func bundle(
        _ channels: Int, hertz: Double, unit: String = "uV"
    ) throws -> DecoderBundle {
        try StreamFixture.bundle(
            pipeline: "none", hertz: hertz,
            channels: (0..<channels).map { Channel(name: "c\($0)", unit: unit) }, length: 100,
            stride: 50)
    }

    @Test(
        "a Muovi connects, is told to begin and to stop, and is decoded in the bundle's unit",
        arguments: [
            ("muovi", 32, "uV", 0.2861), ("muovi+", 64, "mV", 0.2861e-3), ("muovi", 32, "count", 1),
        ])
    func muovi(name: String, channels: Int, unit: String, scale: Double) throws {
        let counts = Self.counts(1_000, channels: channels)
        let bundle = try Self.bundle(channels, hertz: 2_000, unit: unit)
        let port = try Loopback.freePort()
        let amplifier = channels == 32 ? FakeAmplifier.muovi : .muoviPlus
        let sink = CollectingSink()
        let commands = Commands()
        let (_, summary) = try decode(
            "tcp:\(name)@127.0.0.1:\(port)", by: bundle, sink,
            isStopped: { sink.records.contains { $0.decision?.sample == 999 } }
        ) {
            let peer = Loopback.connection(to: port)
            commands.add(Loopback.receive(1, from: peer))
            // The counter goes over its end, and pieces are of any size.
            let bytes = amplifier.bytes(counts, channels: channels, first: 32_500)
            for first in stride(from: 0, to: bytes.count, by: 1_001) {
                Loopback.send(Array(bytes[first..<min(first + 1_001, bytes.count)]), to: peer)
            }
            commands.add(Loopback.receive(1, from: peer))
        }
        // EMG is bit 3, mode 0, begin is bit 0.
        commands.wait(for: 2)
        #expect(commands.all == [[0b1001], [0b1000]])
        #expect(summary.counters.gaps == 0)
        let samples = counts.map { Float(Double($0) * scale) }
        let expected = try StreamFixture.lines(bundle, samples)
            .replacing("\"ended\"", with: "\"stopped\"")
        #expect(sink.lines == expected)
    }

    @Test(
        "a Quattrocento is set to the bundle's rate and channels, and decoded",
        arguments: [(16, 2_048.0, 120, 0b1100_1001), (128, 10_240, 216, 0b1101_1011)])
    func quattrocento(channels: Int, hertz: Double, width: Int, setting: Int) throws {
        let counts = Self.counts(600, channels: channels)
        let bundle = try Self.bundle(channels, hertz: hertz)
        let (listener, port) = try Loopback.listener()
        let sink = CollectingSink()
        let commands = Commands()
        let (_, summary) = try decode(
            "tcp:quattrocento@127.0.0.1:\(port)", by: bundle, numbers: Array(0..<channels), sink,
            isStopped: { sink.records.contains { $0.decision?.sample == 599 } }
        ) {
            let peer = Loopback.accept(listener)
            commands.add(Loopback.receive(40, from: peer))
            let amplifier = FakeAmplifier.quattrocento(width: width)
            Loopback.send(amplifier.bytes(counts, channels: channels, first: 7), to: peer)
            commands.add(Loopback.receive(40, from: peer))
        }
        commands.wait(for: 2)
        let begin = commands.all[0]
        #expect(begin.count == 40)
        #expect(begin[0] == UInt8(setting))
        #expect(commands.all[1].first == 0x80)
        for command in commands.all {
            // Appended to what it is of, a CRC-8 without a final operation gives 0.
            #expect(Self.remainder(command) == 0)
        }
        #expect(summary.counters.samples == 600)
        let scale = 5.0 / 65_536 / 150 * 1e6
        let samples = counts.map { Float(Double($0) * scale) }
        let expected = try StreamFixture.lines(bundle, samples)
            .replacing("\"ended\"", with: "\"stopped\"")
        #expect(sink.lines == expected)
    }

    /// The remainder by x⁸ + x⁵ + x⁴ + 1, the least significant bit of each byte first.
    private static func remainder(_ bytes: [UInt8]) -> Int {
        var register = 0
        for byte in bytes {
            for bit in 0..<8 {
                let next = (Int(byte) >> bit & 1) ^ (register >> 7)
                register = (register << 1 & 0xFF) ^ (next == 1 ? 0b0011_0001 : 0)
            }
        }
        return register
    }

    @Test func `samples that an amplifier lost are counted by its counter`() throws {
        let counts = Self.counts(1_000, channels: 32)
        let bundle = try Self.bundle(32, hertz: 2_000, unit: "count")
        let port = try Loopback.freePort()
        let sink = CollectingSink()
        let (_, summary) = try decode(
            "tcp:muovi@127.0.0.1:\(port)", by: bundle, sink,
            isStopped: { sink.records.contains { $0.decision?.sample == 999 } }
        ) {
            let peer = Loopback.connection(to: port)
            let bytes = FakeAmplifier.muovi.bytes(counts, channels: 32, first: 0)
            Loopback.send(Array(bytes[..<(400 * 76)] + bytes[(420 * 76)...]), to: peer)
            _ = Loopback.receive(1, from: peer)
        }
        #expect(summary.counters.lostSamples == 20)
        var samples = counts.map(Float.init)
        for index in 400 * 32..<420 * 32 { samples[index] = .nan }
        let expected = try StreamFixture.lines(bundle, samples)
            .replacing("\"ended\"", with: "\"stopped\"")
        #expect(sink.lines == expected)
    }

    @Test func `an amplifier that sends bytes out of step is connected to anew`() throws {
        let counts = Self.counts(1_000, channels: 32)
        let bundle = try Self.bundle(32, hertz: 2_000, unit: "count")
        let port = try Loopback.freePort()
        let sink = CollectingSink()
        let (_, summary) = try decode(
            "tcp:muovi@127.0.0.1:\(port)", by: bundle, sink,
            isStopped: { sink.records.filter { $0.output.state == .decided }.count >= 17 }
        ) {
            var random = SeededGenerator(seed: 4)
            let first = Loopback.connection(to: port)
            Loopback.send((0..<100_000).map { _ in UInt8(random.integer(below: 256)) }, to: first)
            let second = Loopback.connection(to: port)
            Loopback.send(
                FakeAmplifier.muovi.bytes(counts, channels: 32, first: 0), to: second)
            _ = Loopback.receive(2, from: second)
        }
        #expect(summary.counters.disconnects >= 1)
        #expect(summary.counters.reconnects >= 1)
    }

    @Test(
        "what an amplifier does not have is refused by name",
        arguments: [
            (
                "quattrocento", 16, 2_000.0, "uV",
                "made for 2000.0 Hz, this has 512, 2048, 5120 or 10240 Hz"
            ),
            ("quattrocento", 400, 2_048, "uV", "made for 400, this has at most 384"),
            ("muovi", 32, 2_000, "%", "made for %, this has volts of an amplifier"),
        ])
    func refused(name: String, channels: Int, hertz: Double, unit: String, message: String) throws {
        let bundle = try Self.bundle(channels, hertz: hertz, unit: unit)
        let error = #expect(throws: DecodingError.self) {
            _ = try SourceAddress("tcp:\(name)@127.0.0.1:\(Loopback.freePort())")
                .open(for: bundle.input, SourceSettings())
        }
        #expect(error?.description.contains(message) == true, "\(error?.description ?? "")")
    }

    @Test(
        "text that is no address is refused",
        arguments: [
            "", "tcp", "tcp:", "tcp:a", "tcp:a:b", "tcp:a:70000", "tcp:x@a:1", "replay:", "lsl:",
            "stdin:x", "file:x", "tcp:muovi@",
        ])
    func addresses(text: String) {
        #expect(throws: DecodingError.self) { try SourceAddress(text) }
    }
}
