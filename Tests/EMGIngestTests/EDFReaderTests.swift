import EMGFormats
import EMGIngest
import EMGSignal
import Foundation
import TestSupport
import Testing

@Suite("EDF and BDF reader")
struct EDFReaderTests {
    static let registry = ReaderRegistry(readers: [
        EDFReader(.edf), EDFReader(.bdf), ROAMReader(),
    ])

    @Test(
        "samples are the numbers times the header's scale, rounded once", arguments: [false, true])
    func samples(bdf: Bool) throws {
        let file = EDFBytes.standard(bdf: bdf)
        let outcome = try file.read()
        let recording = outcome.recording
        #expect(recording.sampleCount == 2_000)
        #expect(recording.channels == [0, 1].map { Channel(name: "EMG \($0)", unit: "uV") })
        #expect(recording.samplingRate.hertz == 200)
        #expect(recording.labels == nil)
        #expect(recording.timeStamps == nil)
        for row in 0..<2_000 {
            for channel in 0..<2 {
                let number = file.numbers[channel][row]
                let expected = file.sample(number, channel)
                let found = recording.samples[row, channel]
                #expect(abs(found - expected) <= expected.ulp)
                let back =
                    (Double(found) - outcome.scaling.offset[channel])
                    / outcome.scaling.scale[channel]
                #expect(Int(back.rounded()) == number)
            }
        }
        #expect(!outcome.warnings.contains { $0.kind == .headerFault })
    }

    @Test("the reader keeps the contract of all readers", arguments: [false, true])
    func conformance(bdf: Bool) throws {
        let folder = try TemporaryFolder()
        var file = EDFBytes.standard(bdf: bdf)
        file.annotations[1] = "+1\u{14}\u{14}\0+1.5\u{15}2\u{14}open\u{14}\0"
        let url = try file.write(to: folder)
        let reader = try Self.registry.reader(for: url)
        #expect(reader.formatName == (bdf ? "bdf" : "edf"))
        let outcome = try ReaderConformance.check(reader, url)
        #expect(outcome.recording.labels?.classNames == ["unlabeled", "open"])
    }

    @Test(
        "the rate is the one that the decimal numbers of the header make, without rounding",
        arguments: [
            (35, "0.175", 200.0), (7, "0.07", 100), (2_000, "1", 2_000), (10, "3", 10.0 / 3),
            (100, "0.3", 1_000.0 / 3), (256, "0.1", 2_560),
        ] as [(Int, String, Double)])
    func exactRate(samples: Int, duration: String, hertz: Double) throws {
        var file = EDFBytes.standard(rate: samples)
        file.duration = duration
        file.reserved = ""
        file.annotations = []
        #expect(try file.read().recording.samplingRate.hertz == hertz)
    }

    @Test("content tells the format whatever the name", arguments: [false, true])
    func content(bdf: Bool) throws {
        let folder = try TemporaryFolder()
        let url = try EDFBytes.standard(bdf: bdf).write("a_b.csv", to: folder)
        #expect(try Self.registry.reader(for: url).formatName == (bdf ? "bdf" : "edf"))
        let table = folder.url.appending(path: "table.txt")
        try Data(("0       ;1\n" + String(repeating: "0;2\n", count: 100)).utf8).write(to: table)
        #expect(throws: IngestError.self) { try Self.registry.reader(for: table) }
    }

