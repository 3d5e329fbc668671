import EMGFormats
import EMGIngest
import EMGSignal
import Foundation
import SeededRandom
import TestSupport
import Testing

@Suite("Faults of EDF files")
struct EDFFaultTests {
    /// A fault and what must come of it.
    struct Fault: Sendable, CustomTestStringConvertible {
        let name: String
        let change: @Sendable (inout EDFBytes) -> Void
        var error: String?
        var warning: IngestWarning.Kind?
        var field: String?
        var samples = 2_000
        var testDescription: String { name }
    }

    static let refused: [Fault] = [
        Fault(
            name: "no signals", change: { $0.signalCount = "0" }, error: "malformed",
            field: "number of signals"),
        Fault(
            name: "negative signals", change: { $0.signalCount = "-3" }, error: "malformed",
            field: "number of signals"),
        Fault(
            name: "signals in words", change: { $0.signalCount = "two" }, error: "malformed",
            field: "number of signals"),
        Fault(
            name: "9999 signals", change: { $0.signalCount = "9999" }, error: "inconsistent",
            field: "number of signals"),
        Fault(
            name: "far too many records", change: { $0.recordCount = "1000000" },
            error: "inconsistent", field: "number of records"),
        Fault(
            name: "records below -1", change: { $0.recordCount = "-5" }, error: "malformed",
            field: "number of records"),
        Fault(
            name: "records in words", change: { $0.recordCount = "many" }, error: "malformed",
            field: "number of records"),
        Fault(
            name: "no samples in a record", change: { $0.signals[0].samplesText = "0" },
            error: "malformed", field: "samples per record of signal 1 \"EMG 0\""),
        Fault(
            name: "negative samples in a record", change: { $0.signals[1].samplesText = "-200" },
            error: "malformed", field: "samples per record of signal 2 \"EMG 1\""),
        Fault(
            name: "more samples than digits", change: { $0.signals[1].samplesText = "9e18" },
            error: "malformed", field: "samples per record of signal 2 \"EMG 1\""),
        Fault(
            name: "half a sample", change: { $0.signals[1].samplesText = "0.5" },
            error: "malformed", field: "samples per record of signal 2 \"EMG 1\""),
        Fault(
            name: "huge records", change: { $0.signals[0].samplesText = "99999999" },
            error: "inconsistent", field: "number of records"),
        Fault(
            name: "physical range of nothing",
            change: { $0.signals[0].physicalMaximum = "-3276.8" }, error: "inconsistent",
            field: "physical maximum of signal 1 \"EMG 0\""),
        Fault(
            name: "digital range of nothing",
            change: { $0.signals[0].digitalMaximum = "-32768" }, error: "inconsistent",
            field: "digital maximum of signal 1 \"EMG 0\""),
        Fault(
            name: "digital range upside down",
            change: { $0.signals[0].digitalMaximum = "-32769" }, error: "inconsistent",
            field: "digital maximum of signal 1 \"EMG 0\""),
        Fault(
            name: "digital range without a sign",
            change: {
                $0.signals[0].digitalMinimum = "0"
                $0.signals[0].digitalMaximum = "65535"
            }, error: "inconsistent", field: "digital maximum of signal 1 \"EMG 0\""),
        Fault(
            name: "physical minimum not a number",
            change: { $0.signals[0].physicalMinimum = "nan" }, error: "malformed",
            field: "physical minimum of signal 1 \"EMG 0\""),
        Fault(
            name: "physical minimum beyond reason",
            change: { $0.signals[0].physicalMinimum = "-1e300" }, error: "malformed",
            field: "physical minimum of signal 1 \"EMG 0\""),
        Fault(
            name: "physical minimum blank",
            change: { $0.signals[0].physicalMinimum = "" }, error: "malformed",
            field: "physical minimum of signal 1 \"EMG 0\""),
        Fault(
            name: "duration 0", change: { $0.duration = "0" }, error: "malformed",
            field: "record duration"),
        Fault(
            name: "duration negative", change: { $0.duration = "-1" }, error: "malformed",
            field: "record duration"),
        Fault(
            name: "duration blank", change: { $0.duration = "" }, error: "malformed",
            field: "record duration"),
        Fault(
            name: "duration beyond reason", change: { $0.duration = "1e-9" },
            error: "inconsistent", field: "record duration"),
        Fault(
            name: "another version",
            change: {
                $0.version = Array("DICM1234".utf8)
                $0.reserved = ""
            },
            error: "wrong-format", field: "version"),
        Fault(
            name: "header longer than its signals need and nothing fits",
            change: {
                $0.headerBytes = "2000"
                $0.tail = [1, 2, 3]
            }, error: "inconsistent", field: "header bytes"),
        Fault(
            name: "annotations only",
            change: {
                $0.signals = []
                $0.numbers = []
                $0.duration = "0"
            }, error: "no-samples"),
        Fault(
            name: "BDF header over data of 16 bits",
            change: {
                $0.version = [0xFF] + Array("BIOSEMI".utf8)
                $0.reserved = "BDF+C"
            }, error: "wrong-format", field: "version"),
    ]

