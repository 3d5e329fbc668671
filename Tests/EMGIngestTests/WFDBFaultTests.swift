import EMGIngest
import EMGSignal
import Foundation
import SeededRandom
import TestSupport
import Testing

@Suite("Faulty WFDB records")
struct WFDBFaultTests {
    /// A header and what is wrong with it.
    struct Fault: Sendable, CustomTestStringConvertible {
        let header: String
        let kind: String
        let line: Int?
        let mentions: String
        var testDescription: String { mentions }
    }

    static let faults = [
        Fault(header: "r", kind: "malformed", line: 1, mentions: "number of signals"),
        Fault(header: "r two 100 5\n", kind: "malformed", line: 1, mentions: "two"),
        Fault(header: "r 2 100 5\nr.dat 16\n", kind: "inconsistent", line: 1, mentions: "2 lines"),
        Fault(header: "r 0 100 5\n", kind: "no-samples", line: 1, mentions: "without signals"),
        Fault(header: "r 1 fast 5\nr.dat 16\n", kind: "malformed", line: 1, mentions: "fast"),
        Fault(header: "r 1 -5 5\nr.dat 16\n", kind: "malformed", line: 1, mentions: "-5"),
        Fault(header: "r 1 1e300 5\nr.dat 16\n", kind: "inconsistent", line: 1, mentions: "Hz"),
        Fault(
            header: "r 1 100 99999999999999999999\nr.dat 16\n", kind: "malformed", line: 1,
            mentions: "number of samples"),
        Fault(
            header: "r 1 100 1000000000\nr.dat 16\n", kind: "inconsistent", line: 1,
            mentions: "1000000000 samples"),
        Fault(
            header: "r 1 100 5\n../r.dat 16\n", kind: "malformed", line: 2,
            mentions: "beside the header"),
        Fault(
            header: "r 1 100 5\n/etc/passwd 16\n", kind: "malformed", line: 2, mentions: "/etc"),
        Fault(header: "r 1 100 5\n- 16\n", kind: "malformed", line: 2, mentions: "\"-\""),
        Fault(
            header: "r 1 100 5\nmissing.dat 16\n", kind: "unreadable", line: nil,
            mentions: "no such file"),
        Fault(header: "r 1 100 5\nr.dat 17\n", kind: "unsupported", line: 2, mentions: "format 17"),
        Fault(header: "r 1 100 5\nr.dat 516\n", kind: "unsupported", line: 2, mentions: "FLAC"),
        Fault(header: "r 1 100 5\nr.dat 16y\n", kind: "malformed", line: 2, mentions: "16y"),
        Fault(
            header: "r 1 100 5\nr.dat 16x0\n", kind: "malformed", line: 2,
            mentions: "samples per frame"),
        Fault(
            header: "r 1 100 5\nr.dat 16:999999999\n", kind: "malformed", line: 2,
            mentions: "skew"),
        Fault(
            header: "r 1 100 5\nr.dat 16+4611686018427387904\n", kind: "inconsistent", line: 1,
            mentions: "5 samples"),
        Fault(
            header: "r 1 100 5\nr.dat 16 nan/uV\n", kind: "malformed", line: 2, mentions: "nan"),
        Fault(
            header: "r 1 100 5\nr.dat 16 0x10/uV\n", kind: "malformed", line: 2, mentions: "0x10"),
        Fault(
            header: "r 1 100 5\nr.dat 16 1(a)/uV\n", kind: "malformed", line: 2,
            mentions: "baseline"),
        Fault(
            header: "r 2 100 2\nr.dat 16\nr.dat 212\n", kind: "inconsistent", line: 3,
            mentions: "format 16"),
        Fault(header: "r/2 1 100 5\nr 5\n", kind: "inconsistent", line: 1, mentions: "2 lines"),
        Fault(header: "r/1 1 100 5\nr 5\n", kind: "unsupported", line: 2, mentions: "segments"),
        Fault(
            header: "r/1 1 100 5\n../x 5\n", kind: "malformed", line: 2, mentions: "../x.hea"),
        Fault(header: "r/1 1 100 5\n~ 5\n", kind: "no-samples", line: nil, mentions: "whole frame"),
        Fault(
            header: "r/2 1 100 5\n~ 70368744177664\n~ 70368744177664\n", kind: "inconsistent",
            line: 3, mentions: "plausible"),
    ]

    @Test("a faulty header is refused with its place", arguments: faults)
    func refused(_ fault: Fault) throws {
        let place = try WFDBPlace()
        try place.write("r.dat", littleEndian([1, 2, 3, 4, 5], bytes: 2))
        try place.write("r.hea", fault.header)
        let error = #expect(throws: IngestError.self) { try place.read() }
        #expect(error?.kind.name == fault.kind)
        #expect(error?.location.line == fault.line)
        #expect(error?.description.contains(fault.mentions) == true, "\(error?.description ?? "")")
    }

