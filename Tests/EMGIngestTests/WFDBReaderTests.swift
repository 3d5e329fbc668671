import EMGIngest
import EMGSignal
import Foundation
import TestSupport
import Testing

@Suite("WFDB records")
struct WFDBReaderTests {
    /// Bytes of a format and the numbers that they are by its definition.
    struct Storage: Sendable, CustomTestStringConvertible {
        let format: Int
        let bytes: [UInt8]
        let numbers: [Int]
        var testDescription: String { "format \(format)" }
    }

    static let storages = [
        // The initial value is 10; each byte is a step.
        Storage(format: 8, bytes: [0, 5, 0xFB, 0x7F, 0x80, 1], numbers: [10, 15, 10, 137, 9, 10]),
        Storage(
            format: 16, bytes: [0x01, 0x00, 0xFF, 0xFF, 0x01, 0x80, 0xFF, 0x7F],
            numbers: [1, -1, -32_767, 32_767]),
        Storage(
            format: 24,
            bytes: [0x01, 0x00, 0x00, 0xFF, 0xFF, 0xFF, 0x56, 0x34, 0x12, 0x01, 0, 0x80],
            numbers: [1, -1, 0x123456, -8_388_607]),
        Storage(
            format: 32, bytes: [0x78, 0x56, 0x34, 0x12, 0xFE, 0xFF, 0xFF, 0xFF],
            numbers: [0x1234_5678, -2]),
        Storage(
            format: 61, bytes: [0x00, 0x01, 0xFF, 0xFF, 0x80, 0x01, 0x7F, 0xFF],
            numbers: [1, -1, -32_767, 32_767]),
        Storage(format: 80, bytes: [0x80, 0x7F, 0xFF, 0x01], numbers: [0, -1, 127, -127]),
        Storage(
            format: 160, bytes: [0x00, 0x80, 0xFF, 0x7F, 0xFF, 0xFF, 0x01, 0x00],
            numbers: [0, -1, 32_767, -32_767]),
        // 0x123 and -2 (0xFFE), then 0x7FF and 0x801 (-2047).
        Storage(
            format: 212, bytes: [0x23, 0xF1, 0xFE, 0xFF, 0x87, 0x01],
            numbers: [0x123, -2, 0x7FF, -2_047]),
        // An odd number ends with two bytes.
        Storage(format: 212, bytes: [0x23, 0xF1, 0xFE, 0xFF, 0x07], numbers: [0x123, -2, 0x7FF]),
        // Words 5 << 1 | 0b00110 << 11 and -3 << 1 | 0b01101 << 11: the third is 0b0110100110.
        Storage(
            format: 310,
            bytes: littleEndian([5 << 1 | 0b00110 << 11, 0x3FD << 1 | 0b01101 << 11], bytes: 2),
            numbers: [5, -3, 0b01_1010_0110]),
        // A word 5 | -3 << 10 | 0x1A6 << 20.
        Storage(
            format: 311, bytes: littleEndian([5 | 0x3FD << 10 | 0x1A6 << 20], bytes: 4),
            numbers: [5, -3, 0x1A6]),
    ]

    @Test("every storage format gives the numbers of its definition", arguments: storages)
    func storage(_ storage: Storage) throws {
        let place = try WFDBPlace()
        try place.write("r.dat", storage.bytes)
        try place.write(
            "r.hea",
            "r 1 500 \(storage.numbers.count)\nr.dat \(storage.format) 1/uV 0 0 10 0 0 emg\n")
        let outcome = try place.read()
        #expect(place.channel(0, of: outcome) == storage.numbers.map { Float($0) })
        #expect(outcome.recording.samplingRate.hertz == 500)
        #expect(outcome.recording.channels == [Channel(name: "emg", unit: "uV")])
        // Without the number of samples the size of the file tells it.
        try place.write("r.hea", "r 1 500\nr.dat \(storage.format) 1/uV 0 0 10 0 0 emg\n")
        #expect(try place.read().recording.samples == outcome.recording.samples)
    }

