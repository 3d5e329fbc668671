import EMGArchive
import EMGEpisodes
import EMGSignal
import Foundation
import TestSupport
import Testing

@Suite("Differences of inputs")
struct InputDifferenceTests {
    /// A change of what another collection has, and what is said of it.
    struct Change: Sendable, CustomTestStringConvertible {
        let name: String
        var sentence = ""
        var hint = ""
        var subject: InputDifference.Subject?
        var isFatal = true
        let apply: @Sendable (inout CollectionManifest) throws -> Void
        var testDescription: String { name }
    }

    static func manifest() throws -> CollectionManifest {
        let study = try CollectionInFolder(CollectionInFolder.configuration())
        var manifest = try CollectionFile.open(study.manifestURL).manifest
        manifest.conditioning = [
            step("filter.band-pass", ["cutoffs_hz": .list([.number(20), .number(45)])]),
            step("filter.envelope", ["cutoffs_hz": .list([.number(6)]), "order": .integer(4)]),
        ]
        return manifest
    }

    private static func step(
        _ operation: String, _ parameters: [String: ProcessingStep.Value] = [:],
        software: String = "myotask"
    ) -> ProcessingStep {
        ProcessingStep(operation: operation, parameters: parameters, software: software)
    }

    static let changes: [Change] = [
        Change(
            name: "classes in another order",
            sentence: "made for classes relax, open, close, the collection has them in another "
                + "order: relax, close, open",
            hint: "classes: {order: [relax, open, close]}", subject: .outputs
        ) { $0.classes = ["relax", "close", "open"] },
        Change(
            name: "another class", sentence: "the collection has classes relax, open, fist",
            hint: "rename", subject: .outputs
        ) { $0.classes = ["relax", "open", "fist"] },
        Change(
            name: "targets in place of classes",
            sentence: "made for classes, the collection has "
                + "targets angle in deg", hint: "targets", subject: .outputs
        ) { $0.targets = .init(columns: [.init(name: "angle", unit: "deg")], rule: .last) },
        Change(
            name: "channels in another order",
            sentence: "made for channels emg0, emg1, emg2, emg3, emg4, emg5, the collection has "
                + "them in another order: emg1, emg0, emg2, emg3, emg4, emg5",
            hint: "channels: {select: [emg0, emg1, emg2, emg3, emg4, emg5]}", subject: .channels
        ) { $0.channels.swapAt(0, 1) },
        Change(
            name: "channels of other names",
            sentence: "made for 6 channels, emg0, emg1, emg2, emg3, emg4, emg5, the collection "
                + "has 6, biceps, emg1, emg2, emg3, emg4, emg5",
            hint: "docs/formats/templates.md", subject: .channels
        ) { $0.channels[0] = Channel(name: "biceps", unit: "uV") },
        Change(
            name: "a channel more", sentence: "the collection has 7, emg0",
            hint: "channels: {select: [emg0, emg1, emg2, emg3, emg4, emg5]}", subject: .channels
        ) { $0.channels.append(Channel(name: "emg6", unit: "uV")) },
        Change(
            name: "a channel less", sentence: "the collection has 5, emg0",
            hint: "the same channels", subject: .channels
        ) { $0.channels.removeLast() },
        Change(
            name: "another unit, scaled away",
            sentence: "made for emg1 and 4 more in uV, the collection has emg1 and 4 more in mV",
            hint: "normalization standard takes a factor out", subject: .units, isFatal: false
        ) { manifest in
            for index in 1..<6 {
                manifest.channels[index] = Channel(name: "emg\(index)", unit: "mV")
            }
        },
        Change(
            name: "another rate",
            sentence: "made for 100 Hz (windows of 120 ms), the collection has 200 Hz (windows of "
                + "60 ms)", hint: "resample: {rate_hz: 100}", subject: .rate
        ) { $0.samplingRate = try SamplingRate(hertz: 200) },
        Change(
            name: "a rate of fractions", sentence: "the collection has 148.148 Hz",
            hint: "resample", subject: .rate
        ) { $0.samplingRate = try SamplingRate(hertz: 148.148148) },
        Change(
            name: "longer windows",
            sentence: "made for windows of 12 samples (120 ms), the collection has windows of 24 "
                + "samples (240 ms)", hint: "window: {length: 12}", subject: .window
        ) { $0.window.length = 24 },
        Change(
            name: "no conditioning",
            sentence: "made for signals after filter.band-pass, filter.envelope, the collection "
                + "has signals without conditioning", hint: "run the pipeline",
            subject: .conditioning
        ) { $0.conditioning = [] },
        Change(
            name: "a filter more",
            sentence: "the collection has signals after filter.band-pass, "
                + "filter.envelope, filter.notch", hint: "run the pipeline",
            subject: .conditioning
        ) { $0.conditioning.append(step("filter.notch")) },
        Change(
            name: "another corner",
            sentence: "made for filter.band-pass with cutoffs_hz [20, 45], the collection has "
                + "filter.band-pass with cutoffs_hz [10, 45]", hint: "run the pipeline",
            subject: .conditioning
        ) {
            $0.conditioning[0] = step(
                "filter.band-pass", ["cutoffs_hz": .list([.number(10), .number(45)])])
        },
        Change(
            name: "a parameter more",
            sentence: "made for filter.band-pass with no order, the "
                + "collection has filter.band-pass with order 8", hint: "run the pipeline",
            subject: .conditioning
        ) {
            $0.conditioning[0] = step(
                "filter.band-pass",
                ["cutoffs_hz": .list([.number(20), .number(45)]), "order": .integer(8)])
        },
        Change(
            name: "the same filters in another order",
            sentence: "the collection has signals after filter.envelope, filter.band-pass",
            hint: "run the pipeline", subject: .conditioning
        ) { $0.conditioning.swapAt(0, 1) },
        Change(
            name: "another normalization",
            sentence: "made for normalization standard, the collection has normalization none",
            hint: "normalization: standard", subject: .normalization
        ) { $0.normalization.method = "none" },
        Change(
            name: "a grid where there was none",
            sentence: "made for electrodes on no grid, the "
                + "collection has electrodes on a grid of 2 × 3", hint: "channels.grid",
            subject: .grid, isFatal: false
        ) { $0.grid = .init(rows: 2, columns: 3) },
        Change(
            name: "another label rule",
            sentence: "made for labels by the rule last, the "
                + "collection has labels by the rule pure", hint: "window: {label_rule: last}",
            subject: .labelRule, isFatal: false
        ) { $0.window.labelRule = "pure" },
        Change(
            name: "a channel that is marked bad", sentence: "the collection has emg2 marked bad",
            hint: "may rely on it", subject: .badChannels, isFatal: false
        ) { manifest in
            manifest.tasks[0].quality = [
                QualityInterval(
                    range: SampleRange(start: 0, end: manifest.tasks[0].sampleCount), channel: 2,
                    kind: .markedBad)
            ]
        },
        Change(
            name: "other findings left out",
            sentence: "made for windows without gap, non_finite, marked_bad, long_filter_edge and "
                + "bad channels by refuse, the collection has windows without gap, non_finite, "
                + "marked_bad, saturation and bad channels by refuse",
            hint: "quality: {exclude: […]}", subject: .quality,
            isFatal: false
        ) { $0.quality = QualityPolicy(exclude: [.markedBad, .saturation]) },
        Change(name: "a collection that does not say what it leaves out") { $0.quality = nil },
        Change(name: "another stride") { $0.window.stride = 1 },
        Change(name: "a rate that scatters as estimates do") {
            $0.samplingRate = try SamplingRate(hertz: 100.04)
        },
        Change(name: "another amount of edges, of another version") {
            $0.conditioning[0] = step(
                "filter.band-pass",
                [
                    "cutoffs_hz": .list([.number(20), .number(45)]),
                    "edge_transient_samples": .integer(17), "half_power_hz": .list([.number(20.4)]),
                ], software: "myotask 9")
        },
        Change(name: "a change of rate to the same one") {
            $0.conditioning.insert(step("filter.resample", ["from_hz": .number(2_000)]), at: 0)
        },
        Change(name: "other people, name and augmentation") { manifest in
            manifest.name = "other"
            manifest.augmentation = [.init(kind: "noise")]
            manifest.tasks.removeLast()
        },
    ]

