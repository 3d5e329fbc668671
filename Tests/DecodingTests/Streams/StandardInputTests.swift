import Decoding
import EMGSignal
import Foundation
import SeededRandom
import TestSupport
import Testing

@Suite struct StandardInputTests {
    private static let stream = StreamDescription(
        channelCount: 4, names: StreamFixture.channels.map(\.name),
        units: StreamFixture.channels.map { _ in "microvolts" })

    /// Decodes bytes as if they were written to standard input.
    private func decode(
        _ bytes: [UInt8], _ address: SourceAddress, by bundle: DecoderBundle
    ) throws -> (sink: CollectingSink, summary: StreamSummary) {
        let folder = try TemporaryFolder()
        let file = folder.url.appending(path: "bytes")
        try Data(bytes).write(to: file)
        let handle = try FileHandle(forReadingFrom: file)
        var settings = SourceSettings()
        settings.input = handle.fileDescriptor
        let sink = CollectingSink()
        var loop = try DecodingLoop(
            bundle, from: address.open(for: bundle.input, settings), to: [sink])
        let summary = try withExtendedLifetime(handle) { try loop.run() }
        return (sink, summary)
    }

    private static func packets(_ samples: [Float], rows: Int) -> [[UInt8]] {
        stride(from: 0, to: samples.count / 4, by: rows).map { first in
            let end = min(samples.count, (first + rows) * 4)
            return SamplePacket.samples(
                Array(samples[first * 4..<end]), channels: 4, first: first)
        }
    }

    @Test(
        "decisions about packets are those about the recording",
        arguments: StreamFixture.combinations, [1, 7, 40, 400])
    func packets(combination: StreamFixture.Combination, rows: Int) throws {
        let samples = StreamFixture.samples(400)
        let bundle = try combination.bundle
        let bytes =
            SamplePacket.description(of: Self.stream)
            + Self.packets(samples, rows: rows).joined() + SamplePacket.end(after: 400)
        let (sink, summary) = try decode(bytes, .packets, by: bundle)
        #expect(sink.lines == (try StreamFixture.lines(bundle, samples)))
        #expect(summary.counters.packets == (400 + rows - 1) / rows)
        #expect(summary.counters.corruptPackets == 0)
    }

    @Test
    func
        `int16 becomes the channels' unit by scale and offset, and the description may be left out`()
        throws
    {
        let bundle = try StreamFixture.bundle()
        var random = SeededGenerator(seed: 5)
        let numbers = (0..<800).map { _ in Int16(random.integer(below: 2_000) - 1_000) }
        let packets = SamplePacket.samples(numbers, channels: 4, first: 0)
        let scaled = SamplePacket.description(of: Self.stream, scale: 0.1, offset: 2)
        let (sink, _) = try decode(scaled + packets, .packets, by: bundle)
        let samples = numbers.map { Float(Double($0) * 0.1 + 2) }
        #expect(sink.lines == (try StreamFixture.lines(bundle, samples)))
        let plain = try decode(packets, .packets, by: bundle).sink
        #expect(plain.lines == (try StreamFixture.lines(bundle, numbers.map(Float.init))))
    }

    @Test(
        "decisions about comma-separated values are those about the recording",
        arguments: ["\n", "\r\n"])
    func csv(lineEnd: String) throws {
        let samples = StreamFixture.samples(400)
        let bundle = try StreamFixture.bundle()
        let rows = (0..<400).map { row in
            (0..<4).map { "\(samples[row * 4 + $0])" }.joined(separator: ",")
        }
        let text = (["emg0,emg1,emg2,emg3"] + rows).joined(separator: lineEnd)
        let (sink, summary) = try decode(Array(text.utf8), .csv, by: bundle)
        #expect(sink.lines == (try StreamFixture.lines(bundle, samples)))
        #expect(summary.counters.samples == 400)
    }

    @Test func `a line that is no sample costs that sample, and decisions stay where they were`()
        throws
    {
        var samples = StreamFixture.samples(300, hasHole: false)
        let bundle = try StreamFixture.bundle()
        var rows = (0..<300).map { row in
            (0..<4).map { "\(samples[row * 4 + $0])" }.joined(separator: ",")
        }
        for (place, text) in [(60, "1,2,3"), (150, "1,2,x,4"), (200, "\"a\"b,1,2,3")] {
            rows[place] = text
            for channel in 0..<4 { samples[place * 4 + channel] = .nan }
        }
        let text = (["emg0,emg1,emg2,emg3"] + rows).joined(separator: "\n") + "\n"
        let (sink, summary) = try decode(Array(text.utf8), .csv, by: bundle)
        #expect(sink.lines == (try StreamFixture.lines(bundle, samples)))
        #expect(summary.counters.corruptPackets == 3)
        #expect(summary.counters.lostSamples == 3)
    }

