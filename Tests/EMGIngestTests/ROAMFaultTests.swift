import EMGIngest
import EMGSignal
import Foundation
import SeededRandom
import Testing

/// Each way in which a table can be broken, made here, and the answer it must get.
@Suite("Broken ROAM tables")
struct ROAMFaultTests {
    /// A broken table and the exact error it must be refused with.
    struct Refusal: Sendable, CustomTestStringConvertible {
        let name: String
        let bytes: [UInt8]
        let kind: String
        var line: Int?
        var column: Int?
        var field: String?
        var testDescription: String { name }

        init(
            _ name: String, _ kind: String, line: Int? = nil, column: Int? = nil,
            field: String? = nil, _ make: (inout TableText) -> Void
        ) {
            var table = TableText()
            make(&table)
            self.init(name, kind, line: line, column: column, field: field, bytes: table.text.utf8)
        }

        init(
            _ name: String, _ kind: String, line: Int? = nil, column: Int? = nil,
            field: String? = nil, bytes: some Sequence<UInt8>
        ) {
            self.name = name
            self.bytes = Array(bytes)
            self.kind = kind
            self.line = line
            self.column = column
            self.field = field
        }
    }

    /// A table whose line 62 has another third sample; its column is 49 bytes in.
    static func cell(_ name: String, _ kind: String, _ text: String) -> Refusal {
        Refusal(name, kind, line: 62, column: 49, field: "emg2") {
            $0.lines[61] =
                "60,1,2.630000000,20230328142053070,None,379,324,\(text),337,386,350,381,379"
        }
    }

    static let cells: [Refusal] = [
        cell("nan", "missing-value", "nan"),
        cell("inf", "missing-value", "inf"),
        cell("minus inf", "missing-value", "-inf"),
        cell("empty", "missing-value", ""),
        cell("quoted empty", "missing-value", "\"\""),
        cell("a blank", "invalid-cell", " "),
        cell("a word", "invalid-cell", "word"),
        cell("hexadecimal", "invalid-cell", "0x1F"),
        cell("decimal comma", "invalid-cell", "\"3,5\""),
        cell("thousands separator", "invalid-cell", "1_000"),
        cell("other digits", "invalid-cell", "\u{664}\u{662}"),
        cell("wide digits", "invalid-cell", "\u{FF14}\u{FF12}"),
        cell("beyond a double", "invalid-cell", "1e309"),
        cell("2 to the 63", "invalid-cell", "9223372036854775808"),
        cell("minus 2 to the 64", "invalid-cell", "-18446744073709551616"),
        cell("a huge decimal", "invalid-cell", "1e30"),
        cell("two points", "invalid-cell", "1.2.3"),
        cell("a NUL byte", "malformed", "4\u{0}2"),
        cell("text behind a quote", "malformed", "\"4\"2").moved(column: 52, field: nil),
    ]

    static let labels: [Refusal] = [
        ("3", "label 3"), ("-1", "label -1"), ("255", "label 255"), ("1.5", "label 1.5"),
        ("1.0", "label 1.0"), ("open", "a word"), ("", "no label"), ("nan", "nan as label"),
        ("1e0", "an exponent as label"), ("9223372036854775808", "a huge label"),
    ].map { text, name in
        Refusal(name, "invalid-cell", line: 102, column: 5, field: "gt") {
            $0.set(line: 102, column: 1, to: text)
        }
    }

