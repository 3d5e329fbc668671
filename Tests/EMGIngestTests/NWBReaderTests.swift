import EMGIngest
import EMGSignal
import Foundation
import HDF5
import TestSupport
import Testing

@Suite("NWB files")
struct NWBReaderTests {
    private func file(_ folder: borrowing TemporaryFolder) -> URL {
        folder.url.appending(path: "sub-1_grasp.nwb")
    }

    @Test("samples in volts, names of electrodes, identity, trials as labels")
    func whole() throws {
        let folder = try TemporaryFolder()
        let url = file(folder)
        try HDF5Fixture.writeNWB(to: url)
        #expect(try ReaderRegistry.standard.reader(for: url).formatName == "nwb")
        let outcome = try ReaderConformance.check(NWBReader(), url)
        let recording = outcome.recording
        #expect(recording.identity.patient == "p7")
        #expect(recording.identity.session == "2023-03-28")
        #expect(recording.identity.condition == "grasp")
        #expect(recording.channels.map(\.name) == ["a", "b", "c", "d"])
        #expect(recording.channels.map(\.unit) == ["V", "V", "V", "V"])
        for (index, sample) in recording.samples.values.enumerated() {
            let number = HDF5Fixture.value(index / 4, index % 4)
            #expect(sample == Float(2.5e-7 * number + 1e-3))
        }
        #expect(outcome.scaling.scale == [2.5e-7, 2.5e-7, 2.5e-7, 2.5e-7])
        #expect(outcome.scaling.offset == [1e-3, 1e-3, 1e-3, 1e-3])
        // The first sample is at second 2.
        let labels = try #require(recording.labels)
        #expect(labels.classNames == ["unlabeled", "close", "open", "relax"])
        let runs = labels.runs.map { ($0.range.start, labels.classNames[Int($0.label)]) }
        #expect(runs.map(\.0) == [0, 100, 200, 300, 400, 500, 600, 700, 800])
        #expect(runs.map(\.1)[1] == "open")
        #expect(runs.map(\.1)[3] == "close")
        #expect(outcome.warnings.contains { $0.kind == .partLeftOut })
    }

    @Test("parts: all series, the main one first, and one by name with time stamps")
    func parts() throws {
        let folder = try TemporaryFolder()
        let url = file(folder)
        try HDF5Fixture.writeNWB(to: url)
        var options = HDF5Fixture.options
        options.parts = .all
        let streams = try NWBReader().open(url, options: options)
        #expect(streams.map(\.metadata.part) == [nil, "force", "processing-filtered-emg"])
        options.parts = .named("force")
        let force = try NWBReader().read(url, options: options).recording
        #expect(force.samplingRate.hertz == 100)
        #expect(force.timeStamps?.first == 2)
        #expect(force.samples.values == HDF5Fixture.floats(100, 1))
        // Trials of a tenth of a second from second 2.1 on, at 100 Hz.
        #expect(force.labels?.runs.map(\.range.start).prefix(3) == [0, 10, 20])
        options.parts = .named("nothing")
        let error = #expect(throws: IngestError.self) {
            _ = try NWBReader().open(url, options: options)
        }
        #expect("\(try #require(error))".contains("force"))
    }

    @Test("a column of unusual name is used with a warning when there is another")
    func ambiguous() throws {
        let folder = try TemporaryFolder()
        let url = file(folder)
        try HDF5Fixture.writeNWB(to: url, column: "what")
        ForeignObject.add(
            [.texts("/intervals/trials/who", ["x", "x", "y", "y"], chunk: nil)], to: url)
        let outcome = try NWBReader().read(url, options: HDF5Fixture.options)
        #expect(outcome.recording.labels?.classNames.contains("open") == true)
        #expect(outcome.warnings.contains { $0.kind == .assumption && $0.message.contains("what") })

        var options = HDF5Fixture.options
        let template = folder.url.appending(path: "t.yaml")
        try Data(
            """
            hdf5:
              samples: /acquisition/emg/data
              events:
                start: /intervals/trials/start_time
                stop: /intervals/trials/stop_time
                name: /intervals/trials/who
            """.utf8
        ).write(to: template)
        options.template = try SourceTemplate(contentsOf: template)
        let chosen = try NWBReader().read(url, options: options)
        #expect(chosen.recording.labels?.classNames == ["unlabeled", "x", "y"])
    }

    @Test("trials without a column of classes give no labels, and a warning")
    func unlabeled() throws {
        let folder = try TemporaryFolder()
        let url = file(folder)
        try HDF5Fixture.writeNWB(to: url)
        HDF5Surgery.apply([.remove("/intervals/trials/gesture")], to: url)
        let outcome = try NWBReader().read(url, options: HDF5Fixture.options)
        #expect(outcome.recording.labels == nil)
        #expect(outcome.warnings.contains { $0.kind == .events })
    }

    @Test("faults name their place")
    func faults() throws {
        let folder = try TemporaryFolder()
        let cases: [([HDF5Surgery.Operation], String, String)] = [
            (
                [.number(0, "rate", of: "/acquisition/emg/starting_time")], "unknown-rate",
                "starting_time"
            ),
            (
                [.number(.nan, "conversion", of: "/acquisition/emg/data")], "inconsistent",
                "conversion"
            ),
            (
                [.number(0, "conversion", of: "/acquisition/emg/data")], "inconsistent",
                "conversion"
            ),
            (
                [
                    .remove("/acquisition/emg"), .remove("/acquisition/force"),
                    .remove("/processing/filtered"),
                ], "no-samples", "acquisition"
            ),
            (
                [.fixedText(Array("1.0.6".utf8), "nwb_version", of: "/", padding: .nullPadded)],
                "unsupported", "1.0.6"
            ),
        ]
        for (index, (operations, kind, says)) in cases.enumerated() {
            let url = folder.url.appending(path: "case\(index).nwb")
            try HDF5Fixture.writeNWB(to: url)
            HDF5Surgery.apply(operations, to: url)
            let error = try #require(
                #expect(throws: IngestError.self) {
                    _ = try NWBReader().read(url, options: HDF5Fixture.options)
                })
            #expect(error.kind.name == kind, "\(error)")
            #expect("\(error)".contains(says), "\(error)")
        }
    }

    @Test("events at the edges of time stamps do no harm")
    func oddTrials() throws {
        let folder = try TemporaryFolder()
        let url = file(folder)
        try HDF5Fixture.writeNWB(
            to: url, trials: [(-1e6, 2.1), (.nan, 3), (2.5, 2.4), (2.5, 1e300)])
        var options = HDF5Fixture.options
        for part in [ReadOptions.PartSelection.main, .named("force")] {
            options.parts = part
            let outcome = try NWBReader().read(url, options: options)
            #expect(outcome.recording.labels?.classNames == ["unlabeled", "open", "relax"])
            #expect(outcome.warnings.contains { $0.kind == .events && $0.count == 2 })
        }
    }
}