    @Test("numbers become physical values by gain and baseline, and the way back is exact")
    func calibration() throws {
        let place = try WFDBPlace()
        let numbers = [-5_050, -452, 1_100, 463, 7, 0]
        try place.write("r.dat", littleEndian(numbers, bytes: 2))
        try place.write(
            "r.hea",
            "# made by hand\nr 2 2000 3 12:30:05 1/2/2020\n"
                + "r.dat 16 50.5(100)/mV 16 0 -5050 -3943 0 biceps brachii\n"
                + "r.dat 16 -3e2/uV 16 12 -452 11 0 triceps\n#<age>: 30\n")
        let outcome = try ReaderConformance.check(WFDBReader(), place.header())
        let recording = outcome.recording
        #expect(
            recording.channels == [
                Channel(name: "biceps brachii", unit: "mV"), Channel(name: "triceps", unit: "uV"),
            ])
        let gains = [50.5, -300]
        let baselines = [100.0, 12]
        for (index, number) in numbers.enumerated() {
            let channel = index % 2
            let sample = recording.samples[index / 2, channel]
            #expect(sample == Float((Double(number) - baselines[channel]) / gains[channel]))
            let back =
                (Double(sample) - outcome.scaling.offset[channel]) / outcome.scaling.scale[channel]
            #expect(Int(back.rounded()) == number)
        }
        let details = recording.history[0].parameters
        #expect(details["start"] == .text("12:30:05 1/2/2020"))
        #expect(details["comments"] == .list([.text("made by hand"), .text("<age>: 30")]))
        #expect(details["sampling_rate_from"] == .text("declared by header"))
        #expect(outcome.warnings.allSatisfy { $0.kind != .headerFault })
    }

    @Test("what the format takes for granted is said")
    func assumptions() throws {
        let place = try WFDBPlace()
        try place.write("r.dat", littleEndian([400, -200], bytes: 2))
        try place.write("r.hea", "r 1\nr.dat 16\n")
        let outcome = try place.read()
        #expect(place.channel(0, of: outcome) == [2, -1])
        #expect(outcome.recording.channels == [Channel(name: "signal 1", unit: "mV")])
        #expect(outcome.recording.samplingRate.hertz == 250)
        let assumed = outcome.warnings.filter { $0.kind == .assumption }.map(\.message)
        #expect(assumed.count == 3, "rate, gain and unit: \(assumed)")
        // The caller's rate counts more.
        let stated = try WFDBReader().read(
            place.header(), options: ReadOptions(samplingRateHertz: 1_000))
        #expect(stated.recording.samplingRate.hertz == 1_000)
    }

    @Test("signals lie in several files, behind headers, shifted, and with several samples a frame")
    func arrangements() throws {
        let place = try WFDBPlace()
        // Two signals in one file behind 3 bytes: the first with two samples a frame.
        let pairs = (0..<6).flatMap { [10 * $0, 10 * $0 + 5, 100 + $0] }
        try place.write("a.dat", [1, 2, 3] + littleEndian(pairs, bytes: 2))
        // A signal with two samples a frame that is two frames late.
        let late = (0..<16).map { 1_000 + $0 }
        try place.write("b.dat", littleEndian(late, bytes: 2))
        try place.write(
            "r.hea",
            """
            r 3 1000/3.5(2) 6
            a.dat 16x2+3 1/uV 0 0 0 0 0 EMG one
            a.dat 16+3 1/g 0 0 100 0 0 angle
            b.dat 16x2:2 1/uV 0 0 1000 0 0 EMG two

            """)
        let outcome = try ReaderConformance.check(WFDBReader(), place.header())
        #expect(outcome.recording.samplingRate.hertz == 2_000)
        #expect(place.channel(0, of: outcome) == (0..<12).map { Float(5 * $0) })
        #expect(place.channel(1, of: outcome) == (0..<12).map { Float(1_004 + $0) })
        #expect(outcome.warnings.contains { $0.kind == .partLeftOut })

        let streams = try WFDBReader().open(place.header(), options: ReadOptions(parts: .all))
        #expect(streams.map(\.metadata.part) == [nil, "other-1000Hz"])
        let other = try place.read(parts: .named("other-1000Hz"))
        #expect(place.channel(0, of: other) == (100..<106).map { Float($0) })
        #expect(throws: IngestError.self) { try place.read(parts: .named("none")) }

        // Without the two frames behind, the shifted signal is the shortest.
        try place.write("b.dat", littleEndian(Array(late.prefix(12)), bytes: 2))
        let short = try place.read()
        #expect(short.recording.sampleCount == 8)
        #expect(short.warnings.contains { $0.kind == .lengthMismatch })
    }

    @Test("blocks of packed samples are the same however they are read")
    func packedBlocks() throws {
        let place = try WFDBPlace()
        // 5 signals: no frame begins where a block of 2 or 3 samples does.
        let rows = 11
        let values = (0..<5 * rows).map { ($0 * 37) % 400 - 200 }
        var packed: [UInt8] = []
        for start in stride(from: 0, to: values.count, by: 3) {
            let three = (0..<3).map { start + $0 < values.count ? values[start + $0] & 0x3FF : 0 }
            packed += littleEndian([three[0] | three[1] << 10 | three[2] << 20], bytes: 4)
        }
        try place.write("r.dat", packed)
        let lines = (0..<5).map { "r.dat 311 1/uV 10 0 \(values[$0]) 0 0 c\($0)" }
        try place.write("r.hea", "r 5 100 \(rows)\n" + lines.joined(separator: "\n"))
        let outcome = try ReaderConformance.check(WFDBReader(), place.header())
        #expect(outcome.recording.samples.values == values.map { Float($0) })
    }

    @Test("missing samples are refused with their place, or marked")
    func missing() throws {
        let place = try WFDBPlace()
        try place.write("r.dat", littleEndian([1, 2, 3, -32_768, 5, 6], bytes: 2))
        try place.write(
            "r.hea", "r 2 100 3\nr.dat 16 1/uV 16 0 1 0 0 a\nr.dat 16 1/uV 16 0 2 0 0 b\n")
        let error = #expect(throws: IngestError.self) { try place.read() }
        #expect(error?.kind == .missingValue(found: "-32768"))
        #expect(error?.location.byte == 6)
        #expect(error?.location.object == "b")
        let outcome = try place.read(missing: .markAsMissing)
        #expect(outcome.recording.samples[1, 1].isNaN)
        #expect(
            outcome.recording.quality.filter { $0.kind == .nonFinite } == [
                QualityInterval(
                    range: SampleRange(start: 1, end: 2), channel: 1, kind: .nonFinite)
            ])
        #expect(outcome.warnings.first { $0.kind == .missingValues }?.count == 1)
    }

    @Test("a checksum or first value that does not hold is said")
    func verification() throws {
        let place = try WFDBPlace()
        let numbers = [100, 20_000, 30_000, -5]
        try place.write("r.dat", littleEndian(numbers, bytes: 2))
        let sum = Int(Int16(truncatingIfNeeded: numbers.reduce(0, +)))
        func faults(_ first: Int, _ sum: Int) throws -> Int {
            try place.write("r.hea", "r 1 100 4\nr.dat 16 1/uV 16 0 \(first) \(sum) 0 a\n")
            return try place.read().warnings.filter { $0.kind == .headerFault }.count
        }
        #expect(try faults(100, sum) == 0)
        #expect(try faults(100, sum & 0xFFFF) == 0)
        #expect(try faults(100, sum + 1) == 1)
        #expect(try faults(101, sum) == 1)
        #expect(try faults(0, 0) == 2)
    }

    @Test("segments with the same signals follow each other; what was not recorded is a gap")
    func fixedSegments() throws {
        let place = try WFDBPlace()
        try place.write("s1.dat", littleEndian([0, 1, 2, 3, 4], bytes: 2))
        try place.write("s2.dat", littleEndian([50, 60, 70], bytes: 2))
        try place.write("s1.hea", "s1 1 10 5\ns1.dat 16 1/uV 16 0 0 10 0 emg\n")
        try place.write("s2.hea", "s2 1 10 3\ns2.dat 16 10/uV 16 0 50 180 0 emg\n")
        try place.write("r.hea", "r/2 1 10 8\ns1 5\ns2 3\n")
        let whole = try ReaderConformance.check(WFDBReader(), place.header())
        #expect(place.channel(0, of: whole) == [0, 1, 2, 3, 4, 5, 6, 7])
        #expect(whole.recording.timeStamps == nil)
        // Gains differ: there is no one way back.
        #expect(whole.scaling == .identity(channelCount: 1))
        let files = try WFDBReader().files(of: place.header(), options: ReadOptions())
        #expect(
            files.map(\.lastPathComponent) == ["r.hea", "s1.hea", "s1.dat", "s2.hea", "s2.dat"])

        try place.write("r.hea", "r/3 1 10 18\ns1 5\n~ 10\ns2 3\n")
        var annotations = AnnotationBytes()
        annotations.add(after: 2, code: 22, text: "one")
        annotations.add(after: 7, code: 22, text: "two")
        annotations.add(after: 8, code: 22, text: "three")
        annotations.end()
        try place.write("r.atr", annotations.bytes)
        let broken = try ReaderConformance.check(WFDBReader(), place.header())
        #expect(place.channel(0, of: broken) == [0, 1, 2, 3, 4, 5, 6, 7])
        #expect(broken.recording.timeStamps == [0, 0.1, 0.2, 0.3, 0.4, 1.5, 1.6, 1.7])
        #expect(
            broken.recording.quality.contains(
                QualityInterval(
                    range: SampleRange(start: 5, end: 6), channel: nil, kind: .gap)))
        // "two" begins and ends where nothing was recorded but its last sample.
        let labels = try #require(broken.recording.labels)
        let names = labels.values.map { labels.classNames[Int($0)] }
        #expect(
            names == [
                "unlabeled", "unlabeled", "one", "one", "one", "two", "two", "three",
            ])
    }

    @Test("segments with other signals are found by their names; what is missing is marked")
    func variableSegments() throws {
        let place = try WFDBPlace()
        try place.write("l.hea", "l 2 10 0\n~ 0 1/uV 16 0 0 0 0 a\n~ 0 1/uV 16 0 0 0 0 b\n")
        try place.write(
            "s1.hea", "s1 2 10 2\ns1.dat 16 1/uV 16 0 5 0 0 b\ns1.dat 16 1/uV 16 0 1 0 0 a\n")
        try place.write("s1.dat", littleEndian([5, 1, 6, 2], bytes: 2))
        try place.write("s2.hea", "s2 1 10 2\ns2.dat 16 1/uV 16 0 3 7 0 a\n")
        try place.write("s2.dat", littleEndian([3, 4], bytes: 2))
        try place.write("r.hea", "r/3 2 10 4\nl 0\ns1 2\ns2 2\n")
        let error = #expect(throws: IngestError.self) { try place.read() }
        #expect(error?.kind.name == "inconsistent")
        let outcome = try place.read(missing: .markAsMissing)
        #expect(place.channel(0, of: outcome) == [1, 2, 3, 4])
        #expect(place.channel(1, of: outcome).prefix(2) == [5, 6])
        #expect(place.channel(1, of: outcome).suffix(2).allSatisfy { $0.isNaN })
        #expect(outcome.recording.channels.map(\.name) == ["a", "b"])
    }

    @Test("annotations are labels: by their texts, by what their codes stand for")
    func annotations() throws {
        let place = try WFDBPlace()
        let count = 5_000
        try place.write("r.dat", littleEndian((0..<count).map { $0 % 99 }, bytes: 2))
        try place.write("r.hea", "r 1 1000 \(count)\nr.dat 16 1/uV 16 0 0 0 0 emg\n")
        var annotations = AnnotationBytes()
        annotations.add(after: 0, code: 22, text: "## time resolution: 500")
        annotations.add(after: 0, code: 22, text: "## annotation type definitions")
        annotations.add(after: 0, code: 22, text: "45 g grip strength")
        annotations.add(after: 0, code: 22, text: "## end of definitions")
        annotations.add(after: 50, code: 28, text: "(relax")
        annotations.add(after: 500, code: 45)
        annotations.word(code: 61, value: 3)
        annotations.word(code: 62, value: 1)
        annotations.word(code: 60, value: 7)
        // Further than the ten bits of a time.
        annotations.add(after: 1_500, code: 22, text: "Öffnen")
        annotations.word(code: 0, value: 20)
        annotations.add(after: 180, code: 38)
        annotations.end()
        try place.write("r.atr", annotations.bytes)
        let outcome = try ReaderConformance.check(WFDBReader(), place.header())
        let labels = try #require(outcome.recording.labels)
        #expect(
            labels.classNames == [
                "unlabeled", "Fusion of paced and normal beat", "grip strength", "relax", "Öffnen",
            ])
        #expect(
            labels.runs.map(\.range.start) == [0, 100, 1_100, 4_100, 4_500])
        #expect(outcome.recording.history[0].parameters["labels_from"] == .text("r.atr"))
    }

    @Test("other annotators are read when there is one, and only then")
    func annotators() throws {
        let place = try WFDBPlace()
        try place.write("r.dat", littleEndian(Array(0..<10), bytes: 2))
        try place.write("r.hea", "r 1 10 10\nr.dat 16 1/uV 16 0 0 45 0 emg\n")
        var bytes = AnnotationBytes()
        bytes.add(after: 5, code: 22, text: "grip")
        bytes.end()
        try place.write("r.notes", "these are no annotations")
        try place.write("r.cue", bytes.bytes)
        let outcome = try place.read()
        #expect(outcome.recording.labels?.classNames == ["unlabeled", "grip"])
        try place.write("r.lab", bytes.bytes)
        let two = try place.read()
        #expect(two.recording.labels == nil)
        #expect(two.warnings.contains { $0.message.contains("r.cue, r.lab") })
        try place.write("r.atr", bytes.bytes)
        #expect(try place.read().recording.labels?.classNames == ["unlabeled", "grip"])
    }

    @Test("names of known collections tell whose recording it is")
    func identity() throws {
        let place = try WFDBPlace()
        let reader = WFDBReader()
        func identity(_ path: String) throws -> SourceIdentity {
            try reader.identity(
                of: place.url.appending(path: path), options: ReadOptions())
        }
        let grab = try identity(
            "Session2/session2_participant14/session2_participant14_gesture9_trial3.hea")
        #expect(grab.identity.id == "participant14/session2/gesture9-trial3")
        #expect(grab.warnings.isEmpty)
        let hyser = try identity("subject01_session2/1dof_raw_finger3_sample2.hea")
        #expect(hyser.identity.id == "subject01/session2/1dof_raw_finger3-sample2")
        #expect(try identity("2020_01_02_p7/p7_131.hea").identity.id == "p7/2020_01_02_p7/131")

        let name = "session1_participant1_gesture2_trial1"
        try place.write("\(name).dat", littleEndian([1, 2, 3], bytes: 2))
        try place.write("\(name).hea", "\(name) 1 2048 3\n\(name).dat 16 1/mV 16 0 1 6 0 F1\n")
        let outcome = try place.read(name)
        #expect(outcome.recording.labels?.classNames == ["gesture2"])
        #expect(outcome.recording.labels?.values == [0, 0, 0])
    }

    @Test("headers are recognized, tables of numbers are not")
    func recognition() {
        let reader = WFDBReader()
        func isOne(_ text: String) -> Bool { reader.recognizes(content: Array(text.utf8)) }
        #expect(isOne("#wfdb\nr 2 1000 5\nr.dat 16 1/uV\nr.dat 16 1/uV\n"))
        #expect(isOne("100 2 360 650000\n100.dat 212x2:1+5 200 11 1024 995 0 0 MLII\n"))
        #expect(isOne("r/2 1 1000\nr_1 500\nr_2 500\n"))
        #expect(!isOne("1 2 3\n4 16 6\n"))
        #expect(!isOne("time 2\nx 16a\n"))
        #expect(!isOne("a,b\n1,2\n"))
        #expect(!isOne(""))
        #expect(reader.recognizes(fileName: "X.HEA"))
    }
}

@Suite(
    "WFDB records of the shared corpus",
    .enabled(
        if: SharedMaterial.isPresent("golden/formats/wfdb16.hea"),
        "the shared corpus golden/formats is not beside this checkout"))
struct WFDBGoldenTests {
    @Test("the record has the values of its manifest")
    func golden() throws {
        let url = SharedMaterial.url("golden/formats/wfdb16.hea")
        let outcome = try ReaderConformance.check(WFDBReader(), url)
        let recording = outcome.recording
        #expect(recording.sampleCount == 8_000)
        #expect(recording.samplingRate.hertz == 2_000)
        #expect(recording.channels == (0..<4).map { Channel(name: "EMG\($0)", unit: "uV") })
        #expect(
            (0..<4).map { recording.samples[0, $0] } == [-101.0, -9.04, 20.0, 11.26] as [Float])
        #expect(recording.labels?.runs.map(\.range.start) == [0, 2_000, 5_000])
        #expect(recording.labels?.classNames == ["close", "open", "relax"])
        #expect(outcome.warnings.allSatisfy { $0.kind != .headerFault })
        let reader = try ReaderRegistry(readers: [WFDBReader()]).reader(for: url)
        #expect(reader.formatName == "wfdb")
    }
}