    @Test(
        "a table without names, or with other ones, is refused",
        arguments: [
            ("1,2,3,4\n1,2,3,4\n", "expected a first line with the names of the channels"),
            ("emg0,emg1,emg3,emg2\n1,2,3,4\n", "emg2 at place 3, this has emg3"),
            ("a,b\n1,2\n", "this has 2 (a, b)"),
        ])
    func wrongHead(text: String, message: String) throws {
        let bundle = try StreamFixture.bundle()
        let error = #expect(throws: DecodingError.self) {
            try decode(Array(text.utf8), .csv, by: bundle)
        }
        #expect(error?.description.contains(message) == true, "\(error?.description ?? "")")
    }

    @Test
    func `packets that are missing are counted, and decisions stay where they would have been`()
        throws
    {
        var samples = StreamFixture.samples(400, hasHole: false)
        let bundle = try StreamFixture.bundle()
        var packets = Self.packets(samples, rows: 10)
        packets.removeSubrange(20..<23)
        for index in 200 * 4..<230 * 4 { samples[index] = .nan }
        let (sink, summary) = try decode(
            SamplePacket.description(of: Self.stream) + packets.joined(), .packets, by: bundle)
        #expect(sink.lines == (try StreamFixture.lines(bundle, samples)))
        #expect(summary.counters.lostSamples == 30)
        #expect(summary.counters.gaps == 1)
        #expect(summary.counters.samples == 370)
    }

    @Test func `ten thousand damaged packets are counted, and the output is neutral`() throws {
        let bundle = try StreamFixture.bundle()
        let samples = StreamFixture.samples(400, hasHole: false)
        let good = Self.packets(samples, rows: 40)
        var random = SeededGenerator(seed: 11)
        var bytes = SamplePacket.description(of: Self.stream) + good[0] + good[1]
        for _ in 0..<10_000 {
            var packet = good[2]
            let place = 4 + random.integer(below: packet.count - 4)
            packet[place] ^= UInt8(1 << random.integer(below: 8))
            bytes += packet
        }
        bytes += good[9]
        let (sink, summary) = try decode(bytes, .packets, by: bundle)
        #expect(summary.counters.corruptPackets == 10_000)
        #expect(summary.counters.samples == 120)
        // Samples 80 to 359 never came.
        #expect(summary.counters.lostSamples == 280)
        #expect(sink.causes.first == .corrupt)
        let decided = sink.records.filter { $0.output.state == .decided }
        #expect(decided.map { $0.decision?.sample ?? 0 }.max() == 399)
        #expect(!decided.contains { (80..<399).contains($0.decision?.sample ?? 0) })
        #expect(sink.records.last?.output.state == .fault)
    }

    @Test("bytes that are no stream do no harm", arguments: 0..<8)
    func fuzz(seed: Int) throws {
        let bundle = try StreamFixture.bundle()
        let samples = StreamFixture.samples(400, hasHole: false)
        let good = Self.packets(samples, rows: 20)
        var random = SeededGenerator(seed: UInt64(seed))
        var bytes = SamplePacket.description(of: Self.stream)
        for _ in 0..<2_000 {
            let packet = good[random.integer(below: good.count)]
            switch random.integer(below: 5) {
            case 0: bytes += packet
            case 1: bytes += packet.prefix(random.integer(below: packet.count))
            case 2:
                bytes += (0..<random.integer(below: 100)).map { _ in
                    UInt8(random.integer(below: 256))
                }
            case 3:
                // Absurd sizes and numbers.
                var head = Array(packet.prefix(24))
                for _ in 0..<4 {
                    head[4 + random.integer(below: 16)] = UInt8(random.integer(below: 256))
                }
                bytes += head
            default: bytes += Array("EMGSEMGSEMGS".utf8)
            }
        }
        let (sink, summary) = try decode(bytes, .packets, by: bundle)
        #expect(summary.counters.corruptPackets > 100)
        #expect(sink.records.last?.cause == .ended)
    }

    @Test("lines that are no table do no harm", arguments: 0..<4)
    func fuzzCSV(seed: Int) throws {
        let bundle = try StreamFixture.bundle()
        var random = SeededGenerator(seed: UInt64(seed))
        var bytes = Array("emg0,emg1,emg2,emg3\n".utf8)
        let alphabet = Array("0123456789.,-e\"\n\r x\0".utf8) + [0xFF]
        for _ in 0..<20_000 { bytes.append(alphabet[random.integer(below: alphabet.count)]) }
        bytes += Array("\n\"".utf8) + Array(repeating: UInt8(ascii: "1"), count: 2_000_000)
        let (sink, summary) = try decode(bytes, .csv, by: bundle)
        #expect(summary.counters.corruptPackets > 100)
        #expect(sink.records.last?.cause == .ended)
    }
}
