import Decoding
import Documents
import EMGBatch
import EMGIngest
import EMGLive
import EMGSignal
import ErrorReports
import Files
import Foundation
import SeededRandom
import TestSupport
import Testing

@Suite("A stream on the disk, as it came")
struct SessionRecorderTests {
    @Test func `rows are lines with their numbers, and events a table`() throws {
        let bench = try RecordingBench()
        let recorder = try bench.recorder()
        recorder.append([0.5, -1, 3.25, 1e-20, 16_777_216, -0.0].span)
        recorder.lose(4)
        recorder.append([0.1, 0.2, 1e10].span)
        recorder.label([bench.segment("open", 1..<6, reaction: 0.25)])
        let state = recorder.close()
        #expect(
            try bench.text(of: recorder) == """
                sample,emg0,"flexor, left",x 'y'
                0,0.5,-1,3.25
                1,1e-20,16777216,-0.0
                6,0.1,0.2,10000000000

                """)
        #expect(
            try bench.events(of: recorder) == """
                onset\tduration\ttrial_type\tprompt\tprompt_onset\tcycle\trepetition\treaction_s
                0.005\t0.025\topen\tDo: open\t-0.045\t1\t1\t0.25

                """)
        #expect(state.phase == .closed && state.writtenRows == 3 && state.writtenSegments == 1)
        #expect(state.gaps == 1 && state.lostSamples == 4 && state.droppedRows == 0)
        #expect(state.fault == nil)
        #expect(recorder.position == 7)
    }

    @Test func `every number reads back as the same bits`() throws {
        let bench = try RecordingBench()
        let recorder = try bench.recorder()
        var generator = SeededGenerator(seed: 4, stream: "bits")
        var values: [Float] = [
            .leastNonzeroMagnitude, -.leastNonzeroMagnitude, .leastNormalMagnitude, 0x1p62,
            -0x1.fffffep62, 1, 16_777_218, 0.1, 1 / 3, 123_456.789, 8_388_608.5, -0.0,
        ]
        while values.count < 60_000 {
            let value = Float(bitPattern: UInt32(truncatingIfNeeded: generator.next()))
            if value.magnitude < 0x1p63 { values.append(value) }
        }
        recorder.append(values.span)
        recorder.close()
        let outcome = try bench.read(recorder.identity)
        #expect(
            outcome.recording.samples.values.map(\.bitPattern) == values.map(\.bitPattern))
        #expect(outcome.recording.samplingRate.hertz == 200)
        #expect(outcome.recording.channels == bench.stream.channels)
        #expect(outcome.warnings.allSatisfy { $0.kind != .inexactValue })
    }

    @Test func `numbers that are none are marked as missing`() throws {
        let bench = try RecordingBench()
        let recorder = try bench.recorder()
        recorder.append(bench.rows(50).span)
        recorder.append([1, .nan, 2, .infinity, 1, 0x1p63].span)
        recorder.append(bench.rows(50, seed: 2).span)
        #expect(recorder.close().nonFiniteRows == 2)
        #expect(throws: IngestError.self) { try bench.read(recorder.identity) }
        let read = try bench.read(recorder.identity, missing: .markAsMissing).recording
        #expect(read.samples.values[151].isNaN && read.samples.values[153].isNaN)
        #expect(read.samples.values[154] == 1 && read.samples.values[155].isNaN)
        #expect(read.quality.contains { $0.kind == .nonFinite })
    }

    @Test func `gaps, disconnections and labels stand where they were`() throws {
        let bench = try RecordingBench()
        let recorder = try bench.recorder()
        recorder.append(bench.rows(100).span)
        recorder.lose(30)
        recorder.append(bench.rows(100, seed: 2).span)
        recorder.disconnect()
        recorder.append(bench.rows(50, seed: 3).span)
        // Samples of the stream: 130..<200 are the rows 100..<170, 240..<260 the rows 209..<229.
        recorder.label([
            bench.segment("open", 90..<200, step: 1), bench.segment("close", 240..<260, step: 2),
        ])
        let state = recorder.close()
        #expect(state.disconnects == 1 && state.gaps == 1)
        let recording = try bench.read(recorder.identity).recording
        let gaps = recording.quality.filter { $0.kind == .gap }
        #expect(gaps.map(\.range.start) == [100, 200])
        let labels = try #require(recording.labels)
        #expect(labels.classNames == ["unlabeled", "close", "open"])
        #expect(
            labels.runs.map { "\(labels.classNames[Int($0.label)]) \($0.range.indices)" } == [
                "unlabeled 0..<90", "open 90..<170", "unlabeled 170..<209", "close 209..<229",
                "unlabeled 229..<250",
            ])
    }

    @Test(arguments: 0..<40 as Range<Int>)
    func `killed at any byte, whole lines are read`(cut: Int) throws {
        let bench = try RecordingBench()
        let recorder = try bench.recorder()
        let rows = bench.rows(30)
        recorder.append(rows.span)
        recorder.label([bench.segment("open", 12..<25)])
        recorder.close()
        let url = bench.folder.samples(of: recorder.identity)
        let whole = try Data(contentsOf: url)
        // From two lines before the end to the last byte, and some far before.
        let kept = cut < 30 ? whole.count - 2 * cut : whole.count * cut / 60
        try whole.prefix(kept).write(to: url)
        let lines = whole.prefix(kept).count { $0 == 0x0A } - 1
        let read = try bench.read(recorder.identity).recording
        #expect(read.samples.values == Array(rows.prefix(lines * 3)))
    }

    @Test func `a recording is never written over: the next one is the next run`() throws {
        let bench = try RecordingBench()
        var identities: [String] = []
        for number in 1...3 {
            let recorder = try bench.recorder()
            recorder.append(bench.rows(20, seed: UInt64(number)).span)
            recorder.close()
            identities.append(recorder.identity.id)
            let read = try bench.read(recorder.identity)
            #expect(read.recording.identity == recorder.identity)
            #expect(read.recording.samples.values == bench.rows(20, seed: UInt64(number)))
        }
        #expect(
            identities == [
                "p1/day_1/calibration", "p1/day_1/calibration-2", "p1/day_1/calibration-3",
            ])
        let taken = try RecordingIdentity(
            patient: "p1", session: "day_1", condition: "calibration", run: "2")
        #expect(throws: DecodingError.self) {
            try SessionRecorder(taken, in: bench.folder, of: bench.stream)
        }
    }

    @Test(arguments: ["a_run-2", "_run-"])
    func `a condition that would read as another is refused`(condition: String) throws {
        let bench = try RecordingBench()
        let identity = try RecordingIdentity(
            patient: "p1", session: "s", condition: condition)
        let error = try #require(throws: DecodingError.self) {
            try SessionRecorder(identity, in: bench.folder, of: bench.stream)
        }
        #expect(error.description.contains("_run-"))
    }

    @Test func `a folder has recordings of one stream`() throws {
        let bench = try RecordingBench()
        try bench.recorder().close()
        let faster = RecordedStream(
            channels: bench.stream.channels, samplingRate: try SamplingRate(hertz: 1_000))
        let error = try #require(throws: DecodingError.self) {
            try SessionRecorder(bench.identity, in: bench.folder, of: faster)
        }
        #expect(error.hint == "record into another folder")
        let mixed = RecordedStream(
            channels: [Channel(name: "a", unit: "mV"), Channel(name: "b", unit: "deg")],
            samplingRate: bench.rate)
        #expect(throws: DecodingError.self) {
            try SessionRecorder(
                bench.identity, in: SessionFolder(bench.temporary.url.appending(path: "mixed")),
                of: mixed)
        }
    }

    // MARK: - A full disk

    @Test func `a full disk loses nothing, and recording goes on when there is room`() throws {
        let bench = try RecordingBench()
        // Room for the header and some rows; then none.
        let disk = FailingDisk(room: 3_000)
        let recorder = try bench.recorder(disk: disk)
        let rows = bench.rows(400)
        for row in 0..<400 {
            recorder.append(rows.span.extracting(row * 3..<row * 3 + 3))
            if row == 200 { while disk.refusals == 0 { usleep(1_000) } }
        }
        let full = recorder.state
        #expect(full.phase == .waiting && full.waitingRows > 0)
        #expect(full.writtenRows + full.waitingRows == 400 && full.droppedRows == 0)
        let message = full.sentences(rate: bench.rate)
        #expect(message.contains("is full.") && message.contains("free space there"))
        #expect(message.contains("Decoding goes on."))
        // What is in the file are whole lines.
        #expect(try bench.text(of: recorder).hasSuffix("\n"))
        disk.free(.max)
        let state = recorder.close()
        #expect(state.writtenRows == 400 && state.droppedRows == 0 && state.fault == nil)
        #expect(try bench.read(recorder.identity).recording.samples.values == rows)
    }

    @Test func `rows beyond the memory are dropped, and the counter passes over them`() throws {
        let bench = try RecordingBench()
        let disk = FailingDisk()
        let recorder = try bench.recorder(disk: disk, queueValues: 30)
        disk.hold(true)
        let rows = bench.rows(200)
        // One piece may be with the disk, ten rows wait, the rest finds no room.
        for row in 0..<150 { recorder.append(rows.span.extracting(row * 3..<row * 3 + 3)) }
        let dropped = recorder.state.droppedRows
        #expect(dropped > 0)
        disk.hold(false)
        while recorder.state.waitingRows > 0 { usleep(1_000) }
        recorder.append(rows.span.extracting(450..<480))
        let state = recorder.close()
        #expect(state.droppedRows == dropped && state.writtenRows == 160 - dropped)
        #expect(state.sentences(rate: bench.rate).contains("were lost because the disk"))
        let read = try bench.read(recorder.identity).recording
        let gap = try #require(read.quality.first { $0.kind == .gap }?.range.start)
        #expect(read.samples.values.prefix(gap * 3) == rows.prefix(gap * 3))
        #expect(read.samples.values.suffix(30) == rows[450..<480])
    }

    @Test func `a disk that stays full says what was lost when the recording ends`() throws {
        let bench = try RecordingBench()
        let disk = FailingDisk(room: 200)
        let recorder = try bench.recorder(disk: disk)
        recorder.append(bench.rows(100).span)
        let state = recorder.close()
        #expect(state.phase == .closed && state.writtenRows == 0 && state.droppedRows == 100)
        #expect(state.fault?.contains("full") == true)
        #expect(state.document(rate: bench.rate).json(.canonical).contains("\"dropped_rows\":100"))
    }

    @Test func `on a disk that is full from the beginning no recording is begun`() throws {
        let bench = try RecordingBench()
        let error = try #require(throws: DecodingError.self) {
            try bench.recorder(disk: FailingDisk(room: 3))
        }
        #expect(error.machineFault?.kind == .diskFull)
        let names = try FileManager.default.subpathsOfDirectory(atPath: bench.folder.url.path())
        #expect(!names.contains { $0.hasSuffix(".csv") })
        // The next try is the same recording, not another run of it.
        #expect(try bench.recorder().identity == bench.identity)
    }

    @Test func `the kernel's own word for a full disk is understood`() throws {
        let appended = try AppendedFile(URL(filePath: "/dev/full"))
        let error = try #require(throws: FilesError.self) {
            try appended.append(Array("0,1\n".utf8))
        }
        #expect(error.machineFault?.kind == .diskFull)
    }
}
