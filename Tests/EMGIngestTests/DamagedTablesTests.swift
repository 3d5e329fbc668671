import EMGIngest
import EMGSignal
import Foundation
import SeededRandom
import TestSupport
import Testing

/// Whatever a file holds, reading it ends with a recording or an error that names the file.
@Suite("Damaged tables")
struct DamagedTablesTests {
    private func check(_ bytes: [UInt8], in file: borrowing TableFile) throws {
        do {
            let outcome = try file.read(bytes)
            let recording = outcome.recording
            #expect(recording.sampleCount >= 1)
            #expect(recording.samples.values.allSatisfy { $0.isFinite })
            #expect(recording.labels?.values.allSatisfy { $0 <= 2 } == true)
            for interval in recording.quality {
                #expect((0...recording.sampleCount).contains(interval.range.end))
            }
        } catch let error as IngestError {
            #expect(error.location.file.hasSuffix("p7_131.csv"))
        }
    }

    @Test("a table cut anywhere is read or refused", arguments: 0..<4)
    func cut(part: Int) throws {
        let file = try TableFile.make()
        let bytes = Array(TableText(rowsPerPhase: 4).text.utf8)
        for length in stride(from: part, to: bytes.count, by: 4) {
            try check(Array(bytes.prefix(length)), in: file)
        }
    }

    @Test(
        "a table with bytes changed, doubled or lost is read or refused",
        arguments: 1...8 as ClosedRange<UInt64>)
    func mutated(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let file = try TableFile.make()
        let good = Array(TableText(rowsPerPhase: 6).text.utf8)
        let telling = Array("\"\n\r,.-+e0\u{0}\u{1} \t;nN".utf8) + [0xFF, 0x80]
        for _ in 0..<150 {
            var bytes = good
            for _ in 0...generator.integer(below: 4) {
                let place = generator.integer(below: bytes.count)
                switch generator.integer(below: 3) {
                case 0: bytes[place] = telling[generator.integer(below: telling.count)]
                case 1: bytes.insert(telling[generator.integer(below: telling.count)], at: place)
                default: bytes.remove(at: place)
                }
            }
            try check(bytes, in: file)
        }
    }

    @Test("bytes without any order are refused", arguments: 1...5 as ClosedRange<UInt64>)
    func random(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let bytes = (0..<5_000).map { _ in UInt8(generator.integer(below: 256)) }
        #expect(throws: IngestError.self) { try readTable(bytes) }
        let header = Array((TableText.header + "\n").utf8)
        #expect(throws: IngestError.self) { try readTable(header + bytes) }
    }

    @Test("a line without end is refused before it fills the memory")
    func endlessLine() throws {
        let bytes =
            Array((TableText.header + "\n0,0,1,1,\"").utf8)
            + Array(repeating: UInt8(ascii: "x"), count: 6 << 20)
        let error = #expect(throws: IngestError.self) { try readTable(bytes) }
        #expect(error?.kind.name == "malformed")
        #expect(error?.location.line == 2)
    }
}