    @Test("contradictions and damage are refused with their place", arguments: refused)
    func refusal(fault: Fault) throws {
        var file = EDFBytes.standard()
        fault.change(&file)
        let error = #expect(throws: IngestError.self) { try file.read() }
        #expect(error?.kind.name == fault.error)
        #expect(error?.location.field == fault.field)
        #expect(error?.hint.isEmpty == false)
    }

    static let tolerated: [Fault] = [
        Fault(
            name: "records -1", change: { $0.recordCount = "-1" }, warning: .headerFault,
            field: "number of records"),
        Fault(
            name: "records 0", change: { $0.recordCount = "0" }, warning: .headerFault,
            field: "number of records"),
        Fault(
            name: "records blank", change: { $0.recordCount = "" }, warning: .headerFault,
            field: "number of records"),
        Fault(
            name: "fewer records than there are", change: { $0.recordCount = "5" },
            warning: .truncated, samples: 1_000),
        Fault(
            name: "one record more than there is", change: { $0.recordCount = "11" },
            warning: .truncated, field: "number of records"),
        Fault(
            name: "bytes behind the records", change: { $0.tail = [1, 2, 3] },
            warning: .truncated),
        Fault(
            name: "decimal comma", change: { $0.signals[0].physicalMinimum = "-3276,8" },
            warning: .headerFault, field: "physical minimum of signal 1 \"EMG 0\""),
        Fault(
            name: "upside down",
            change: {
                $0.signals[0].physicalMinimum = "3276.7"
                $0.signals[0].physicalMaximum = "-3276.8"
            }, warning: .headerFault, field: "physical minimum of signal 1 \"EMG 0\""),
        Fault(
            name: "digital range beyond 16 bits",
            change: { $0.signals[0].digitalMinimum = "-40000" },
            warning: .headerFault, field: "digital minimum of signal 1 \"EMG 0\""),
        Fault(
            name: "header bytes too small", change: { $0.headerBytes = "256" },
            warning: .headerFault, field: "header bytes"),
        Fault(
            name: "header bytes too large", change: { $0.headerBytes = "1280" },
            warning: .headerFault, field: "header bytes"),
        Fault(
            name: "header bytes blank", change: { $0.headerBytes = "" },
            warning: .headerFault, field: "header bytes"),
        Fault(
            name: "date in words", change: { $0.date = "yesterdy" }, warning: .headerFault,
            field: "start date"),
        Fault(
            name: "time beyond the day", change: { $0.time = "25.61.00" },
            warning: .headerFault, field: "start time"),
        Fault(
            name: "NUL for blanks", change: { $0.signals[0].label = "EMG 0\0\0" },
            warning: .headerFault, field: "label"),
        Fault(
            name: "labels that stand twice", change: { $0.signals[1].label = "EMG 0" },
            warning: .headerFault, field: "label"),
        Fault(
            name: "labels that are blank",
            change: {
                $0.signals[0].label = ""
                $0.signals[1].label = ""
            }, warning: .headerFault, field: "label"),
        Fault(
            name: "Latin-1 text", change: { $0.patient = "X X X J§rgen" },
            warning: .headerFault, field: "patient"),
        Fault(
            name: "version padded with NUL",
            change: { $0.version = [0x30] + [UInt8](repeating: 0, count: 7) },
            warning: .headerFault, field: "version"),
        Fault(
            name: "plain EDF with annotations", change: { $0.reserved = "" },
            warning: .headerFault, field: "reserved"),
        Fault(
            name: "EDF+ without annotations", change: { $0.annotations = [] },
            warning: .headerFault, field: "reserved"),
        Fault(
            name: "a record that does not say when it began",
            change: { $0.annotations[3] = "\0" }, warning: .headerFault),
        Fault(
            name: "damaged annotations", change: { $0.annotations[3] = "garbage without end" },
            warning: .events),
        Fault(
            name: "an annotation that is cut",
            change: {
                $0.annotations[3] =
                    "+3\u{14}\u{14}\0+3\u{15}1\u{14}" + String(repeating: "x", count: 90)
            },
            warning: .events),
        Fault(
            name: "an annotation without a sign",
            change: { $0.annotations[3] = "3\u{14}\u{14}\0" }, warning: .events),
        Fault(
            name: "numbers outside the digital range",
            change: {
                $0.signals[0].digitalMinimum = "-100"
                $0.signals[0].digitalMaximum = "100"
            }, warning: .headerFault),
    ]

    @Test("faults that leave the meaning clear are warnings", arguments: tolerated)
    func warning(fault: Fault) throws {
        var file = EDFBytes.standard()
        fault.change(&file)
        let outcome = try file.read()
        #expect(outcome.recording.sampleCount == fault.samples)
        let found = outcome.warnings.filter { $0.kind == fault.warning }
        #expect(!found.isEmpty)
        if let field = fault.field {
            #expect(found.contains { $0.location.field == field })
        }
        #expect(Set(outcome.recording.channels.map(\.name)).count == 2)
    }

