import EMGIngest
import EMGSignal
import Foundation
import TestSupport
import Testing

@Suite("XDF files")
struct XDFReaderTests {
    struct Place: ~Copyable {
        private let folder: TemporaryFolder
        init() throws { folder = try TemporaryFolder() }
        func write(_ bytes: [UInt8], _ name: String = "p1_grasp.xdf") throws -> URL {
            let url = folder.url.appending(path: name)
            try Data(bytes).write(to: url)
            return url
        }
    }

    @Test("times are synchronized and evened out as pyxdf does it, markers are labels")
    func standard() throws {
        let place = try Place()
        let outcome = try ReaderConformance.check(
            XDFReader(), place.write(XDFFileBytes.standard().bytes))
        let recording = outcome.recording
        #expect(recording.sampleCount == 1_000)
        #expect(recording.samplingRate.hertz == 250)
        #expect(
            recording.channels
                == [Channel(name: "Flexor", unit: "uV"), Channel(name: "Extensor", unit: "uV")])
        for row in 0..<1_000 {
            #expect(recording.samples[row, 0] == Float(row % 100))
            #expect(recording.samples[row, 1] == Float(-(row % 77)))
        }
        // What pyxdf 1.17.5 makes of the same file (load_xdf with its defaults).
        let times = try #require(recording.timeStamps)
        for (row, time) in [
            (0, 107.00001436609662), (1, 107.00401444234953), (699, 109.7960676668821),
            (700, 111.80009734618781), (999, 112.99611978703852),
        ] {
            #expect(abs(times[row] - time) < 1e-9, "\(row): \(times[row])")
        }
        #expect(recording.quality.contains { $0.kind == .gap && $0.range.start == 700 })
        #expect(recording.labels?.classNames == ["unlabeled", "fist", "rest"])
        // 107.4 s, 108.2 s, and 111.9 s, which is 0.1 s behind the break.
        #expect(recording.labels?.runs.map(\.range.start) == [0, 100, 300, 725])
        #expect(recording.history[0].parameters["segments"] == .integer(2))
    }

    @Test("a clock that is reset has a line of its own before and behind it")
    func reset() throws {
        let place = try Place()
        var file = XDFFileBytes()
        file.header(1, "A", "EMG", channels: 1, rate: 100, format: "int8")
        // The device is started again after 30 s: its clock falls back by 4000 s.
        for second in 0..<60 {
            let own = Double(second < 30 ? 5_000 + second : 1_000 + second)
            if second.isMultiple(of: 5) { file.offset(1, at: own, second < 30 ? 10 : 4_010) }
            file.samples(1, (0..<100).map { (own + Double($0) / 100, [UInt8($0)]) })
        }
        file.footer(1, count: 6_000)
        let outcome = try XDFReader().read(place.write(file.bytes))
        let times = try #require(outcome.recording.timeStamps)
        #expect(abs(times[0] - 5_010) < 1e-6 && abs(times[5_999] - 5_069.99) < 1e-6)
        #expect(outcome.warnings.contains { $0.message.contains("reset") })
        #expect(outcome.recording.history[0].parameters["clock_resets"] == .integer(1))
    }

    @Test(
        "values of every format are read",
        arguments: ["int8", "int16", "int32", "int64", "float32", "double64"])
    func formats(format: String) throws {
        let place = try Place()
        var file = XDFFileBytes()
        file.header(1, "A", "EMG", channels: 2, rate: 100, format: format)
        func value(_ number: Int) -> [UInt8] {
            switch format {
            case "int8": littleEndian([number], bytes: 1)
            case "int16": littleEndian([number], bytes: 2)
            case "int32": littleEndian([number], bytes: 4)
            case "int64": littleEndian([number], bytes: 8)
            case "float32": littleEndian([Int(Float(number).bitPattern)], bytes: 4)
            default: XDFFileBytes.double(Double(number))
            }
        }
        // Only the first sample of a chunk has a time.
        for start in stride(from: 0, to: 200, by: 50) {
            file.samples(
                1,
                (start..<start + 50).map {
                    ($0 == start ? Double(start) / 100 : nil, value($0 - 100) + value(-$0 % 90))
                })
        }
        file.footer(1, count: 200)
        let outcome = try ReaderConformance.check(XDFReader(), place.write(file.bytes))
        #expect(outcome.recording.channels.map(\.name) == ["A 1", "A 2"])
        for row in 0..<200 {
            #expect(outcome.recording.samples[row, 0] == Float(row - 100))
            #expect(outcome.recording.samples[row, 1] == Float(-row % 90))
        }
        #expect(outcome.recording.timeStamps?[137].rounded() == 1)
    }

    @Test("the stream with the most channels of EMG is the main part, others are parts")
    func parts() throws {
        let place = try Place()
        var file = XDFFileBytes()
        file.header(7, "Motion (hand)", "Accelerometer", channels: 3, rate: 50, format: "int8")
        file.header(8, "Left", "EMG", channels: 1, rate: 100, format: "int8")
        file.header(9, "Right", "EMG", channels: 2, rate: 100, format: "int8")
        file.header(10, "Empty", "EMG", channels: 2, rate: 100, format: "int8")
        for (id, width) in [(7, 3), (8, 1), (9, 2)] {
            file.samples(
                id, (0..<100).map { (Double($0) / 100, Array(repeating: UInt8(id), count: width)) })
            file.footer(id, count: 100)
        }
        file.footer(10, count: 0)
        let url = try place.write(file.bytes)
        let outcome = try XDFReader().read(url)
        #expect(outcome.recording.channels.map(\.name) == ["Right 1", "Right 2"])
        #expect(outcome.warnings.count { $0.kind == .partLeftOut } == 3)
        let parts = try XDFReader().open(url, options: ReadOptions(parts: .all))
        #expect(parts.map(\.metadata.part) == [nil, "emg-Left", "other-Motion-hand"])
        let motion = try XDFReader().read(
            url, options: ReadOptions(parts: .named("other-Motion-hand")))
        #expect(motion.recording.samples[5, 2] == 7)
    }

    @Test("a rate that the samples do not have gives way to their times")
    func wrongRate() throws {
        let place = try Place()
        var file = XDFFileBytes()
        file.header(1, "A", "EMG", channels: 1, rate: 1_000, format: "int8")
        file.samples(1, (0..<500).map { (Double($0) / 500, [UInt8($0 % 100)]) })
        let outcome = try XDFReader().read(place.write(file.bytes))
        #expect(abs(outcome.recording.samplingRate.hertz - 500) < 1e-6)
        #expect(outcome.warnings.contains { $0.kind == .rateDisagreement })
        #expect(outcome.warnings.contains { $0.kind == .truncated })
    }

    @Test("streams without a rate keep their times, and markers find the nearest row")
    func irregular() throws {
        let place = try Place()
        var file = XDFFileBytes()
        file.header(1, "A", "EMG", channels: 1, rate: 0, format: "int8")
        file.header(2, "Cues", "Markers", channels: 1, rate: 0, format: "int32")
        file.samples(1, (0..<400).map { (time: Double($0) / 200 + 3, values: [UInt8($0 % 100)]) })
        file.samples(
            2, [(4.001, littleEndian([5], bytes: 4)), (4.503, littleEndian([6], bytes: 4))])
        let outcome = try ReaderConformance.check(XDFReader(), place.write(file.bytes))
        #expect(outcome.recording.samplingRate.hertz == 200)
        #expect(outcome.recording.labels?.classNames == ["unlabeled", "5", "6"])
        #expect(outcome.recording.labels?.runs.map(\.range.start) == [0, 200, 301])
    }

    @Test("what a sender that was shut down left behind the counted samples is left out")
    func corruptEnding() throws {
        let place = try Place()
        var file = XDFFileBytes()
        file.header(1, "A", "EMG", channels: 1, rate: 100, format: "int8")
        for second in 0..<10 {
            file.offset(1, at: Double(second), 1 + 1e-5 * Double(second % 3))
            file.samples(1, (0..<100).map { (Double(second) + Double($0) / 100, [1]) })
        }
        file.offset(1, at: 900, 77)
        file.footer(1, count: 998)
        let outcome = try XDFReader().read(place.write(file.bytes))
        #expect(outcome.recording.sampleCount == 998)
        #expect(abs((outcome.recording.timeStamps?[997] ?? 0) - 10.97) < 1e-3)
        #expect(outcome.warnings.contains { $0.message.contains("footer counts") })
    }

    @Test("an interrupted recording is read up to its last whole chunk")
    func interrupted() throws {
        let place = try Place()
        let file = XDFFileBytes.standard(footers: false)
        let bytes = file.bytes
        for cut in file.chunks[8...].map({ $0 + 1 }) + [bytes.count, bytes.count - 3] {
            let outcome = try XDFReader().read(place.write(Array(bytes.prefix(cut))))
            #expect(outcome.warnings.contains { $0.kind == .truncated }, "\(cut)")
            #expect(outcome.recording.sampleCount.isMultiple(of: 30) || cut > file.chunks[38])
        }
    }

    @Test("cut at every place it is read in part or refused with a place")
    func truncation() throws {
        let place = try Place()
        let file = XDFFileBytes.standard()
        for cut in stride(from: 0, to: file.bytes.count - 1, by: 41) {
            let url = try place.write(Array(file.bytes.prefix(cut)))
            do throws(IngestError) {
                let outcome = try XDFReader().read(url)
                #expect(outcome.warnings.contains { $0.kind == .truncated }, "\(cut)")
            } catch {
                #expect(["no-samples", "wrong-format"].contains(error.kind.name), "\(error)")
            }
        }
    }

    @Test("a damaged chunk is an error with its byte")
    func damage() throws {
        let place = try Place()
        let file = XDFFileBytes.standard()
        let samples = file.chunks[6]
        func refused(_ change: (inout [UInt8]) -> Void) throws -> IngestError? {
            var bytes = file.bytes
            change(&bytes)
            let url = try place.write(bytes)
            return #expect(throws: IngestError.self) { try XDFReader().read(url) }
        }
        // The length's own length, its number beyond the file, and one of nothing.
        #expect(try refused { $0[samples] = 3 }?.location.byte == samples)
        let beyond = try refused { $0.replaceSubrange(samples..<samples + 2, with: [1, 255]) }
        #expect(beyond?.location.byte ?? 0 >= samples)
        #expect(try refused { $0[samples + 1] = 0 }?.location.byte ?? 0 >= samples)
        // A stream without a header, a count of samples that do not fit, a time of 7 bytes.
        let width = Int(file.bytes[samples])
        let stream = samples + 1 + width + 2
        #expect(try refused { $0[stream] = 99 }?.location.byte == samples)
        #expect(
            try refused { $0.replaceSubrange(stream + 4..<stream + 6, with: [1, 255]) } != nil)
        let time = try refused { $0[stream + 6] = 7 }
        #expect(time?.location.byte == stream + 6)
        let infinite = try refused {
            $0.replaceSubrange(stream + 7..<stream + 15, with: XDFFileBytes.double(.infinity))
        }
        #expect(infinite?.location.byte == stream + 7)
        let far = try refused {
            $0.replaceSubrange(stream + 7..<stream + 15, with: XDFFileBytes.double(1e300))
        }
        #expect(far?.location.byte == stream + 7)
        let offset = file.chunks[file.chunks.count - 6]
        let odd = try refused {
            $0.replaceSubrange(
                offset + 16..<offset + 24, with: XDFFileBytes.double(-.greatestFiniteMagnitude))
        }
        #expect(odd?.location.byte == offset)
        // A chunk that goes beyond the end although whole ones follow.
        let long = try refused {
            $0.replaceSubrange(samples..<samples + 3, with: [4, 255, 255])
        }
        #expect(long?.location.byte == samples)
    }

    @Test(
        "headers that lie are refused with the stream",
        arguments: [
            ("<channel_count>2", "<channel_count>0"),
            ("<channel_count>2", "<channel_count>99999999"),
            ("int16", "int17"), ("<nominal_srate>250.0", "<nominal_srate>nan"),
            ("<nominal_srate>250.0", "<nominal_srate>-1"), ("<info><name>A", "<info><name>A<"),
            ("<?xml version=\"1.0\"?><info><name>A", "<!DOCTYPE a><info><name>A"),
        ])
    func lies(text: String, lie: String) throws {
        let place = try Place()
        var file = XDFFileBytes()
        let whole = """
            <?xml version="1.0"?><info><name>A</name><type>EMG</type><channel_count>2</channel_count>\
            <nominal_srate>250.0</nominal_srate><channel_format>int16</channel_format></info>
            """
        file.add(
            2,
            littleEndian([1], bytes: 4)
                + Array(whole.replacingOccurrences(of: text, with: lie).utf8))
        file.samples(1, [(0, [1, 2, 3, 4])])
        let url = try place.write(file.bytes)
        let error = #expect(throws: IngestError.self) { try XDFReader().read(url) }
        #expect(error?.location.byte == file.chunks[1], "\(error?.description ?? "")")
    }

    @Test("files without numbers, and files of another kind, are refused by name")
    func wrongKind() throws {
        let place = try Place()
        var file = XDFFileBytes()
        file.header(2, "Cues", "Markers", channels: 1, rate: 0, format: "string")
        file.texts(2, [(1, "a")])
        let marks = try place.write(file.bytes)
        let none = #expect(throws: IngestError.self) { try XDFReader().read(marks) }
        #expect(none?.kind.name == "no-samples" && none?.description.contains("Cues") == true)
        let other = try place.write(Array("XDFX".utf8))
        let error = #expect(throws: IngestError.self) { try XDFReader().read(other) }
        #expect(error?.kind.name == "wrong-format")
    }
}
