import EMGIngest
import EMGSignal
import Foundation
import TestSupport
import Testing

@Suite("C3D files")
struct C3DReaderTests {
    struct Place: ~Copyable {
        private let folder: TemporaryFolder
        init() throws { folder = try TemporaryFolder() }
        func write(_ bytes: [UInt8], _ name: String = "p1_walk.c3d") throws -> URL {
            let url = folder.url.appending(path: name)
            try Data(bytes).write(to: url)
            return url
        }
    }

    @Test(
        "samples of every processor and storage are (number − offset) · scale · general scale",
        arguments: C3DBytes.Processor.allCases, [false, true])
    func samples(processor: C3DBytes.Processor, isReal: Bool) throws {
        let place = try Place()
        var file = C3DBytes(processor: processor, isReal: isReal)
        file.events = [("on", "Right", 0.1), ("off", "General", 0.35)]
        let outcome = try ReaderConformance.check(C3DReader(), place.write(file.bytes))
        let recording = outcome.recording
        #expect(recording.sampleCount == 300)
        #expect(recording.samplingRate.hertz == 500)
        #expect(
            recording.channels
                == [Channel(name: "EMG1", unit: "mV"), Channel(name: "EMG2", unit: "mV")])
        for row in 0..<300 {
            for channel in 0..<2 {
                #expect(recording.samples[row, channel] == file.sample(row, channel))
            }
        }
        if !isReal {
            let back = Double(recording.samples[7, 1]) - outcome.scaling.offset[1]
            #expect(Int((back / outcome.scaling.scale[1]).rounded()) == file.number(7, 1))
        }
        #expect(recording.labels?.classNames == ["unlabeled", "Right on", "off"])
        #expect(recording.labels?.runs.map(\.range.start) == [0, 50, 175])
        #expect(outcome.warnings.map(\.kind) == [.identity, .partLeftOut])
    }

    @Test("channels that force plates or units tell of are another part")
    func parts() throws {
        let place = try Place()
        var file = C3DBytes()
        file.labels = ["RectFem", "BicFem", "Fz"]
        let url = try place.write(file.bytes)
        let main = try C3DReader().read(url).recording
        #expect(main.channels.map(\.name) == ["RectFem", "BicFem"])
        let other = try C3DReader().read(url, options: ReadOptions(parts: .named("other-500Hz")))
        #expect(other.recording.channels == [Channel(name: "Fz", unit: "N")])
        #expect(other.recording.samples[3, 0] == file.sample(3, 2))
    }

    @Test("numbers without a sign, offsets included")
    func unsigned() throws {
        let place = try Place()
        var file = C3DBytes()
        file.isUnsigned = true
        file.offsets = [32_768, 40_000, 0]
        let recording = try C3DReader().read(place.write(file.bytes)).recording
        for row in 0..<300 { #expect(recording.samples[row, 1] == file.sample(row, 1)) }
    }

    @Test("more than 255 channels go on in LABELS2, SCALE2 and the like")
    func manyChannels() throws {
        let place = try Place()
        var file = C3DBytes()
        file.labels = (0..<300).map { "EMG\($0)" }
        file.units = file.labels.map { _ in "uV" }
        file.scales = (0..<300).map { Float($0 + 1) / 8 }
        file.offsets = (0..<300).map { $0 }
        file.frames = 4
        let recording = try C3DReader().read(place.write(file.bytes)).recording
        #expect(recording.channels.count == 300)
        #expect(recording.channels[299].name == "EMG299")
        #expect(recording.samples[13, 299] == file.sample(13, 299))
    }

    @Test("frames beyond 65535 are counted by the trial, or by the size of the file")
    func longFiles() throws {
        let place = try Place()
        var file = C3DBytes()
        (file.points, file.rowsPerFrame, file.analogRate) = (0, 1, 100)
        file.frames = 70_000
        file.trial = (1, 70_000)
        let counted = try C3DReader().read(place.write(file.bytes))
        #expect(counted.recording.sampleCount == 70_000)
        #expect(!counted.warnings.contains { $0.kind == .assumption })
        file.trial = nil
        let open = try C3DReader().read(place.write(file.bytes))
        #expect((70_000..<70_100).contains(open.recording.sampleCount))
        #expect(open.warnings.contains { $0.kind == .assumption && $0.location.byte == 8 })
    }

    @Test("EVENT's times count from the trial's first frame, the header's from the file's")
    func eventsOfCutFiles() throws {
        let place = try Place()
        var file = C3DBytes()
        file.firstFrame = 6_101
        file.events = [("on", "", 61.2)]
        var recording = try C3DReader().read(place.write(file.bytes)).recording
        #expect(recording.labels?.runs.map(\.range.start) == [0, 100])
        file.events = []
        file.headerEvents = [("RHS", 0.2)]
        recording = try C3DReader().read(place.write(file.bytes)).recording
        #expect(recording.labels?.runs.map(\.range.start) == [0, 100])
        #expect(recording.labels?.classNames == ["unlabeled", "RHS"])
    }

    @Test("a sign of the points' scale that contradicts itself is settled by the size")
    func contradictingScale() throws {
        let place = try Place()
        var file = C3DBytes()
        file.statedPointScale = -0.1
        let recording = try C3DReader().read(place.write(file.bytes)).recording
        #expect(recording.samples[11, 1] == file.sample(11, 1))
    }

    @Test("a rate that does not go with the frames is a warning")
    func contradictingRate() throws {
        let place = try Place()
        var file = C3DBytes()
        file.analogRate = 1_000
        let outcome = try C3DReader().read(place.write(file.bytes))
        #expect(outcome.recording.samplingRate.hertz == 1_000)
        #expect(outcome.warnings.contains { $0.message.contains("ANALOG:RATE counts") })
    }

    @Test("real numbers that are not finite are refused or marked")
    func missing() throws {
        let place = try Place()
        var bytes = C3DBytes(isReal: true).bytes
        let file = C3DBytes(isReal: true)
        let start = try #require(bytes.firstRange(of: file.real(Float(file.number(4, 1)))))
        bytes.replaceSubrange(start, with: file.real(.nan))
        let url = try place.write(bytes)
        let error = #expect(throws: IngestError.self) { try C3DReader().read(url) }
        #expect(error?.description.contains("EMG2") == true)
        let marked = try C3DReader().read(url, options: ReadOptions(missing: .markAsMissing))
        #expect(marked.recording.samples[4, 1].isNaN)
        #expect(marked.warnings.contains { $0.kind == .missingValues && $0.count == 1 })
    }

    @Test("files that were cut are read while half of their frames are there")
    func truncation() throws {
        let place = try Place()
        let bytes = C3DBytes().bytes
        var outcomes: Set<String> = []
        for count in stride(from: 0, to: bytes.count, by: 97) {
            let url = try place.write(Array(bytes.prefix(count)))
            do throws(IngestError) {
                let outcome = try C3DReader().read(url)
                // Bytes that only fill up the last block may be missing.
                #expect(
                    outcome.warnings.contains { $0.kind == .truncated }
                        || outcome.recording.sampleCount == 300, "\(count)")
                outcomes.insert("read")
            } catch {
                #expect(error.location.file.hasSuffix("walk.c3d"), "\(count)")
                #expect(!error.hint.isEmpty)
                outcomes.insert(error.kind.name)
            }
        }
        #expect(outcomes == ["read", "malformed", "inconsistent", "no-samples"])
    }

    @Test("damage of single bytes is an error with a place or changes numbers only")
    func damage() throws {
        let place = try Place()
        let bytes = C3DBytes().bytes
        for index in 0..<1_600 {
            for value in [UInt8(0), 1, 0x7F, 0x80, 0xFF] where bytes[index] != value {
                // Blank bytes of the header and behind the parameters mean nothing.
                guard bytes[index] != 0 || index < 24 else { continue }
                var damaged = bytes
                damaged[index] = value
                let url = try place.write(damaged)
                do throws(IngestError) {
                    let recording = try C3DReader().read(url).recording
                    #expect(recording.sampleCount <= bytes.count)
                } catch {
                    #expect(!error.hint.isEmpty)
                }
            }
        }
    }

    @Test("counts beyond all measure are refused, not computed with")
    func absurdCounts() throws {
        let place = try Place()
        var file = C3DBytes()
        file.trial = (1, 1 << 31)
        let url = try place.write(file.bytes)
        let error = #expect(throws: IngestError.self) { try C3DReader().read(url) }
        #expect(error?.kind.name == "inconsistent")
        // The end of the trial as two real numbers.
        var bytes = C3DBytes()
        bytes.trial = (1, 60)
        var damaged = bytes.bytes
        let name = try #require(damaged.firstRange(of: Array("ACTUAL_END_FIELD".utf8)))
        let value = name.upperBound + 2
        damaged.replaceSubrange(
            value..<value + 11, with: [4, 1, 2] + bytes.real(3e38) + bytes.real(3e38))
        let real = try place.write(damaged)
        do throws(IngestError) {
            #expect(try C3DReader().read(real).recording.sampleCount == 300)
        } catch {
            #expect(!error.hint.isEmpty)
        }
    }

    @Test("files of other kinds are refused by name")
    func wrongMagic() throws {
        let place = try Place()
        var bytes = C3DBytes().bytes
        bytes[1] = 0x51
        let url = try place.write(bytes)
        let error = #expect(throws: IngestError.self) { try C3DReader().read(url) }
        #expect(error?.kind.name == "wrong-format")
        #expect(!C3DReader().recognizes(content: Array(bytes.prefix(4_096))))
        #expect(C3DReader().recognizes(content: Array(C3DBytes().bytes.prefix(4_096))))
        var noAnalog = C3DBytes().bytes
        noAnalog.replaceSubrange(4..<6, with: [0, 0])
        let points = try place.write(noAnalog)
        let none = #expect(throws: IngestError.self) { try C3DReader().read(points) }
        #expect(none?.kind.name == "no-samples")
    }
}