    @Test("annotations with a duration become labels, those without are reported")
    func annotations() throws {
        var file = EDFBytes.standard(records: 4)
        file.annotations = [
            "+0\u{14}\u{14}\0+0\u{15}1\u{14}relax\u{14}\0",
            "+1\u{14}\u{14}started\u{14}\0+1\u{15}1.5\u{14}évén\u{14}\0",
            "+2\u{14}\u{14}\0+2.5\u{15}0.25\u{14}relax\u{14}\0", "+3\u{14}\u{14}\0",
        ]
        let outcome = try file.read()
        let labels = try #require(outcome.recording.labels)
        #expect(labels.classNames == ["unlabeled", "relax", "évén"])
        #expect(
            labels.runs == [
                LabelTrack.Run(label: 1, range: SampleRange(start: 0, end: 200)),
                LabelTrack.Run(label: 2, range: SampleRange(start: 200, end: 500)),
                LabelTrack.Run(label: 1, range: SampleRange(start: 500, end: 550)),
                LabelTrack.Run(label: 0, range: SampleRange(start: 550, end: 800)),
            ])
        #expect(outcome.warnings.contains { $0.kind == .events && $0.message.contains("started") })
    }

    @Test("annotations without durations last until the next one")
    func cues() throws {
        var file = EDFBytes.standard(records: 3)
        file.annotations = [
            "+0\u{14}\u{14}\0+0.5\u{14}b\u{14}\0", "+1\u{14}\u{14}\0",
            "+2\u{14}\u{14}\0+2.25\u{14}a\u{14}\0",
        ]
        let labels = try #require(try file.read().recording.labels)
        #expect(labels.classNames == ["unlabeled", "a", "b"])
        #expect(labels.runs.map(\.range.end) == [100, 450, 600])
    }

    @Test("times count from the first record, wherever it began")
    func offsetStart() throws {
        var file = EDFBytes.standard(records: 2)
        file.annotations = [
            "+100.5\u{14}\u{14}\0+101\u{15}0.5\u{14}x\u{14}\0", "+101.5\u{14}\u{14}\0",
        ]
        let labels = try #require(try file.read().recording.labels)
        #expect(labels.runs.map(\.range.start) == [0, 100, 200])
    }

    @Test("several signals of annotations are read, the first keeps the time")
    func severalAnnotations() throws {
        var file = EDFBytes.standard(records: 2)
        file.signals.append(EDFBytes.Signal(label: "EDF Annotations", samples: 20))
        let extra = ["+0.25\u{15}0.25\u{14}x\u{14}\0", "+1\u{15}1\u{14}y\u{14}\0"]
        file.numbers.append(
            extra.flatMap { text -> [Int] in
                let bytes = Array(text.utf8) + [UInt8](repeating: 0, count: 40 - text.utf8.count)
                return (0..<20).map { Int(bytes[2 * $0]) | Int(bytes[2 * $0 + 1]) << 8 }
            })
        // The signal among the others comes first and has no time: each record lacks one.
        let outcome = try file.read()
        #expect(outcome.recording.labels?.classNames == ["unlabeled", "x", "y"])
        #expect(outcome.recording.channels.count == 2)
        #expect(outcome.warnings.contains { $0.count == 2 && $0.kind == .headerFault })
    }

    @Test("records that begin later make a gap, records marked so without a break none")
    func discontinuous() throws {
        var file = EDFBytes.standard(records: 4)
        file.reserved = "EDF+D"
        #expect(try file.read().recording.quality.allSatisfy { $0.kind != .gap })
        #expect(try file.read().recording.timeStamps == nil)
        file.annotations = [
            "+0\u{14}\u{14}\0", "+1\u{14}\u{14}\0", "+3.5\u{14}\u{14}\0+3.5\u{15}1\u{14}x\u{14}\0",
            "+4.5\u{14}\u{14}\0",
        ]
        let outcome = try file.read()
        let gaps = Set(outcome.recording.quality.filter { $0.kind == .gap })
        #expect(gaps.map(\.range) == [SampleRange(start: 400, end: 401)])
        let times = try #require(outcome.recording.timeStamps)
        #expect(times[399] == 1.995 && times[400] == 3.5 && times[799] == 4.5 + 199 / 200.0)
        #expect(
            outcome.recording.labels?.runs.map(\.range) == [
                SampleRange(start: 0, end: 400), SampleRange(start: 400, end: 600),
                SampleRange(start: 600, end: 800),
            ])
        file.annotations[2] = "+3\u{14}\u{14}\0"
        file.annotations[3] = "+4\u{14}\u{14}\0"
        #expect(try file.read().recording.quality.contains { $0.kind == .gap })
        file.reserved = "EDF+C"
        let continuous = try file.read()
        #expect(continuous.recording.timeStamps == nil)
        #expect(continuous.warnings.contains { $0.message.contains("the header counts") })
    }

    @Test("rounded onsets are no gaps")
    func roundedOnsets() throws {
        var file = EDFBytes.standard(records: 30, rate: 10)
        file.reserved = "EDF+D"
        file.duration = "0.333333"
        file.annotations = (0..<30).map {
            "+\((Double($0) * 0.333333 * 1_000).rounded() / 1_000)\u{14}\u{14}\0"
        }
        #expect(try file.read().recording.timeStamps == nil)
        file.annotations = (0..<30).map { "+\(Int(Double($0) * 0.333333))\u{14}\u{14}\0" }
        #expect(try file.read().recording.timeStamps == nil)
    }

    @Test("samples that only fill up the last record are dropped")
    func fill() throws {
        var file = EDFBytes.standard(records: 3)
        file.annotations[2] = "+2\u{14}\u{14}\0+2.35\u{15}0.65\u{14}BAD_ACQ_SKIP\u{14}\0"
        let outcome = try file.read()
        #expect(outcome.recording.sampleCount == 470)
        #expect(outcome.recording.labels == nil)
        file.annotations[2] = "+2\u{14}\u{14}\0+2.35\u{15}0.5\u{14}BAD_ACQ_SKIP@@EMG 1\u{14}\0"
        let marked = try file.read()
        #expect(marked.recording.sampleCount == 600)
        #expect(
            marked.recording.quality.filter { $0.kind == .markedBad } == [
                QualityInterval(
                    range: SampleRange(start: 470, end: 570), channel: 1, kind: .markedBad)
            ])
    }

    @Test("signals of different rates are parts, EMG is the main one")
    func parts() throws {
        var file = EDFBytes.standard(records: 3)
        file.signals.insert(EDFBytes.Signal(label: "ACC X", dimension: "g", samples: 50), at: 1)
        file.numbers.insert((0..<150).map { $0 }, at: 1)
        file.signals.append(EDFBytes.Signal(label: "Trigger", dimension: "", samples: 200))
        file.numbers.append((0..<600).map { $0 % 3 })
        let outcome = try file.read()
        #expect(outcome.recording.channels.map(\.name) == ["EMG 0", "EMG 1"])
        #expect(
            outcome.recording.samples[300, 1]
                == file.sample(EDFBytes.number(300, 1), 2))
        #expect(outcome.warnings.filter { $0.kind == .partLeftOut }.count == 2)

        let acceleration = try file.read(ReadOptions(parts: .named("other-50Hz")))
        #expect(acceleration.recording.channels == [Channel(name: "ACC X", unit: "g")])
        #expect(acceleration.recording.samplingRate.hertz == 50)
        let folder = try TemporaryFolder()
        let all = try EDFReader(.edf).open(
            file.write(to: folder), options: ReadOptions(parts: .all))
        #expect(all.map(\.metadata.part) == [nil, "other-200Hz", "other-50Hz"])
        #expect(throws: IngestError.self) { try file.read(ReadOptions(parts: .named("x"))) }
    }

    @Test("without a word on EMG the fastest signals are it")
    func unnamedParts() throws {
        var file = EDFBytes.standard(records: 2)
        file.signals[0].label = "biceps"
        file.signals[1].label = "triceps"
        for number in 0..<3 {
            file.signals.append(EDFBytes.Signal(label: "aux\(number)", samples: 20))
            file.numbers.append((0..<40).map { $0 })
        }
        #expect(try file.read().recording.channels.map(\.name) == ["biceps", "triceps"])
    }

    @Test(
        "dimensions become units",
        arguments: zip(
            ["uV", "§V", "\u{3BC}V", "mV", "V", "mmHg", "", "counts"],
            ["uV", "uV", "uV", "mV", "V", "mmHg", "count", "count"]))
    func units(dimension: String, unit: String) throws {
        var file = EDFBytes.standard(records: 1)
        for index in 0..<2 { file.signals[index].dimension = dimension }
        let outcome = try file.read()
        #expect(outcome.recording.channels.map(\.unit) == [unit, unit])
        #expect(outcome.warnings.contains { $0.kind == .assumption } == dimension.isEmpty)
    }

    @Test("what the header tells stands in the history, names do not")
    func history() throws {
        var file = EDFBytes.standard(records: 1)
        file.patient = "MCH-0234567 F 02-MAY-1951 Haagse_Harry"
        file.signals[0].prefilter = "HP:20Hz LP:450Hz"
        let outcome = try file.read()
        let parameters = try #require(outcome.recording.history.first?.parameters)
        #expect(parameters["start"] == .text("2024-01-02T13:45:00"))
        #expect(parameters["patient_code"] == .text("MCH-0234567"))
        #expect(parameters["equipment"] == .text("amplifier"))
        #expect(parameters["prefilter"] == .list([.text("HP:20Hz LP:450Hz"), .text("")]))
        #expect(parameters["bits"] == .integer(16))
        #expect(!"\(parameters)".contains("Harry") && !"\(parameters)".contains("1951"))
        #expect(outcome.recording.identity.patient == "MCH-0234567")
        file.patient = "X X X X"
        #expect(try file.read().recording.identity.patient == "a")
        #expect(
            try file.read(ReadOptions(identity: IdentityOverride(patient: "z"))).recording
                .identity.patient == "z")
    }

    @Test(
        "two digits of a year are 1985 to 2084",
        arguments: zip(
            ["31.12.84", "01.02.85", "01.01.85", "29.02.23", "1.2.24"],
            ["2084-12-31T13:45:00", "1985-02-01T13:45:00", nil, nil, "2024-02-01T13:45:00"]))
    func dates(date: String, expected: String?) throws {
        var file = EDFBytes.standard(records: 1)
        file.recording = ""
        file.date = date
        let parameters = try file.read().recording.history.first?.parameters
        #expect(parameters?["start"] == expected.map { .text($0) })
    }

    @Test("records larger than memory's share are read in strips")
    func hugeRecord() throws {
        var file = EDFBytes.standard(records: 1, rate: 1_200_000)
        file.duration = "600"
        let folder = try TemporaryFolder()
        let url = try file.write(to: folder)
        let stream = try #require(
            try EDFReader(.edf).open(url, options: ReadOptions()).first)
        var rows = RowBlock()
        var count = 0
        while try stream.read(into: &rows, atMost: 100_000) {
            for row in stride(from: 0, to: rows.samples.count / 2, by: 997) {
                let number = file.numbers[1][count + row]
                #expect(abs(rows.samples[2 * row + 1] - file.sample(number, 1)) <= 0.001)
            }
            count += rows.samples.count / 2
            rows.removeAll()
        }
        #expect(count == 1_200_000)
        #expect(try stream.finish().sha256 == nil)
    }

    @Test("the digest taken on the way is that of the whole file")
    func digest() throws {
        let folder = try TemporaryFolder()
        var file = EDFBytes.standard(records: 40, rate: 10_000)
        file.tail = Array("trailing".utf8)
        let url = try file.write(to: folder)
        let outcome = try EDFReader(.edf).read(url)
        var source = try BufferedSource.open(url)
        while !source.isFinal { try source.advance(used: source.end) }
        #expect(outcome.recording.source.sha256 == source.digest())
    }
}
