import EMGIngest
import EMGSignal
import Foundation
import TestSupport
import Testing

@Suite("OTB4 archives")
struct OTB4ReaderTests {
    static let rows = 400

    /// A track as OTBioLab 4 describes it.
    struct Track {
        var title = "IN1"
        var subtitle = "Grid one"
        var stream = "in1.sig"
        var count = 2
        var width = 4
        var first = 0
        var offset: Int?
        var bytes: Int? = 4
        var hertz = "2000"
        var isControl = false
        var unit: (name: String, factor: String)? = ("mV", "1000")
        var bits = 24

        var xml: String {
            """
            <TrackInfo><Title>\(title)</Title><SubTitle>\(subtitle)</SubTitle>
            <Device>Novecento+;1.0</Device><IsControl>\(isControl)</IsControl>
            <NumberOfChannels>\(count)</NumberOfChannels>
            <TotalChannelsInFile>\(width)</TotalChannelsInFile>
            \(offset.map { "<ChannelOffsetInSubPacket>\($0)</ChannelOffsetInSubPacket>" } ?? "")
            <AcquisitionChannel>\(first)</AcquisitionChannel>
            \(bytes.map { "<SampleSize>\($0)</SampleSize>" } ?? "")
            <SamplingFrequency>\(hertz)</SamplingFrequency><Gain>2</Gain>
            <ADC_Nbits>\(bits)</ADC_Nbits><ADC_Range>4.8</ADC_Range>
            \(unit.map {
                "<UnitOfMeasurement>\($0.name)</UnitOfMeasurement>"
                    + "<UnitOfMeasurementFactor>\($0.factor)</UnitOfMeasurementFactor>"
            } ?? "")
            <SignalStreamPath>\(stream)</SignalStreamPath>
            <StringsDescriptions><HighPassFilter>10 Hz</HighPassFilter>
            <LowPassFilter>500 Hz</LowPassFilter><StartDate>2026-01-01 00:00:00</StartDate>
            </StringsDescriptions><Description><Name>\(subtitle)</Name></Description></TrackInfo>
            """
        }
    }

    static let tracks = [
        Track(),
        Track(title: "Novecento+", subtitle: "AUX 1", count: 1, first: 2, unit: ("V", "1")),
        Track(
            title: "Novecento+", subtitle: "Ramp", count: 1, first: 3, isControl: true, unit: nil),
        Track(
            title: "IN2", subtitle: "Grid two", stream: "in2.sig", count: 1, width: 3, first: 4,
            offset: 1),
    ]

    static func number(_ row: Int, _ column: Int, _ stream: Int) -> Int {
        (row * 7_919 + column * 104_729 + stream * 31) % 60_001 - 30_000
    }

    static func signal(_ stream: Int, width: Int, bytes: Int = 4, rows: Int = rows) -> [UInt8] {
        littleEndian(
            (0..<rows).flatMap { row in (0..<width).map { number(row, $0, stream) } }, bytes: bytes)
    }

    static func archive(
        _ tracks: [Track] = tracks, first: [UInt8] = signal(0, width: 4),
        second: [UInt8]? = signal(1, width: 3), markers: String? = nil
    ) -> [UInt8] {
        var tar = TarBytes()
        tar.add("DeviceParameters.xml", Array("<DeviceParameters/>".utf8))
        let xml = "<ArrayOfTrackInfo>\(tracks.map(\.xml).joined())</ArrayOfTrackInfo>"
        tar.add("Tracks_000.xml", Array(xml.utf8))
        tar.add("in1.sig", first)
        if let second { tar.add("in2.sig", second) }
        if let markers { tar.add("markers_0.xml", Array(markers.utf8)) }
        return tar.whole
    }

    struct Place: ~Copyable {
        private let folder: TemporaryFolder
        init() throws { folder = try TemporaryFolder() }
        func write(_ bytes: [UInt8], _ name: String = "a_b.otb4") throws -> URL {
            let url = folder.url.appending(path: name)
            try Data(bytes).write(to: url)
            return url
        }
    }