    @Test("a name of the other width is reported")
    func otherName() throws {
        let folder = try TemporaryFolder()
        let url = try EDFBytes.standard().write("a_b.bdf", to: folder)
        let outcome = try EDFReaderTests.registry.read(url)
        #expect(outcome.recording.history[0].operation == "ingest.edf")
        #expect(outcome.warnings.contains { $0.message.contains("the name is that of BDF") })
    }

    @Test("a good file has no such warnings")
    func good() throws {
        let kinds = try EDFBytes.standard().read().warnings.map(\.kind)
        #expect(!kinds.contains(.headerFault) && !kinds.contains(.truncated))
        #expect(!kinds.contains(.events))
    }

    @Test("a damaged version field of BDF is read by its other fields")
    func damagedBDF() throws {
        for version in [
            [0x3F] + Array("BIOSEMI".utf8), Array("BIOSEMI ".utf8), Array("0       ".utf8),
        ] {
            let folder = try TemporaryFolder()
            var file = EDFBytes.standard(bdf: true)
            file.version = version
            let url = try file.write("x_y.edf", to: folder)
            let outcome = try EDFReaderTests.registry.read(url)
            #expect(outcome.recording.history[0].operation == "ingest.bdf")
            #expect(outcome.recording.sampleCount == 2_000)
            #expect(outcome.warnings.contains { $0.location.field == "version" })
        }
    }

    @Test("BDF with data of 16 bits is refused until the caller says what it is")
    func wrongWidth() throws {
        let folder = try TemporaryFolder()
        var file = EDFBytes.standard()
        file.version = [0xFF] + Array("BIOSEMI".utf8)
        file.reserved = "24BIT"
        let url = try file.write("x_y.bdf", to: folder)
        let error = #expect(throws: IngestError.self) { try EDFReaderTests.registry.read(url) }
        #expect(error?.kind.name == "inconsistent")
        #expect(error?.hint.contains("edf") == true)
        let outcome = try EDFReaderTests.registry.read(url, options: ReadOptions(format: "edf"))
        #expect(outcome.recording.sampleCount == 2_000)
        #expect(outcome.recording.samples[7, 0] == file.sample(EDFBytes.number(7, 0), 0))

        var good = EDFBytes.standard(bdf: true)
        good.reserved = "24BIT"
        let other = try good.write("y_z.bdf", to: folder)
        #expect(throws: IngestError.self) {
            try EDFReaderTests.registry.read(other, options: ReadOptions(format: "edf"))
        }
    }

    @Test("faults of signals that are left out do not matter")
    func faultElsewhere() throws {
        var file = EDFBytes.standard(records: 2)
        file.signals.append(
            EDFBytes.Signal(
                label: "Status", physicalMinimum: "0", physicalMaximum: "0", samples: 20))
        file.numbers.append((0..<40).map { $0 })
        #expect(try file.read().recording.channels.count == 2)
        #expect(throws: IngestError.self) {
            try file.read(ReadOptions(parts: .named("other-20Hz")))
        }
    }

    @Test("a file cut anywhere is refused or read in part", arguments: 0..<60)
    func cut(step: Int) throws {
        let folder = try TemporaryFolder()
        let url = try EDFBytes.standard(records: 4).write(to: folder)
        let whole = try Data(contentsOf: url)
        let length = whole.count * step / 60
        try whole.prefix(length).write(to: url)
        do {
            let outcome = try EDFReader(.edf).read(url)
            #expect(outcome.recording.sampleCount < 800)
            #expect(outcome.warnings.contains { $0.kind == .truncated })
        } catch {
            #expect(!error.description.isEmpty)
        }
    }

    @Test("bytes changed at random never crash the reader", arguments: 0..<40)
    func mutations(seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed), stream: "edf")
        let folder = try TemporaryFolder()
        var file = EDFBytes.standard(records: 3, rate: 50, bdf: seed.isMultiple(of: 2))
        file.reserved = seed.isMultiple(of: 2) ? "BDF+D" : "EDF+D"
        file.annotations[1] = "+1.5\u{14}\u{14}\0+1.5\u{15}1\u{14}x\u{14}\0"
        let good = file.bytes
        let url = folder.url.appending(path: "a_b.edf")
        for _ in 0..<40 {
            var bytes = good
            for _ in 0...random.integer(below: 6) {
                let place = random.integer(below: seed < 20 ? 1_024 : bytes.count)
                bytes[place] =
                    random.integer(below: 2) == 0
                    ? UInt8(random.integer(below: 256))
                    : Array("0123456789-+. \u{14}\u{15}\0".utf8)[random.integer(below: 17)]
            }
            try Data(bytes).write(to: url)
            for reader in [EDFReader(.edf), EDFReader(.bdf)] {
                do {
                    let outcome = try reader.read(url, options: ReadOptions(parts: .main))
                    #expect(outcome.recording.sampleCount > 0)
                } catch {
                    #expect(!error.description.isEmpty)
                }
            }
        }
    }
}