    @Test("a signal file that was cut is read as far as it goes, or refused when most is missing")
    func cut() throws {
        let place = try WFDBPlace()
        try place.write("r.hea", "r 1 100 10\nr.dat 16 1/uV 16 0 0 999 0 emg\n")
        try place.write("r.dat", littleEndian(Array(0..<7), bytes: 2) + [1])
        let outcome = try place.read()
        #expect(outcome.recording.sampleCount == 7)
        #expect(outcome.warnings.contains { $0.kind == .truncated })
        // The sum of what is there is not that of the whole.
        #expect(!outcome.warnings.contains { $0.kind == .headerFault })
        try place.write("r.dat", littleEndian(Array(0..<15), bytes: 2))
        let longer = try place.read()
        #expect(longer.recording.sampleCount == 10)
        #expect(longer.warnings.contains { $0.kind == .truncated })
        try place.write("r.dat", littleEndian(Array(0..<4), bytes: 2))
        #expect(throws: IngestError.self) { try place.read() }
    }

    @Test("damaged annotations are refused with the byte, an end that is missing is said")
    func damagedAnnotations() throws {
        let place = try WFDBPlace()
        try place.write("r.hea", "r 1 100 5\nr.dat 16 1/uV 16 0 1 15 0 emg\n")
        try place.write("r.dat", littleEndian([1, 2, 3, 4, 5], bytes: 2))
        var bytes = AnnotationBytes()
        bytes.add(after: 1, code: 22, text: "grip")
        try place.write("r.atr", bytes.bytes)
        let outcome = try place.read()
        #expect(outcome.recording.labels?.classNames == ["unlabeled", "grip"])
        #expect(outcome.warnings.contains { $0.kind == .truncated })
        bytes.word(code: 63, value: 500)
        try place.write("r.atr", bytes.bytes)
        let error = #expect(throws: IngestError.self) { try place.read() }
        #expect(error?.location.file.hasSuffix("r.atr") == true)
        #expect(error?.location.byte == 10)
        try place.write("r.atr", littleEndian([63 << 10 | 2, 0, 0], bytes: 2))
        #expect(throws: IngestError.self) { try place.read() }
    }

    @Test("no damage crashes the reader")
    func mutations() throws {
        let place = try WFDBPlace()
        var random = SeededGenerator(seed: 20)
        try place.write("s.dat", (0..<600).map { UInt8(truncatingIfNeeded: $0 * 7) })
        let headers = [
            "r/3 2 10 40\ns 20\n~ 5\ns 15\n",
            "r 2 100/3(1) 50\ns.dat 212x2:1+2 1(3)/uV 12 0 5 7 0 a\n"
                + "s.dat 212 1/uV 12 0 5 7 0 b\n",
        ]
        let segment = "s 2 10 20\ns.dat 311 1/uV 12 0 5 7 0 a\ns.dat 311 1/uV 12 0 5 7 0 b\n"
        var annotations = AnnotationBytes()
        annotations.add(after: 3, code: 22, text: "one")
        annotations.add(after: 3_000, code: 28, text: "(two")
        annotations.end()
        var read = 0
        for round in 0..<600 {
            var header = Array(headers[round % 2].utf8)
            var side = Array(segment.utf8)
            var labels = annotations.bytes
            for _ in 0..<random.integer(below: 4) {
                switch random.integer(below: 3) {
                case 0: random.damage(&header)
                case 1: random.damage(&side)
                default: random.damage(&labels)
                }
            }
            try place.write("r.hea", header)
            try place.write("s.hea", side)
            try place.write("r.atr", labels)
            do {
                _ = try place.read(missing: .markAsMissing)
                read += 1
            } catch is IngestError {}
        }
        #expect(read > 100)
    }
}

extension SeededGenerator {
    /// Changes, removes or repeats a byte, or cuts the rest off.
    mutating func damage(_ bytes: inout [UInt8]) {
        guard !bytes.isEmpty else { return }
        let place = integer(below: bytes.count)
        switch integer(below: 8) {
        case 0: bytes.remove(at: place)
        case 1: bytes.insert(bytes[place], at: place)
        case 2: bytes.removeSubrange(place...)
        case 3: bytes[place] ^= 1 << UInt8(integer(below: 8))
        case 4: bytes[place] = UInt8(ascii: "9")
        default: bytes[place] = UInt8(integer(below: 256))
        }
    }
}
