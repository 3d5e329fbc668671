import EMGIngest
import EMGSignal
import Foundation
import TestSupport
import Testing

@Suite("AcqKnowledge files")
struct ACQReaderTests {
    struct Place: ~Copyable {
        private let folder: TemporaryFolder
        init() throws { folder = try TemporaryFolder() }
        func write(_ bytes: [UInt8], _ name: String = "p1_grasp.acq") throws -> URL {
            let url = folder.url.appending(path: name)
            try Data(bytes).write(to: url)
            return url
        }
    }

    @Test(
        "every revision is read, in both byte orders, compressed or not",
        arguments: [38, 41, 45, 61, 84, 108, 121, 124, 128, 132], [false, true])
    func revisions(revision: Int, isBigEndian: Bool) throws {
        let place = try Place()
        for isCompressed in revision >= 41 ? [false, true] : [false] {
            var file = ACQBytes(
                revision: revision, isBigEndian: isBigEndian, isCompressed: isCompressed)
            file.shift = revision == 84 ? 37 : 0
            let url = try place.write(file.bytes)
            #expect(ACQReader().recognizes(content: Array(file.bytes.prefix(4_096))))
            let outcome = try ACQReader().read(url)
            let recording = outcome.recording
            #expect(recording.samplingRate.hertz == 2_000)
            #expect(
                recording.channels == [
                    Channel(name: "EMG biceps", unit: "mV"),
                    Channel(name: "EMG triceps", unit: "mV"),
                ])
            #expect(recording.sampleCount == 1_200)
            for row in 0..<1_200 {
                for channel in 0..<2 {
                    #expect(recording.samples[row, channel] == file.sample(row, channel))
                }
            }
            // Old revisions do not say which channel a marker belongs to.
            let classes = ["unlabeled", "fist", "rest"] + (revision < 61 ? ["spike"] : [])
            #expect(recording.labels?.classNames == classes)
            #expect(recording.labels?.runs.first?.range.end == 300)
            #expect(recording.quality.contains { $0.kind == .gap && $0.range.start == 900 })
            let force = try ACQReader().read(
                url, options: ReadOptions(parts: .named("other-666.667Hz"))
            ).recording
            #expect(force.sampleCount == 400)
            for row in 0..<400 { #expect(force.samples[row, 0] == file.sample(row, 2)) }
            #expect(force.labels?.runs.first?.range.end == 100)
        }
    }

    @Test("a file keeps to what every reader keeps to", arguments: [false, true])
    func conformance(isCompressed: Bool) throws {
        let place = try Place()
        let file = ACQBytes(isCompressed: isCompressed)
        let outcome = try ReaderConformance.check(ACQReader(), place.write(file.bytes))
        #expect(outcome.warnings.contains { $0.kind == .partLeftOut })
        #expect(outcome.warnings.contains { $0.kind == .events && $0.count == 1 })
    }

    @Test("channels that end before others are read to their ends")
    func uneven() throws {
        let place = try Place()
        var file = ACQBytes()
        file.channels[2].count = 397
        let force = try ACQReader().read(
            place.write(file.bytes), options: ReadOptions(parts: .named("other-666.667Hz"))
        ).recording
        #expect(force.sampleCount == 397)
        #expect(force.samples[396, 0] == file.sample(396, 2))
        file.channels[1].count = 1_190
        let emg = try ACQReader().read(place.write(file.bytes))
        #expect(emg.recording.sampleCount == 1_190)
        #expect(emg.recording.samples[1_189, 0] == file.sample(1_189, 0))
        #expect(emg.warnings.contains { $0.kind == .lengthMismatch })
    }

