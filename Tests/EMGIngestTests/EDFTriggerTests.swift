import Documents
import EMGFormats
import EMGIngest
import EMGSignal
import Foundation
import TestSupport
import Testing

@Suite("Channels of triggers in EDF and BDF files")
struct EDFTriggerTests {
    static let rate = 200
    static let records = 10

    struct Place: ~Copyable {
        private let folder: TemporaryFolder
        init() throws { folder = try TemporaryFolder() }
        func write(_ file: EDFBytes, _ name: String = "p1_grasp.bdf") throws -> URL {
            let url = folder.url.appending(path: name)
            try Data(file.bytes).write(to: url)
            return url
        }
    }

    /// A file with a channel of codes; the upper bits are the state of an amplifier.
    static func file(
        _ codes: [(range: Range<Int>, code: Int)], label: String = "Status", bdf: Bool = true,
        state: Int = 0x80_0000
    ) -> EDFBytes {
        var file = EDFBytes.standard(records: records, rate: rate, bdf: bdf)
        file.annotations = []
        file.reserved = bdf ? "24BIT" : ""
        var signal = EDFBytes.Signal(label: label, dimension: "Boolean", samples: rate)
        let most = bdf ? 8_388_607 : 32_767
        (signal.physicalMinimum, signal.physicalMaximum) = ("\(-most - 1)", "\(most)")
        (signal.digitalMinimum, signal.digitalMaximum) = ("\(-most - 1)", "\(most)")
        var numbers = [Int](repeating: bdf ? state : 0, count: records * rate)
        for (range, code) in codes { for row in range { numbers[row] |= code } }
        file.signals.append(signal)
        file.numbers.append(numbers.map { $0 > most ? $0 - 2 * (most + 1) : $0 })
        return file
    }

    static let pulses: [(range: Range<Int>, code: Int)] = [
        (0..<5, 0x10000), (300..<310, 1), (700..<710, 2), (1_100..<1_110, 1),
    ]

    static func template(_ yaml: String) throws -> SourceTemplate {
        try SourceTemplate(yaml, document: "t.yaml", name: "t")
    }

    @Test("without annotations codes are labels, each until the next, as mne finds them")
    func automatic() throws {
        let place = try Place()
        let outcome = try ReaderConformance.check(
            EDFReader(.bdf), place.write(Self.file(Self.pulses)))
        let labels = try #require(outcome.recording.labels)
        #expect(labels.classNames == ["unlabeled", "1", "2"])
        #expect(labels.runs.map(\.range.start) == [0, 300, 700, 1_100])
        #expect(outcome.recording.channels.map(\.name) == ["EMG 0", "EMG 1"])
        #expect(
            outcome.recording.history[0].parameters["labels_from"] == .text("channel Status"))
        #expect(outcome.warnings.contains { $0.message.contains("labels are its codes (1, 2)") })
    }

    @Test("a template names channel, bits and classes, and comes before annotations")
    func mapped() throws {
        let place = try Place()
        var file = Self.file(
            [(300..<310, 0x101), (700..<710, 0x202), (1_100..<1_110, 0x1FF)], label: "DIN7")
        file.reserved = "BDF+C"
        file.annotations = (0..<Self.records).map {
            $0 == 0 ? "+0\u{14}\u{14}\0+1\u{15}2\u{14}other\u{14}\0" : "+\($0)\u{14}\u{14}\0"
        }
        let url = try place.write(file)
        let plain = try EDFReader(.bdf).read(url).recording
        #expect(plain.labels?.classNames == ["unlabeled", "other"])
        let template = try Self.template(
            "classes: {1: rest, 2: fist}\nunlabeled: [255]\n"
                + "edf: {triggers: {channel: din7, mask: 255}}")
        let options = ReadOptions(template: template)
        let mapped = try ReaderRegistry.standard.read(url, options: options).recording
        #expect(mapped.labels?.classNames == ["unlabeled", "fist", "rest"])
        #expect(mapped.labels?.runs.map(\.range.start) == [0, 300, 700, 1_100])
        #expect(mapped.labels?.runs.map(\.label) == [0, 2, 1, 0])
    }

    @Test("codes that are held are the labels of the samples that have them")
    func held() throws {
        let place = try Place()
        let url = try place.write(
            Self.file([(0..<400, 2), (400..<900, 1), (1_200..<2_000, 3)]))
        let pulses = try EDFReader(.bdf).read(url)
        #expect(pulses.warnings.contains { $0.message.contains("lasts: while-held") })
        let template = try Self.template("edf: {triggers: {lasts: while-held}}")
        let recording = try ReaderRegistry.standard.read(
            url, options: ReadOptions(template: template)
        ).recording
        #expect(recording.labels?.classNames == ["unlabeled", "1", "2", "3"])
        #expect(recording.labels?.runs.map(\.label) == [2, 1, 0, 3])
        #expect(recording.labels?.runs.map(\.range.start) == [0, 400, 900, 1_200])
    }

    @Test("codes of lines that switch are left out")
    func glitches() throws {
        let place = try Place()
        let url = try place.write(
            Self.file([(300..<301, 1), (301..<400, 3), (700..<701, 4), (900..<950, 2)]))
        let outcome = try EDFReader(.bdf).read(url)
        #expect(outcome.recording.labels?.classNames == ["unlabeled", "2", "3"])
        #expect(outcome.recording.labels?.runs.map(\.range.start) == [0, 301, 900])
        #expect(outcome.warnings.contains { $0.kind == .events && $0.count == 2 })
    }

    @Test("a channel of triggers of EDF at another rate finds the nearest sample")
    func otherRate() throws {
        let place = try Place()
        var file = Self.file([], label: "Trigger", bdf: false)
        file.signals[2].samples = 50
        file.numbers[2] = (0..<500).map { (100..<110).contains($0) ? 7 : 0 }
        let recording = try EDFReader(.edf).read(place.write(file, "p1_grasp.edf")).recording
        #expect(recording.labels?.classNames == ["unlabeled", "7"])
        #expect(recording.labels?.runs.map(\.range.start) == [0, 400])
    }

    @Test("a channel that changes like a signal is no labels, and refused when asked for")
    func noCodes() throws {
        let place = try Place()
        var file = Self.file([], label: "Status")
        file.numbers[2] = (0..<2_000).map { ($0 / 2 * 7_919) % 60_000 }
        let url = try place.write(file)
        let outcome = try EDFReader(.bdf).read(url)
        #expect(outcome.recording.labels == nil)
        #expect(outcome.warnings.contains { $0.message.contains("changes like a signal") })
        let asked = ReadOptions(template: try Self.template("edf: {triggers: {}}"))
        #expect(throws: IngestError.self) { try ReaderRegistry.standard.read(url, options: asked) }
        let missing = ReadOptions(
            template: try Self.template("edf: {triggers: {channel: Nothing}}"))
        let error = #expect(throws: IngestError.self) {
            try ReaderRegistry.standard.read(url, options: missing)
        }
        #expect(error?.description.contains("\"Status\"") == true)
    }
}
