import EMGIngest
import EMGSignal
import Foundation
import SeededRandom
import TestSupport
import Testing

/// A tar archive (POSIX ustar), built header by header.
struct TarBytes {
    private(set) var bytes: [UInt8] = []

    mutating func add(_ name: String, _ content: [UInt8], declared: Int? = nil) {
        func octal(_ value: Int, _ width: Int) -> [UInt8] {
            let digits = String(value, radix: 8)
            return Array((String(repeating: "0", count: width - 1 - digits.count) + digits).utf8)
                + [0]
        }
        var header = [UInt8](repeating: 0, count: 512)
        func put(_ field: [UInt8], at place: Int) {
            header.replaceSubrange(place..<place + field.count, with: field)
        }
        put(Array(name.utf8), at: 0)
        put(octal(0o644, 8), at: 100)
        put(octal(0, 8), at: 108)
        put(octal(0, 8), at: 116)
        put(octal(declared ?? content.count, 12), at: 124)
        put(octal(0, 12), at: 136)
        put([UInt8](repeating: 0x20, count: 8), at: 148)
        header[156] = UInt8(ascii: "0")
        put(Array("ustar\u{0}00".utf8), at: 257)
        let sum = header.reduce(0) { $0 + Int($1) }
        put(Array(octal(sum, 7)) + [0x20], at: 148)
        bytes += header + content
        bytes += [UInt8](repeating: 0, count: (512 - content.count % 512) % 512)
    }

    /// With the two empty blocks at the end.
    var whole: [UInt8] { bytes + [UInt8](repeating: 0, count: 1_024) }
}

@Suite("OTB+ archives")
struct OTBReaderTests {
    static let rows = 500

    /// Two EMG channels, an auxiliary one, a quaternion and a ramp; position 3 is not described.
    static func device(_ name: String = "DUE+", bits: Int = 16) -> String {
        """
        <?xml version="1.0" encoding="utf-8"?>
        <Device Name="\(name)" SampleFrequency="2000" ad_bits="\(bits)" DeviceTotalChannels="6">
          <Channels>
            <Adapter ID="Due+" Gain="202" HighPassFilter="10" LowPassFilter="500" ChannelStartIndex="0">
              <Channel Index="0" ID="C1" Gain="1" Prefix="Due+ A" Muscle="Biceps" />
              <Channel Index="1" ID="C2" Gain="2" Prefix="Due+ A" Muscle="Not defined" />
            </Adapter>
            <Adapter ID="Direct connection" Gain="1" ChannelStartIndex="2">
              <Channel Index="0" ID="AUX1" Gain="1" Prefix="" Muscle="" />
            </Adapter>
            <Adapter ID="AdapterQuaternions" Gain="1" ChannelStartIndex="4">
              <Channel Index="0" ID="Quaternion" Gain="1" />
            </Adapter>
            <Adapter ID="AdapterControl" Gain="1" ChannelStartIndex="5">
              <Channel Index="0" ID="Ramp" Gain="1" />
            </Adapter>
          </Channels>
        </Device>
        """
    }

    static func number(_ row: Int, _ channel: Int) -> Int {
        (row * 37 + channel * 911) % 60_001 - 30_000
    }

    static func signal(bytes: Int = 2) -> [UInt8] {
        littleEndian(
            (0..<rows).flatMap { row in (0..<6).map { number(row, $0) * (bytes == 3 ? 200 : 1) } },
            bytes: bytes)
    }

    static let patient =
        "<Patient><time>2024-05-06 07:08:09</time><duration>0.25</duration></Patient>"

    static func archive(
        device: String = device(), signal: [UInt8] = signal(), patient: String = patient,
        markers: String? = nil
    ) -> [UInt8] {
        var tar = TarBytes()
        tar.add("rec_1.sig", signal)
        tar.add("rec_1.xml", Array(device.utf8))
        tar.add("patient.xml", Array(patient.utf8))
        if let markers { tar.add("markers_0.xml", Array(markers.utf8)) }
        return tar.whole
    }

    struct Place: ~Copyable {
        private let folder: TemporaryFolder
        init() throws { folder = try TemporaryFolder() }
        func write(_ bytes: [UInt8], _ name: String = "a_b.otb+") throws -> URL {
            let url = folder.url.appending(path: name)
            try Data(bytes).write(to: url)
            return url
        }
    }