    @Test(
        "beginnings of segments are no labels, whatever their style, and tell where ticks count from"
    )
    func segments() throws {
        let place = try Place()
        var file = ACQBytes()
        file.markers = [
            .init(tick: -500, text: "Segment 1", style: "defl"), .init(tick: -200, text: "rest"),
            .init(tick: 200, text: "fist"),
        ]
        for isCompressed in [false, true] {
            file.isCompressed = isCompressed
            let outcome = try ACQReader().read(place.write(file.bytes))
            #expect(outcome.recording.labels?.classNames == ["unlabeled", "fist", "rest"])
            #expect(outcome.recording.labels?.runs.map(\.range.start) == [0, 300, 700])
            #expect(outcome.warnings.contains { $0.message.contains("500 ticks before") })
        }
    }

    @Test("integers give back the converter's numbers")
    func scaling() throws {
        let place = try Place()
        var file = ACQBytes()
        file.channels[1].isInteger = true
        let outcome = try ACQReader().read(place.write(file.bytes))
        let value = Double(outcome.recording.samples[77, 1]) - outcome.scaling.offset[1]
        #expect(Int((value / outcome.scaling.scale[1]).rounded()) == ACQBytes.number(77, 1))
    }

    @Test(
        "cut at every place it is read in part or refused with a place", arguments: [false, true])
    func truncation(isCompressed: Bool) throws {
        let place = try Place()
        let file = ACQBytes(isCompressed: isCompressed)
        var kinds: Set<String> = []
        for count in stride(from: 0, to: file.bytes.count, by: 211) {
            let url = try place.write(Array(file.bytes.prefix(count)))
            do throws(IngestError) {
                let outcome = try ACQReader().read(url)
                // Samples are whole, and of markers and journal something is missing.
                #expect(
                    outcome.warnings.contains { $0.kind == .truncated || $0.kind == .events },
                    "\(count)")
                kinds.insert("read")
            } catch {
                #expect(!error.hint.isEmpty, "\(error)")
                kinds.insert(error.kind.name)
            }
        }
        #expect(kinds.contains("malformed") && kinds.contains("wrong-format"))
        #expect(kinds.contains("read") != isCompressed)
    }

    @Test("damage of headers is an error or changes numbers only", arguments: [false, true])
    func damage(isCompressed: Bool) throws {
        let place = try Place()
        var file = ACQBytes(isCompressed: isCompressed)
        for index in file.channels.indices { file.channels[index].count /= 20 }
        let bytes = file.bytes
        let places =
            Array(0..<24) + Array(970..<978) + Array(2_396..<2_404)
            + Array(2_440..<2_560) + Array(2_680..<file.dataStart)
            + Array(bytes.count - 300..<bytes.count)
        for index in places {
            for value in [UInt8(0), 1, 0x7F, 0x80, 0xFF] where bytes[index] != value {
                var damaged = bytes
                damaged[index] = value
                let url = try place.write(damaged)
                do throws(IngestError) {
                    #expect(try ACQReader().read(url).recording.sampleCount <= bytes.count)
                } catch {
                    #expect(!error.hint.isEmpty)
                }
            }
        }
    }

    @Test("counts beyond the file are refused before anything is read")
    func absurd() throws {
        let place = try Place()
        var file = ACQBytes()
        file.channels[0].count = 400
        var bytes = file.bytes
        let count = 2_400 + 40 + 88
        bytes.replaceSubrange(count..<count + 4, with: [0xFF, 0xFF, 0xFF, 0x7F])
        let url = try place.write(bytes)
        let error = #expect(throws: IngestError.self) { try ACQReader().read(url) }
        #expect(error?.kind.name == "inconsistent")
        bytes.replaceSubrange(count..<count + 4, with: [0xFF, 0xFF, 0xFF, 0xFF])
        let negative = try place.write(bytes)
        #expect(throws: IngestError.self) { try ACQReader().read(negative) }
        let other = try place.write(Array("not an acq file, but text of some length ".utf8))
        let wrong = #expect(throws: IngestError.self) { try ACQReader().read(other) }
        #expect(wrong?.kind.name == "wrong-format")
    }
}