    static let shapes: [Refusal] = [
        Refusal("nothing", "no-samples", bytes: []),
        Refusal("blank lines only", "no-samples", bytes: Array("\n\n\n".utf8)),
        Refusal("a header only", "no-samples") { $0.lines.removeLast(200) },
        Refusal("one row", "unknown-rate") { $0.lines.removeLast(199) },
        Refusal("UTF-16 without mark", "wrong-format", bytes: utf16(mark: [], isBig: false)),
        Refusal("gzip", "wrong-format", bytes: [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 2, 3, 0x75, 0x9A]),
        Refusal("zip", "wrong-format", bytes: [0x50, 0x4B, 3, 4, 20, 0, 6, 0]),
        Refusal(
            "HTML", "wrong-format", bytes: Array("<!DOCTYPE html>\n<p>404, not found</p>".utf8)),
        Refusal("JSON", "wrong-format", bytes: Array("{\"message\": \"not found\"}\n".utf8)),
        Refusal("binary", "wrong-format", bytes: (0..<600).map { UInt8($0 * 7 % 256) }),
        Refusal("tabs", "wrong-format", line: 1) { table in
            table.lines = table.lines.map { $0.replacing(",", with: "\t") }
        },
        Refusal("semicolons", "wrong-format", line: 1) { table in
            table.lines = table.lines.map { $0.replacing(",", with: ";") }
        },
        Refusal("no header", "missing-column", line: 1) { $0.lines.removeFirst() },
        Refusal("no gt", "missing-column", line: 1) {
            $0.lines[0] = $0.lines[0].replacing("gt", with: "label")
        },
        Refusal("no emg0", "missing-column", line: 1) {
            $0.lines[0] = $0.lines[0].replacing("emg0", with: "emg8")
        },
        Refusal("a hole in the channels", "missing-column", line: 1) {
            $0.lines[0] = $0.lines[0].replacing("emg3", with: "other")
        },
        Refusal("a channel twice", "duplicate-column", line: 1) {
            $0.lines[0] = $0.lines[0].replacing("emg7", with: "emg0")
        },
        Refusal("a channel twice, spelled differently", "duplicate-column", line: 1) {
            $0.lines[0] = $0.lines[0].replacing("emg7", with: "emg_0")
        },
        Refusal("gt twice", "duplicate-column", line: 1) {
            $0.lines[0] = $0.lines[0].replacing("current_task", with: "gt")
        },
        Refusal("one field too many", "field-count", line: 79) { $0.lines[78] += ",5" },
        Refusal("one field too few", "field-count", line: 79) {
            $0.lines[78] = String($0.lines[78].dropLast(4))
        },
        Refusal("every row too long", "field-count", line: 2) { table in
            for index in table.lines.indices.dropFirst() { table.lines[index] += ",1" }
        },
        Refusal(
            "cut inside the last line", "field-count", line: 201,
            bytes: TableText().text.utf8.dropLast(12)),
        Refusal("a quote that never closes", "malformed", line: 77, column: 30) {
            $0.lines[76] = $0.lines[76].replacing("None", with: "\"None")
        },
        Refusal("no time and no rate", "unknown-rate", bytes: Array("gt,emg0\n0,1\n0,2\n".utf8)),
        Refusal(
            "a clock that stands", "unknown-rate",
            bytes: Array("gt,time_elapsed,emg0\n0,1,1\n0,1,2\n".utf8)),
        Refusal(
            "time in milliseconds", "unknown-rate",
            bytes: Array("gt,time_elapsed,emg0\n0,10,1\n0,20,2\n".utf8)),
        Refusal(
            "a time that is no number", "invalid-cell", line: 50, column: 6, field: "time_elapsed"
        ) {
            $0.set(line: 50, column: 2, to: "2:31.5")
        },
        Refusal(
            "a time that is missing", "invalid-cell", line: 50, column: 6, field: "time_elapsed"
        ) {
            $0.set(line: 50, column: 2, to: "")
        },
        Refusal(
            "a wall clock that a spreadsheet rounded", "invalid-cell", line: 2, column: 3,
            field: "current_time",
            bytes: Array("gt,current_time,emg0\n0,2.02303E+16,1\n".utf8)),
    ]

