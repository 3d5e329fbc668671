import EMGFormats
import EMGIngest
import EMGSignal
import Foundation
import HDF5
import TestSupport
import Testing

/// What sources mark as bad, from every place where one can say so.
@Suite("Samples that a source marks as bad")
struct BadMarksTests {
    private func bad(_ recording: Recording) -> [QualityInterval] {
        recording.quality.filter { $0.kind == .markedBad }
    }

    private func interval(_ range: Range<Int>, channel: Int? = nil) -> QualityInterval {
        QualityInterval(range: SampleRange(range), channel: channel, kind: .markedBad)
    }

    @Test(
        "annotations of EDF+ and BDF+ that begin with BAD, at both rates, in letters of either case",
        arguments: [false, true], [200, 500])
    func annotations(isBDF: Bool, rate: Int) throws {
        var file = EDFBytes.standard(records: 10, rate: rate, bdf: isBDF)
        file.annotations[0] =
            "+0\u{14}\u{14}\0+0\u{15}5\u{14}fist\u{14}\0+5\u{15}5\u{14}rest\u{14}\0"
        file.annotations[2] = "+2\u{14}\u{14}\0+2.5\u{15}1.5\u{14}BAD_movement\u{14}\0"
        file.annotations[6] = "+6\u{14}\u{14}\0+6\u{15}0.1\u{14}bad blink@@EMG 1\u{14}\0"
        file.annotations[7] = "+7\u{14}\u{14}\0+7\u{14}BAD\u{14}\0"
        let outcome = try file.read()
        let recording = outcome.recording
        #expect(
            bad(recording) == [
                interval(5 * rate / 2..<4 * rate),
                interval(6 * rate..<6 * rate + rate / 10, channel: 1),
            ])
        #expect(recording.labels?.classNames == ["fist", "rest"])
        #expect(recording.labels?.runs.map(\.range.start) == [0, 5 * rate])
        let messages = outcome.warnings.map(\.message)
        #expect(messages.contains { $0.hasPrefix("2 annotations mark samples as bad") })
        #expect(messages.contains { $0.contains("has no duration and marks nothing") })
    }

    private func events(_ table: String) throws -> IngestOutcome {
        let folder = try TemporaryFolder()
        let url = try EDFBytes.standard(records: 4).write("sub-p7_task-grasp_emg.edf", to: folder)
        try Data(table.utf8).write(to: folder.url.appending(path: "sub-p7_task-grasp_events.tsv"))
        return try EDFReader(.edf).read(url)
    }

    @Test("events of BIDS that begin with BAD are no classes")
    func bidsEvents() throws {
        let outcome = try events(
            "onset\tduration\ttrial_type\n0\t2\topen\n0.5\t0.25\tBAD_jump\n2\t2\tclose\n"
                + "3.5\t9\tbad end\n1\tn/a\tBAD\n")
        #expect(bad(outcome.recording) == [interval(100..<150), interval(700..<800)])
        #expect(outcome.recording.labels?.classNames == ["close", "open"])
        #expect(outcome.recording.labels?.runs.map(\.range.start) == [0, 400])
        #expect(outcome.warnings.contains { $0.kind == .markedBad })
        #expect(outcome.warnings.contains { $0.message.contains("marks nothing") })
    }

    @Test("where events last until the next one, so does a mark, which is of no class")
    func untilNext() throws {
        let outcome = try events(
            "onset\tduration\ttrial_type\n0\tn/a\topen\n1\tn/a\tBAD\n1.5\tn/a\tclose\n3\tn/a\tBad\n"
        )
        #expect(bad(outcome.recording) == [interval(200..<300), interval(600..<800)])
        let labels = try #require(outcome.recording.labels)
        #expect(labels.classNames == ["unlabeled", "close", "open"])
        #expect(labels.runs.map(\.range.start) == [0, 200, 300, 600])
        #expect(labels.runs.map(\.label) == [2, 0, 1, 0])
    }

    @Test("marks alone make no labels")
    func marksAlone() throws {
        let outcome = try events("onset\tduration\ttrial_type\n1\t0.5\tBAD\n")
        #expect(outcome.recording.labels == nil)
        #expect(bad(outcome.recording) == [interval(200..<300)])
    }

    private func nwb(
        start: [Double], stop: [Double], change: (URL) throws -> Void = { _ in },
        options: ReadOptions = HDF5Fixture.options
    ) throws -> IngestOutcome {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "sub-1_grasp.nwb")
        try HDF5Fixture.writeNWB(to: url)
        let table = "/intervals/invalid_times"
        try File.updating(url) { (file) throws(HDF5Error) in
            try file.createGroup(table)
            try file.createDataset("\(table)/start_time", values: start, shape: [start.count])
            try file.createDataset("\(table)/stop_time", values: stop, shape: [stop.count])
        }
        try change(url)
        return try NWBReader().read(url, options: options)
    }

    @Test("invalid_times of NWB, in seconds of the session, cut at the ends of the series")
    func invalidTimes() throws {
        // The series is of 1000 samples at 1 kHz from second 2 on.
        let outcome = try nwb(
            start: [2.25, 0, 2.9, 2.5, 2.6, .nan], stop: [2.35, 2.01, 10, 2.5, 2.55, 2.7])
        #expect(
            bad(outcome.recording) == [
                interval(250..<350), interval(0..<10), interval(900..<1_000),
            ])
        #expect(outcome.recording.labels?.classNames.contains("open") == true)
        let warning = try #require(outcome.warnings.first { $0.kind == .markedBad })
        #expect(warning.count == 3 && warning.message.contains("first from sample 250"))
    }

    @Test("invalid_times of a series with time stamps, and of one without trials")
    func invalidTimesByStamps() throws {
        var options = HDF5Fixture.options
        options.parts = .named("force")
        let force = try nwb(start: [2.25], stop: [2.35], options: options)
        #expect(bad(force.recording) == [interval(25..<35)])
        let alone = try nwb(start: [2.25], stop: [2.35]) { url in
            HDF5Surgery.apply([.remove("/intervals/trials")], to: url)
        }
        #expect(alone.recording.labels == nil)
        #expect(bad(alone.recording) == [interval(250..<350)])
    }

    @Test("invalid_times whose columns differ are refused with their place")
    func invalidTimesBroken() throws {
        let error = #expect(throws: IngestError.self) {
            _ = try nwb(start: [2.25, 2.5], stop: [2.35])
        }
        #expect("\(try #require(error))".contains("/intervals/invalid_times/start_time"))
    }

    @Test("how far hum stands out is in the history of a recording that has some")
    func humLevels() throws {
        var file = EDFBytes.standard(records: 10, rate: 500)
        for row in 0..<5_000 {
            let phase = 2 * Double.pi * 50 * Double(row) / 500
            file.numbers[1][row] += Int((4_000 * sin(phase)).rounded())
        }
        let recording = try file.read().recording
        let levels = recording.history[0].parameters["mains_hum_db"]
        guard case .list(let numbers)? = levels, numbers.count == 2,
            case .number(let quiet) = numbers[0], case .number(let loud) = numbers[1]
        else {
            Issue.record("no levels: \(String(describing: levels))")
            return
        }
        #expect(quiet == 0 && loud > 6)
        #expect(
            recording.quality.filter { $0.kind == .mainsHum }.map(\.channel) == [1])
        let without = try EDFBytes.standard(records: 10, rate: 500).read().recording
        #expect(without.history[0].parameters["mains_hum_db"] == nil)
    }

    @Test("markers of OTB last until the next one, and so do those that begin with BAD")
    func otbMarkers() throws {
        func marker(_ milliseconds: Int, _ name: String) -> String {
            "<Marker><Milliseconds>\(milliseconds)</Milliseconds>"
                + "<Description>\(name)</Description></Marker>"
        }
        let markers = [(25, "grip"), (50, "BAD_cable"), (100, "open"), (200, "bad")]
            .map { marker($0.0, $0.1) }.joined()
        let place = try OTBReaderTests.Place()
        let outcome = try OTBReader().read(
            place.write(OTBReaderTests.archive(markers: "<Markers>\(markers)</Markers>")))
        // 2 kHz, 500 samples.
        #expect(bad(outcome.recording) == [interval(100..<200), interval(400..<500)])
        let labels = try #require(outcome.recording.labels)
        #expect(labels.classNames == ["unlabeled", "grip", "open"])
        #expect(labels.runs.map(\.range.start) == [0, 50, 100, 200, 400])
        #expect(labels.runs.map(\.label) == [0, 1, 0, 2, 0])
        let warning = try #require(outcome.warnings.first { $0.kind == .markedBad })
        #expect(warning.message.hasPrefix("2 events mark samples as bad, first \"BAD_cable\""))
    }

    @Test(
        "annotations of WFDB that begin with BAD are no classes, at any rate",
        arguments: [250, 1_000])
    func wfdbAnnotations(rate: Int) throws {
        let place = try WFDBPlace()
        let count = 5 * rate
        try place.write("r.dat", littleEndian((0..<count).map { $0 % 99 }, bytes: 2))
        try place.write("r.hea", "r 1 \(rate) \(count)\nr.dat 16 1/uV 16 0 0 0 0 emg\n")
        var annotations = AnnotationBytes()
        annotations.add(after: 0, code: 22, text: "relax")
        annotations.add(after: rate, code: 22, text: "BAD_electrode")
        annotations.add(after: rate, code: 22, text: "fist")
        annotations.add(after: 2 * rate, code: 22, text: "Bad end")
        annotations.end()
        try place.write("r.atr", annotations.bytes)
        let outcome = try WFDBReader().read(place.header())
        #expect(
            bad(outcome.recording) == [interval(rate..<2 * rate), interval(4 * rate..<count)])
        let labels = try #require(outcome.recording.labels)
        #expect(labels.classNames == ["unlabeled", "fist", "relax"])
        #expect(labels.runs.map(\.range.start) == [0, rate, 2 * rate, 4 * rate])
        #expect(labels.runs.map(\.label) == [2, 0, 1, 0])
    }

    @Test(
        "events of an HDF5 template that begin with BAD are no classes, with ends or without",
        arguments: [nil, "stop", "duration"] as [String?])
    func hdf5Events(end: String?) throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "a.h5")
        let ends: [Double] = end == "duration" ? [4, 2, 3, 1] : [5, 7, 8, 10]
        try File.creating(url) { (file) throws(HDF5Error) in
            try file.createDataset("/emg", values: HDF5Fixture.floats(100, 1), shape: [100])
            try file.createDataset("/on", values: [1.0, 5, 5.5, 9], shape: [4])
            try file.createDataset("/end", values: ends, shape: [4])
        }
        ForeignObject.add(
            [.texts("/what", ["open", "BAD_lift", "close", "bad"], chunk: nil)], to: url)
        let outcome = try HDF5Fixture.read(
            url,
            template: """
                hdf5:
                  samples: emg
                  rate: 10
                  events: {start: /on, name: /what\(end.map { ", \($0): /end" } ?? "")}
                """)
        let labels = try #require(outcome.recording.labels)
        #expect(labels.classNames == ["unlabeled", "close", "open"])
        if end == nil {
            // Each lasts until the next.
            #expect(bad(outcome.recording) == [interval(50..<55), interval(90..<100)])
            #expect(labels.runs.map(\.range.start) == [0, 10, 50, 55, 90])
        } else {
            let stop = end == "duration" ? 85 : 80
            #expect(bad(outcome.recording) == [interval(50..<70), interval(90..<100)])
            #expect(labels.runs.map(\.range.start) == [0, 10, 50, 55, stop])
        }
        #expect(outcome.warnings.contains { $0.kind == .markedBad && $0.count == 2 })
    }
}