    @Test("EMG of all signal files is one recording, other tracks are parts")
    func archive() throws {
        let place = try Place()
        let bytes = Self.archive(
            markers: """
                <Markers><Marker><Milliseconds>50</Milliseconds><Description>fist</Description>
                </Marker></Markers>
                """)
        #expect(OTBReader().recognizes(content: Array(bytes.prefix(4_096))))
        let url = try place.write(bytes)
        let outcome = try ReaderConformance.check(OTBReader(), url)
        let recording = outcome.recording
        #expect(
            recording.channels == [
                Channel(name: "IN1 Grid one 1", unit: "mV"),
                Channel(name: "IN1 Grid one 2", unit: "mV"),
                Channel(name: "IN2 Grid two", unit: "mV"),
            ])
        #expect(recording.samplingRate.hertz == 2_000)
        let scale = 4.8 / 16_777_216 / 2 * 1_000
        for row in 0..<Self.rows {
            let numbers = [
                Self.number(row, 0, 0), Self.number(row, 1, 0), Self.number(row, 1, 1),
            ]
            for (channel, number) in numbers.enumerated() {
                #expect(recording.samples[row, channel] == Float(Double(number) * scale))
            }
        }
        #expect(recording.labels?.runs.map(\.range.start) == [0, 100])
        #expect(recording.history[0].parameters["start"] == .text("2026-01-01 00:00:00"))
        let parts = try OTBReader().open(url, options: ReadOptions(parts: .all))
        #expect(parts.map(\.metadata.part) == [nil, "auxiliary", "control"])
        let auxiliary = try OTBReader().read(url, options: ReadOptions(parts: .named("auxiliary")))
        #expect(auxiliary.recording.channels == [Channel(name: "Novecento+ AUX 1", unit: "V")])
        #expect(
            auxiliary.recording.samples[9, 0]
                == Float(Double(Self.number(9, 2, 0)) * (4.8 / 16_777_216 / 2)))
        let control = try OTBReader().read(url, options: ReadOptions(parts: .named("control")))
        #expect(control.recording.samples[9, 0] == Float(Self.number(9, 3, 0)))
    }

    @Test("numbers of 16 and 24 bits", arguments: [2, 3])
    func widths(bytes: Int) throws {
        let place = try Place()
        let track = Track(width: 2, bytes: bytes, bits: 16)
        let url = try place.write(
            Self.archive([track], first: Self.signal(0, width: 2, bytes: bytes), second: nil))
        let recording = try OTBReader().read(url).recording
        #expect(recording.sampleCount == Self.rows)
        #expect(
            recording.samples[77, 1]
                == Float(Double(Self.number(77, 1, 0)) * (4.8 / 65_536 / 2 * 1_000)))
    }

    @Test("what does not go together is a warning or refused with the field")
    func faults() throws {
        let place = try Place()
        func fault(_ change: (inout Track) -> Void) throws -> IngestError? {
            var track = Track()
            change(&track)
            let url = try place.write(Self.archive([track], second: nil))
            return #expect(throws: IngestError.self) { try OTBReader().read(url) }
        }
        #expect(try fault { $0.hertz = "fast" }?.kind.name == "malformed")
        #expect(try fault { $0.width = 0 }?.kind.name == "malformed")
        #expect(try fault { $0.count = 99_999 }?.kind.name == "malformed")
        #expect(try fault { $0.bytes = 8 }?.kind.name == "unsupported")
        #expect(try fault { $0.stream = "other.sig" }?.kind.name == "no-samples")
        #expect(try fault { $0.bits = 0 }?.kind.name == "malformed")
        // Two ways to say where channels begin, of which neither goes with the ones before.
        #expect(try fault { ($0.first, $0.offset) = (1, 2) }?.kind.name == "inconsistent")
        // A place among the channels of the whole device says nothing of the file.
        let device = try place.write(Self.archive([Track(first: 300)], second: nil))
        #expect(
            try OTBReader().read(device).recording.samples[5, 1]
                == Float(Double(Self.number(5, 1, 0)) * (4.8 / 16_777_216 / 2 * 1_000)))
        let short = try place.write(Self.archive(second: Self.signal(1, width: 3, rows: 395)))
        let outcome = try OTBReader().read(short)
        #expect(outcome.recording.sampleCount == 395)
        #expect(outcome.warnings.contains { $0.kind == .lengthMismatch })
        let broken = try place.write(Self.archive(second: Self.signal(1, width: 3) + [1]))
        #expect(try OTBReader().read(broken).warnings.contains { $0.kind == .truncated })
        for count in stride(from: 0, to: 6_000, by: 509) {
            let cut = try place.write(Array(Self.archive().prefix(count)))
            #expect(throws: IngestError.self, "\(count)") { try OTBReader().read(cut) }
        }
    }
}
