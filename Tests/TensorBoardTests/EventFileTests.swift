import Foundation
import SeededRandom
import TensorBoard
import TestSupport
import Testing

@Suite("Event files")
struct EventFileTests {
    /// Writes steps from one to another into a new file, each with two tags.
    private static func write(_ steps: ClosedRange<Int>, in folder: URL) throws -> URL {
        let file = try EventFile(in: folder, now: Date(timeIntervalSince1970: 1_000))
        for step in steps {
            try file.append(
                [
                    SummaryValue("step/loss", .scalar(1 / Double(step))),
                    SummaryValue("step/accuracy", .scalar(0.5)),
                ], step: step, now: Date(timeIntervalSince1970: 1_000 + Double(step)))
        }
        return file.url
    }

    @Test("a record is length, check, bytes and check; the first one names the format")
    func firstRecord() throws {
        let folder = try TemporaryFolder()
        let file = try EventFile(in: folder.url, now: Date(timeIntervalSince1970: 1_500_000_000))
        #expect(file.url.lastPathComponent == "events.out.tfevents.1500000000.myotask")
        let bytes = [UInt8](try Data(contentsOf: file.url))
        // wall_time = 1: fixed64 of 1.5e9; step = 2: varint 0; file_version = 3: 13 bytes.
        let event =
            [0x09, 0x00, 0x00, 0x00, 0xC0, 0x0B, 0x5A, 0xD6, 0x41, 0x10, 0x00, 0x1A, 0x0D]
            + Array("brain.Event:2".utf8)
        #expect(Array(bytes[0..<8]) == [UInt8(event.count), 0, 0, 0, 0, 0, 0, 0])
        #expect(Array(bytes[12..<12 + event.count]) == event)
        #expect(bytes.count == event.count + 16)
        let check = CRC32C.masked(event)
        let stored = bytes.suffix(4).reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        #expect(stored == check)
    }

    @Test("files of one folder are named so that the later one is read later, whatever the clock")
    func names() throws {
        let folder = try TemporaryFolder()
        let times = [2_000.0, 2_000, 1_000, 5_000]
        let files = try times.map {
            try EventFile(in: folder.url, now: Date(timeIntervalSince1970: $0)).url
                .lastPathComponent
        }
        #expect(files == files.sorted())
        #expect(Set(files).count == 4)
        #expect(try EventFile.files(in: folder.url).map(\.lastPathComponent) == files)
    }

    @Test("what was written after some step is cut away, and files behind it go")
    func keep() throws {
        let folder = try TemporaryFolder()
        let first = try Self.write(1...5, in: folder.url)
        let whole = try Data(contentsOf: first)
        _ = try Self.write(6...9, in: folder.url)
        try EventFile.keep(in: folder.url) { step, _ in step <= 5 }
        #expect(try Data(contentsOf: first) == whole)
        // The second file began with its version, which has no step and stays.
        #expect(try EventFile.files(in: folder.url).count == 2)
        try EventFile.keep(in: folder.url) { step, tag in
            #expect(tag == "step/loss")
            return step <= 3
        }
        #expect(try EventFile.files(in: folder.url) == [first])
        let rest = try Data(contentsOf: first)
        #expect(rest == whole.prefix(rest.count) && rest.count < whole.count)
        let other = try TemporaryFolder()
        let short = try Self.write(1...3, in: other.url)
        #expect(try Data(contentsOf: short) == rest)
    }

    @Test("a record that was not finished is cut away, at every length")
    func torn() throws {
        let folder = try TemporaryFolder()
        let file = try Self.write(1...2, in: folder.url)
        let two = try Data(contentsOf: file)
        let other = try TemporaryFolder()
        let three = try Data(contentsOf: Self.write(1...3, in: other.url))
        for count in two.count..<three.count {
            try three.prefix(count).write(to: file)
            try EventFile.keep(in: folder.url) { _, _ in true }
            #expect(try Data(contentsOf: file) == two, "\(count)")
        }
    }

    @Test("whatever a file holds, nothing crashes and only its end goes", arguments: 0..<200)
    func hostile(seed: Int) throws {
        var generator = SeededGenerator(seed: UInt64(seed), stream: "event files")
        let folder = try TemporaryFolder()
        let file = try Self.write(1...4, in: folder.url)
        var bytes = [UInt8](try Data(contentsOf: file))
        for _ in 0..<(1 + generator.integer(below: 8)) {
            bytes[generator.integer(below: bytes.count)] = UInt8(generator.integer(below: 256))
        }
        try Data(bytes).write(to: file)
        try EventFile.keep(in: folder.url) { step, _ in step <= 3 }
        let rest = [UInt8](try Data(contentsOf: file))
        #expect(bytes.starts(with: rest))
        #expect(rest.count <= bytes.count)
    }

    @Test("a histogram counts every finite number once, the highest in the last bucket")
    func histogram() {
        let histogram = Histogram([0, 1, 2, 3, 4, .nan, .infinity] as [Float], bucketCount: 4)
        #expect(histogram.counts == [1, 1, 1, 2])
        #expect(histogram.limits == [1, 2, 3, 4])
        #expect(histogram.minimum == 0 && histogram.maximum == 4 && histogram.count == 5)
        #expect(histogram.sum == 10 && histogram.sumOfSquares == 30)
        let same = Histogram([2, 2] as [Float])
        #expect(same.limits == [2] && same.counts == [2])
        let none = Histogram([.nan] as [Float])
        #expect(none.count == 0 && none.limits == [0] && none.counts == [0])
    }

    @Test("what is no PNG is no picture")
    func pictures() {
        #expect(SummaryValue("a", png: []) == nil)
        #expect(SummaryValue("a", png: Array(repeating: 0, count: 100)) == nil)
    }

    @Test("a folder that cannot be written to is one clear error")
    func unwritable() throws {
        let folder = try TemporaryFolder()
        let inTheWay = folder.url.appending(path: "file")
        try Data([1]).write(to: inTheWay)
        let error = #expect(throws: EventFileError.self) {
            try EventFile(in: inTheWay.appending(path: "tensorboard"))
        }
        #expect(error?.description.contains("hint: ") == true)
    }
}