    @Test("a broken table is refused with its line and column", arguments: cells + labels + shapes)
    func isRefused(refusal: Refusal) throws {
        let error = try #require(
            #expect(throws: IngestError.self) { try readTable(refusal.bytes) })
        #expect(error.kind.name == refusal.kind)
        #expect(error.location.line == refusal.line)
        #expect(error.location.column == refusal.column)
        #expect(error.location.field == refusal.field)
        #expect(error.description.contains("p7_131.csv"))
        #expect(
            !error.description.unicodeScalars.contains {
                $0.properties.generalCategory == .control && $0 != "\n"
            })
    }

    /// A table that is odd, and what must be said about it.
    struct Oddity: Sendable, CustomTestStringConvertible {
        let name: String
        let text: String
        let kind: IngestWarning.Kind
        let line: Int?
        let count: Int
        var testDescription: String { name }

        init(
            _ name: String, _ kind: IngestWarning.Kind, line: Int?, count: Int = 1,
            table: TableText = TableText(), _ make: (inout TableText) -> Void = { _ in }
        ) {
            var table = table
            make(&table)
            self.name = name
            text = table.text
            self.kind = kind
            self.line = line
            self.count = count
        }
    }

    static let oddities: [Oddity] = [
        Oddity("a blank line between rows", .blankLine, line: 50) { $0.lines.insert("", at: 49) },
        Oddity("a long field", .longField, line: 50) {
            $0.lines[49] = $0.lines[49].replacing(
                "None", with: String(repeating: "x", count: 100_000))
        },
        Oddity("a column of somebody else", .unusedColumn, line: 1) {
            $0.lines[0] = $0.lines[0].replacing("current_task", with: "imu")
        },
        Oddity("beyond single precision", .inexactValue, line: 50, count: 1) {
            $0.set(line: 50, column: 6, to: "16777217")
        },
        Oddity("a time stamp twice", .duplicateTimeStamp, line: 102) {
            $0.set(line: 102, column: 2, to: "3.020")
        },
        Oddity("a clock that jumps back", .clockJumpsBack, line: 122) { table in
            for line in 122...201 {
                let time = Double(line - 2) * 0.01 + 2.03 - 1.5
                table.set(line: line, column: 2, to: String(time))
            }
        },
        Oddity("a clock that starts again", .clockJumpsBack, line: 122) { table in
            for line in 122...201 {
                table.set(line: line, column: 2, to: String(Double(line - 122) / 100))
            }
        },
        Oddity("a second missing", .gap, line: 102) { table in
            for line in 102...201 {
                table.set(line: line, column: 2, to: String(Double(line - 2) * 0.01 + 3.03))
            }
        },
        Oddity("one row in seventeen lost", .gap, line: 18, count: 11) { table in
            table.lines = table.lines.enumerated().filter { index, _ in
                index == 0 || !index.isMultiple(of: 17)
            }.map(\.element)
        },
        Oddity("scattering time stamps", .jitter, line: nil) { table in
            var noise = SeededGenerator(seed: 1)
            for line in 2...201 {
                let scatter = noise.uniform(in: -0.45..<0.45)
                table.set(line: line, column: 2, to: String((Double(line) + scatter) / 100))
            }
        },
        Oddity(
            "one class only", .labelProtocol, line: nil, table: TableText(labels: [0, 0, 0, 0, 0])),
        Oddity(
            "no last relax", .labelProtocol, line: nil, table: TableText(labels: [0, 1, 0, 2, 2])),
        Oddity(
            "a start in the middle", .labelProtocol, line: 2,
            table: TableText(labels: [1, 0, 2, 0, 0])),
        Oddity(
            "a tail", .labelProtocol, line: 362,
            table: TableText(labels: [0, 1, 0, 2, 0, 1, 0, 2, 0, 1])),
        Oddity("a flat channel", .flatLine, line: 2) { table in
            for line in 2...201 { table.set(line: line, column: 5, to: "77") }
        },
    ]

    @Test("an odd table is read and the oddity reported", arguments: oddities)
    func isStated(oddity: Oddity) throws {
        let outcome = try readTable(oddity.text)
        let warning = try #require(outcome.warnings.first { $0.kind == oddity.kind })
        #expect(warning.location.line == oddity.line)
        #expect(warning.count == oddity.count)
    }

    @Test("jitter makes no gap, and the rate is that of all rows")
    func jitter() throws {
        let oddity = try #require(Self.oddities.first { $0.kind == .jitter })
        let outcome = try readTable(oddity.text)
        #expect(outcome.recording.samplingRate.hertz == 100)
        #expect(!outcome.recording.quality.contains { $0.kind == .gap })
    }

    @Test(
        "a recording is cut where its clock is broken",
        arguments: ["a clock that jumps back", "a second missing"])
    func cuts(name: String) throws {
        let oddity = try #require(Self.oddities.first { $0.name == name })
        let recording = try readTable(oddity.text).recording
        let cut = try #require(oddity.line) - 2
        #expect(
            recording.segments == [
                SampleRange(start: 0, end: cut), SampleRange(start: cut, end: 200),
            ])
    }

    @Test(
        "missing samples are marked when that is asked for",
        arguments: ["nan", "inf", "", "-Infinity"])
    func marked(text: String) throws {
        var table = TableText()
        table.set(line: 62, column: 7, to: text)
        table.set(line: 63, column: 7, to: text)
        let outcome = try readTable(table.text, options: ReadOptions(missing: .markAsMissing))
        #expect(outcome.recording.samples[60, 2].isNaN && outcome.recording.samples[61, 2].isNaN)
        #expect(
            outcome.recording.quality == [
                QualityInterval(
                    range: SampleRange(start: 60, end: 62), channel: 2, kind: .nonFinite)
            ])
        #expect(outcome.warnings.map(\.kind) == [.missingValues])
        #expect(outcome.warnings.first?.count == 2)
        #expect(outcome.recording.segments.map(\.count) == [60, 138])
    }

    @Test("what no marking can save is refused all the same", arguments: [" ", "x", "1e309"])
    func notMarked(text: String) throws {
        var table = TableText()
        table.set(line: 62, column: 7, to: text)
        #expect(throws: IngestError.self) {
            try readTable(table.text, options: ReadOptions(missing: .markAsMissing))
        }
    }

    @Test("numbers up to 2^24 are exact")
    func exactNumbers() throws {
        var table = TableText()
        table.set(line: 50, column: 5, to: "16777216")
        table.set(line: 51, column: 5, to: "-16777216")
        table.set(line: 52, column: 5, to: "16777218")
        let outcome = try readTable(table.text)
        #expect(outcome.recording.samples[48, 0] == 16_777_216)
        #expect(outcome.recording.samples[49, 0] == -16_777_216)
        #expect(outcome.recording.samples[50, 0] == 16_777_218)
        #expect(!outcome.warnings.contains { $0.kind == .inexactValue })
    }

    @Test("UTF-16 with a mark is read like UTF-8", arguments: [false, true])
    func markedUTF16(isBig: Bool) throws {
        let plain = try readTable(TableText().text).recording
        let wide = try readTable(
            Self.utf16(mark: isBig ? [0xFE, 0xFF] : [0xFF, 0xFE], isBig: isBig)
        )
        .recording
        #expect(wide.samples == plain.samples && wide.labels == plain.labels)
        #expect(wide.timeStamps == plain.timeStamps)
        #expect(wide.source.sha256 != plain.source.sha256)
    }

    private static func utf16(mark: [UInt8], isBig: Bool) -> [UInt8] {
        mark
            + TableText().text.utf16.flatMap { unit in
                let bytes = [UInt8(unit & 255), UInt8(unit >> 8)]
                return isBig ? bytes.reversed() : bytes
            }
    }
}

extension ROAMFaultTests.Refusal {
    fileprivate func moved(column: Int, field: String?) -> Self {
        var copy = self
        copy.column = column
        copy.field = field
        return copy
    }
}