    @Test("EMG is read in millivolts by the device's range and gain, other channels are parts")
    func archive() throws {
        let place = try Place()
        let url = try place.write(Self.archive())
        let outcome = try ReaderConformance.check(OTBReader(), url)
        let recording = outcome.recording
        #expect(recording.sampleCount == Self.rows)
        #expect(recording.samplingRate.hertz == 2_000)
        #expect(
            recording.channels == [
                Channel(name: "Biceps Due+ A 1", unit: "mV"), Channel(name: "Due+ A 2", unit: "mV"),
            ])
        for row in 0..<Self.rows {
            for channel in 0..<2 {
                let volts = Double(Self.number(row, channel)) * 3.3 / 65_536 / 202
                let expected = Float(volts / Double(channel + 1) * 1_000)
                let found = recording.samples[row, channel]
                #expect(abs(found - expected) <= expected.ulp)
                let back = Double(found) / outcome.scaling.scale[channel]
                #expect(Int(back.rounded()) == Self.number(row, channel))
            }
        }
        let left = outcome.warnings.filter { $0.kind == .partLeftOut }.map(\.message)
        #expect(left.count == 3, "\(left)")
        #expect(recording.history[0].parameters["start"] == .text("2024-05-06 07:08:09"))

        let parts = try OTBReader().open(url, options: ReadOptions(parts: .all))
        #expect(parts.map(\.metadata.part) == [nil, "auxiliary", "control", "quaternion"])
        let auxiliary = try OTBReader().read(
            url, options: ReadOptions(parts: .named("auxiliary")))
        #expect(auxiliary.recording.channels.map(\.unit) == ["mV"])
        let expected = Double(Self.number(9, 2)) * 5 / 65_536 / 0.5 * 1_000
        #expect(abs(auxiliary.recording.samples[9, 0] - Float(expected)) <= Float(expected).ulp)
        let ramp = try OTBReader().read(url, options: ReadOptions(parts: .named("control")))
        #expect(ramp.recording.samples[7, 0] == Float(Self.number(7, 5)))
        #expect(ramp.recording.channels.map(\.unit) == ["count"])
        #expect(throws: IngestError.self) {
            try OTBReader().read(url, options: ReadOptions(parts: .named("none")))
        }
    }

    @Test(
        "each device has its own range and gain",
        arguments: [
            ("QUATTRO", 5, 150), ("QUATTROCENTO", 5, 150), ("DUE", 5, 200), ("DUE+", 3.3, 202),
            ("QUATTRO+", 3.3, 202), ("SYNCSTATION", 3.3, 202), ("other", 4.8, 256),
        ])
    func devices(name: String, range: Double, gain: Double) throws {
        let place = try Place()
        let url = try place.write(Self.archive(device: Self.device(name)))
        let outcome = try OTBReader().read(url)
        let scale = range / 65_536 / gain * 1_000
        #expect(abs(outcome.scaling.scale[0] - scale) < 1e-12 * scale)
        // The document says 202: a device with another gain is worth a word.
        #expect(outcome.warnings.contains { $0.kind == .assumption } == (gain != 202))
    }

    @Test("numbers of 24 bits are read, also where the device is wrong about them")
    func widths() throws {
        let place = try Place()
        for stated in [24, 16] {
            let url = try place.write(
                Self.archive(device: Self.device(bits: stated), signal: Self.signal(bytes: 3)))
            let outcome = try ReaderConformance.check(OTBReader(), url)
            #expect(outcome.recording.sampleCount == (stated == 24 ? Self.rows : 750))
        }
        // Long enough for the duration to tell: 24 bits at 2 Hz.
        let slow = Self.device(bits: 16).replacing("\"2000\"", with: "\"2\"")
        let patient = "<p><duration>250</duration></p>"
        let url = try place.write(
            Self.archive(device: slow, signal: Self.signal(bytes: 3), patient: patient))
        let outcome = try OTBReader().read(url)
        #expect(outcome.recording.sampleCount == Self.rows)
        #expect(outcome.warnings.contains { $0.kind == .headerFault })
        let back = Double(outcome.recording.samples[3, 0]) / outcome.scaling.scale[0]
        #expect(Int(back.rounded()) == Self.number(3, 0) * 200)
    }

    @Test("markers are labels")
    func markers() throws {
        let place = try Place()
        let markers = """
            <Markers><Marker><Milliseconds>50</Milliseconds><Description> grip </Description></Marker>
            <Marker><Milliseconds>150</Milliseconds><Description>open &amp; rest</Description></Marker>
            <Marker><Milliseconds>x</Milliseconds><Description>none</Description></Marker></Markers>
            """
        let outcome = try ReaderConformance.check(
            OTBReader(), try place.write(Self.archive(markers: markers)))
        let labels = try #require(outcome.recording.labels)
        #expect(labels.classNames == ["unlabeled", "grip", "open & rest"])
        #expect(labels.runs.map(\.range.start) == [0, 100, 300])
    }

    @Test("archives are recognized by their first member")
    func recognition() {
        let reader = OTBReader()
        #expect(reader.recognizes(content: Array(Self.archive().prefix(4_096))))
        var other = TarBytes()
        other.add("readme.txt", [1, 2])
        #expect(!reader.recognizes(content: other.whole))
        #expect(reader.recognizes(fileName: "x.OTB+"))
    }

    @Test("what is no whole archive of a recording is refused by its fault")
    func faults() throws {
        let place = try Place()
        func fault(_ bytes: [UInt8]) throws -> IngestError? {
            let url = try place.write(bytes)
            return #expect(throws: IngestError.self) { try OTBReader().read(url) }
        }
        #expect(try fault(Array("no archive at all".utf8))?.kind.name == "malformed")
        #expect(try fault(Array(Self.archive().prefix(3_000)))?.kind.name == "malformed")
        var empty = TarBytes()
        empty.add("patient.xml", Array(Self.patient.utf8))
        #expect(try fault(empty.whole)?.kind.name == "no-samples")
        var alone = TarBytes()
        alone.add("rec.sig", Self.signal())
        #expect(try fault(alone.whole)?.kind.name == "missing-column")
        var fourth = TarBytes()
        fourth.add("Tracks_000.xml", Array("<a/>".utf8))
        let named = try fault(fourth.whole)
        #expect(named?.kind.name == "no-samples")
        var large = TarBytes()
        large.add("rec.sig", [1, 2, 3], declared: 1 << 32)
        #expect(try fault(large.whole)?.kind.name == "inconsistent")
        let entities = "<!DOCTYPE a [<!ENTITY x \"xxxxxxxxxx\">]><Device Name=\"&x;\"/>"
        let declared = try fault(Self.archive(device: entities))
        #expect(declared?.description.contains("document type") == true)
        let deep = String(repeating: "<a>", count: 100_000)
        #expect(try fault(Self.archive(device: deep))?.kind.name == "malformed")
        for (from, to) in [
            ("\"2000\"", "\"fast\""), ("DeviceTotalChannels=\"6\"", "DeviceTotalChannels=\"0\""),
            ("DeviceTotalChannels=\"6\"", "DeviceTotalChannels=\"3\""),
            ("ad_bits=\"16\"", "ad_bits=\"12\""),
            ("Gain=\"2\"", "Gain=\"0\""), ("Index=\"1\"", "Index=\"0\""), ("<Device", "<Gadget"),
        ] {
            #expect(try fault(Self.archive(device: Self.device().replacing(from, with: to))) != nil)
        }
        #expect(try fault(Self.archive(signal: [1, 2, 3]))?.kind.name == "no-samples")
    }

    @Test("no damage crashes the reader", arguments: 0..<4)
    func mutations(seed: Int) throws {
        let place = try Place()
        var random = SeededGenerator(seed: UInt64(seed), stream: "otb")
        let good = Self.archive(markers: "<m><Marker><Milliseconds>1</Milliseconds></Marker></m>")
        var read = 0
        for _ in 0..<150 {
            var bytes = good
            for _ in 0..<random.integer(below: 5) { random.damage(&bytes) }
            do {
                _ = try OTBReader().read(try place.write(bytes))
                read += 1
            } catch is IngestError {}
        }
        #expect(read > 10)
    }
}