    @Test("each is a sentence with both sides and what to do", arguments: changes)
    func differences(change: Change) throws {
        let own = try Self.manifest()
        var other = own
        try change.apply(&other)
        let found = InputDescription(own).differences(from: InputDescription(other))
        guard let subject = change.subject else {
            #expect(found.isEmpty)
            return
        }
        #expect(found.map(\.subject) == [subject])
        #expect(found.map(\.isFatal) == [change.isFatal])
        let difference = try #require(found.first)
        #expect("\(difference)".contains(change.sentence), "\(difference)")
        #expect(difference.hint.contains(change.hint), "\(difference.hint)")
    }

    @Test("without normalization another unit cannot be right")
    func units() throws {
        var own = try Self.manifest()
        own.normalization.method = "none"
        var other = own
        other.channels[3] = Channel(name: "emg3", unit: "")
        let found = InputDescription(own).differences(from: InputDescription(other))
        #expect(found.map(\.isFatal) == [true])
        #expect(
            found.map(\.description) == [
                "made for emg3 in uV, the collection has emg3 in no known unit"
            ])
    }

    @Test("two grids of the same channels cannot both be right")
    func grids() throws {
        var own = try Self.manifest()
        own.grid = .init(rows: 2, columns: 3)
        var other = own
        other.grid = .init(rows: 3, columns: 2)
        let found = InputDescription(own).differences(from: InputDescription(other))
        #expect(found.map(\.isFatal) == [true])
        #expect(found.map(\.hint) == ["build the collection with channels: {grid: [2, 3]}"])
    }

    @Test("of many channels the first that differs is named, and the sentence stays short")
    func manyChannels() throws {
        var own = try Self.manifest()
        own.channels = (0..<128).map { Channel(name: "e\($0)", unit: "uV") }
        var other = own
        other.channels.swapAt(100, 101)
        let found = InputDescription(own).differences(from: InputDescription(other))
        let text = "\(try #require(found.first))"
        #expect(text.contains("from place 101 on, e101"), "\(text)")
        #expect(text.contains("(128 in all)") && text.count < 400, "\(text)")
    }

    @Test("targets differ by name, unit and, as a warning, by rule")
    func targets() throws {
        var own = try Self.manifest()
        own.targets = .init(columns: [.init(name: "angle", unit: "deg")], rule: .last)
        var other = own
        other.targets?.rule = .mean
        let rule = InputDescription(own).differences(from: InputDescription(other))
        #expect(rule.map(\.subject) == [.labelRule] && rule.map(\.isFatal) == [false])
        other.targets?.columns[0].unit = "rad"
        let unit = InputDescription(own).differences(from: InputDescription(other))
        #expect(
            unit.map(\.description).first
                == "made for targets angle in deg, the collection has targets angle in rad")
    }

    @Test("what cannot be right is reported before what only must be known")
    func order() throws {
        let own = try Self.manifest()
        var other = own
        other.window.labelRule = "center"
        other.classes = ["a", "b", "c"]
        other.window.length = 30
        let found = InputDescription(own).differences(from: InputDescription(other))
        #expect(found.map(\.subject) == [.outputs, .window, .labelRule])
    }
}
