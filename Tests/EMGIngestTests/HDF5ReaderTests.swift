import EMGIngest
import EMGSignal
import Foundation
import HDF5
import SeededRandom
import TestSupport
import Testing

@Suite("HDF5 files by template or by their names")
struct HDF5ReaderTests {
    private func make(
        _ folder: borrowing TemporaryFolder, _ body: (borrowing File) throws(HDF5Error) -> Void
    ) throws -> URL {
        let url = folder.url.appending(path: "x_y.h5")
        try File.creating(url, body)
        return url
    }

    @Test("a plain file: samples, rate, unit, channels, labels, times and identity by their names")
    func plain() throws {
        let folder = try TemporaryFolder()
        let url = try make(folder) { (file) throws(HDF5Error) in
            try file.createDataset(
                "/EMG", values: HDF5Fixture.floats(500, 3), shape: [500, 3],
                layout: .compressed(chunk: [64, 3], level: 1))
            try file.setNumber(Int64(250), "sampling_rate", of: "/EMG")
            try file.setText("mV", "units", of: "/EMG")
            try file.setTexts(["a", "b", "c"], "channel_names", of: "/EMG")
            try file.createDataset(
                "/labels", values: (0..<500).map { Int32($0 / 250) }, shape: [500])
            try file.setTexts(["relax", "open", "close"], "class_names", of: "/labels")
            try file.createDataset(
                "/time", values: (0..<500).map { Double($0) / 250 }, shape: [500])
            try file.setNumber(Int64(3), "channels", of: "/")
            try file.setNumbers([1.0, 2.0], "task", of: "/")
            try file.setText("p1", "subject", of: "/")
            try file.setText("day 2", "session", of: "/")
        }
        #expect(try ReaderRegistry.standard.reader(for: url).formatName == "hdf5")
        let outcome = try ReaderConformance.check(HDF5Reader(), url)
        let recording = outcome.recording
        #expect(recording.samples.values == HDF5Fixture.floats(500, 3))
        #expect(recording.samplingRate.hertz == 250)
        #expect(recording.channels == ["a", "b", "c"].map { Channel(name: $0, unit: "mV") })
        #expect(recording.labels?.classNames == ["relax", "open", "close"])
        #expect(recording.labels?.runs.map(\.label) == [0, 1])
        #expect(recording.identity.patient == "p1")
        #expect(recording.identity.session == "day 2")
    }

    @Test(
        "a template names members of records, times, words for labels, and identity",
        arguments: [nil, 32] as [Int?])
    func template(chunk: Int?) throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "records.h5")
        let rows = (0..<200).map { row in
            [Double(row) * 2] + (0..<3).map { HDF5Fixture.value(row, $0) }
        }
        ForeignObject.add(
            [
                .records(
                    "/log",
                    [
                        .init("ms", .float64), .init("left", .bigFloat32, count: 2),
                        .init("right", .int16),
                    ], rows: rows, chunk: chunk),
                .texts(
                    "/move", (0..<200).map { $0 < 120 ? "rest" : $0 < 160 ? "fist" : "" },
                    chunk: 16),
                .textAttribute("who", of: "/log", Array("p3".utf8)),
            ], to: url)
        let outcome = try HDF5Fixture.read(
            url,
            template: """
                hdf5:
                  samples: log
                  members: [right, left]
                  time: ms
                  time_unit: ms
                  unit: V
                  scale: 0.5
                  offset: 1
                  labels: /move
                  identity: {patient: /log@who, session: one, condition: grip}
                """, options: ReadOptions())
        let recording = outcome.recording
        #expect(recording.channels.map(\.name) == ["right", "left0", "left1"])
        #expect(recording.samplingRate.hertz == 500)
        #expect(recording.timeStamps?[100] == 0.2)
        #expect(recording.identity.id == "p3/one/grip")
        for row in [0, 31, 32, 199] {
            let expected = [2, 0, 1].map { Float(0.5 * HDF5Fixture.value(row, $0) + 1) }
            #expect(Array(recording.samples.values[row * 3..<row * 3 + 3]) == expected)
        }
        #expect(recording.labels?.classNames == ["unlabeled", "fist", "rest"])
        #expect(recording.labels?.runs.map(\.range.start) == [0, 120, 160])
    }

    @Test(
        "channels × samples are turned round when the template says so",
        arguments: [DatasetLayout.contiguous, .compressed(chunk: [2, 100], level: 1)])
    func channelsFirst(layout: DatasetLayout) throws {
        let folder = try TemporaryFolder()
        let rows = 1_000
        let turned = (0..<4).flatMap { channel in
            (0..<rows).map { HDF5Fixture.value($0, channel) }
        }
        let url = try make(folder) { (file) throws(HDF5Error) in
            try file.createDataset("/d", values: turned, shape: [4, rows], layout: layout)
        }
        let text = "hdf5: {samples: /d, axis: channels-first, rate: 1000}"
        let outcome = try HDF5Fixture.read(url, template: text)
        #expect(outcome.recording.samples.values == HDF5Fixture.floats(rows, 4))
        #expect(!outcome.warnings.contains { $0.kind == .assumption })
    }

    @Test("a shape that can be both ways is refused, one that is not plain is said")
    func axes() throws {
        let folder = try TemporaryFolder()
        for (shape, isRead) in [([30, 30], false), ([40, 30], true), ([500, 8], true)] {
            let url = try make(folder) { (file) throws(HDF5Error) in
                try file.createDataset(
                    "/emg", values: HDF5Fixture.floats(shape[0], shape[1]), shape: shape)
                try file.setNumber(100.0, "fs", of: "/emg")
            }
            guard isRead else {
                #expect(throws: IngestError.self) {
                    _ = try HDF5Reader().read(url, options: HDF5Fixture.options)
                }
                continue
            }
            let outcome = try HDF5Reader().read(url, options: HDF5Fixture.options)
            #expect(outcome.recording.sampleCount == shape[0])
            let isSaid = outcome.warnings.contains { $0.kind == .assumption }
            #expect(isSaid == (shape[0] == 40))
        }
    }

    @Test("integers of every width come through, and what is rounded is said")
    func integers() throws {
        let folder = try TemporaryFolder()
        let url = try make(folder) { (file) throws(HDF5Error) in
            try file.createDataset(
                "/emg", values: [1, -2, 16_777_217, 1 << 62] as [Int64], shape: [4])
        }
        let outcome = try HDF5Fixture.read(url, template: "hdf5: {samples: emg, rate: 10}")
        #expect(outcome.recording.samples.values == [1, -2, 16_777_216, 0x1p62])
        let warning = try #require(outcome.warnings.first { $0.kind == .inexactValue })
        #expect(warning.count == 1)
        #expect(warning.message.contains("16777217"))
    }

    @Test(
        "rows that were never written are missing, whatever their fill value", arguments: [0, .nan])
    func unwritten(fill: Double) throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "cut.h5")
        var dataset = ForeignDataset(shape: [100, 2], chunk: [16, 2])
        dataset.name = "emg"
        dataset.filters = [.shuffle, .deflate(1)]
        dataset.fill = fill
        dataset.write(HDF5Fixture.values(100, 2), to: url, rows: 40)
        var options = HDF5Fixture.options
        // The fill values in the chunk that was written in part are samples like others.
        options.missing = fill.isNaN ? .markAsMissing : .reject
        let outcome = try HDF5Fixture.read(
            url, template: "hdf5: {samples: emg, rate: 100}", options: options)
        let samples = outcome.recording.samples.values
        #expect(Array(samples[..<80]) == Array(HDF5Fixture.floats(40, 2)))
        #expect(samples[96...].allSatisfy { $0.isNaN })
        #expect(outcome.recording.segments.last?.end == (fill.isNaN ? 40 : 48))
        #expect(outcome.warnings.contains { $0.kind == .truncated && $0.count == 4 })
    }

    @Test("labels with numbers that have no name, and tracks of other lengths")
    func labels() throws {
        let folder = try TemporaryFolder()
        let url = try make(folder) { (file) throws(HDF5Error) in
            try file.createDataset("/emg", values: HDF5Fixture.floats(50, 1), shape: [50])
            try file.createDataset(
                "/gt", values: (0..<48).map { $0 < 20 ? -1 : 5 } as [Int8], shape: [48])
        }
        let head = "hdf5:\n  samples: emg\n  rate: 10\n"
        let outcome = try HDF5Fixture.read(url, template: head + "  labels: gt")
        #expect(outcome.recording.sampleCount == 48)
        #expect(outcome.warnings.contains { $0.kind == .lengthMismatch })
        #expect(outcome.recording.labels?.classNames == ["-1", "5"])
        let named = try HDF5Fixture.read(
            url, template: head + "  labels: {from: gt, classes: {-1: rest, 5: fist, 6: open}}")
        #expect(named.recording.labels?.classNames == ["rest", "fist", "open"])
        let error = #expect(throws: IngestError.self) {
            _ = try HDF5Fixture.read(
                url, template: head + "  labels: {from: gt, classes: [rest, fist]}")
        }
        #expect(error?.kind.name == "invalid-cell")
        #expect(error?.location.object == "/gt")
    }

    @Test("what every template may say counts: unit, rate, class names, path")
    func shared() throws {
        let folder = try TemporaryFolder()
        let url = try make(folder) { (file) throws(HDF5Error) in
            try file.createDataset("/emg", values: HDF5Fixture.floats(90, 1), shape: [90])
            try file.createDataset(
                "/gt", values: (0..<90).map { Int32($0 / 30) }, shape: [90])
        }
        let outcome = try HDF5Fixture.read(
            url,
            template: """
                path: "{patient}_{condition}.h5"
                identity: {session: one}
                unit: uV
                rate_hz: 30
                classes: {1: fist, 2: open}
                unlabeled: [0]
                hdf5: {samples: emg, labels: gt}
                """, options: ReadOptions())
        let recording = outcome.recording
        #expect(recording.identity.id == "x/one/y")
        #expect(recording.samplingRate.hertz == 30)
        #expect(recording.channels.first?.unit == "uV")
        #expect(recording.labels?.classNames == ["unlabeled", "fist", "open"])
    }

    @Test("events become labels on the clock of the rate")
    func events() throws {
        let folder = try TemporaryFolder()
        let url = try make(folder) { (file) throws(HDF5Error) in
            try file.createDataset("/emg", values: HDF5Fixture.floats(100, 1), shape: [100])
            try file.createDataset("/on", values: [1.0, 5.0], shape: [2])
            try file.createDataset("/what", values: [3, 4] as [UInt8], shape: [2])
        }
        let outcome = try HDF5Fixture.read(
            url,
            template: """
                hdf5:
                  samples: emg
                  rate: 10
                  events: {start: /on, name: /what}
                """)
        let labels = try #require(outcome.recording.labels)
        #expect(labels.classNames == ["unlabeled", "3", "4"])
        #expect(labels.runs.map(\.range.start) == [0, 10, 50])
    }

    @Test(
        "a template that is wrong names line and column",
        arguments: [
            ("hdf5: {}", "samples"), ("hdf5: {samples: /}", "dataset"),
            ("hdf5: {samples: emg, axis: sideways}", "samples-first"),
            ("hdf5: {samples: emg, sample_rate: 3}", "rate"),
            ("hdf5: {samples: emg, labels: {from: gt, classes: {a: b}}}", "whole number"),
            ("hdf5: {samples: emg, events: {start: a, name: b, stop: c, duration: d}}", "either"),
            ("hdf5: {samples: emg, rate: '/emg@'}", "attribute"),
        ])
    func wrongTemplate(text: String, says: String) throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "t.yaml")
        try Data(text.utf8).write(to: url)
        let error = try #require(
            #expect(throws: IngestError.self) { _ = try SourceTemplate(contentsOf: url) })
        #expect(error.kind.name == "invalid-description")
        #expect("\(error)".contains(says), "\(error)")
    }

    @Test("what a template names and the file has not is named")
    func missing() throws {
        let folder = try TemporaryFolder()
        let url = try make(folder) { (file) throws(HDF5Error) in
            try file.createDataset("/emg", values: HDF5Fixture.floats(100, 2), shape: [100, 2])
        }
        for (line, says) in [
            ("samples: /other", "/emg"), ("samples: emg\n  rate: /emg@fs", "fs"),
            ("samples: emg\n  rate: 10\n  labels: /gt", "/gt"),
            ("samples: emg\n  rate: 10\n  channels: [a, b, c]", "2 channel names"),
            ("samples: emg\n  rate: 10\n  members: [a]", "records of a"),
            ("samples: emg\n  rate: 10\n  scale: [1]", "number"),
        ] {
            do {
                _ = try HDF5Fixture.read(url, template: "hdf5:\n  \(line)")
                Issue.record("\(line) was taken")
            } catch let error as IngestError {
                #expect("\(error)".contains(says), "\(error)")
            }
        }
    }

    @Test("random damage ends in a recording or an error", arguments: 0..<4)
    func mutations(seed: Int) throws {
        let folder = try TemporaryFolder()
        let whole = folder.url.appending(path: "whole.nwb")
        try HDF5Fixture.writeNWB(to: whole)
        let bytes = [UInt8](try Data(contentsOf: whole))
        // Samples, tables and heaps: what libhdf5 parses itself is read in a process of its own.
        let heap = try #require(Data(bytes).range(of: Data("GCOL".utf8))?.lowerBound)
        var random = SeededGenerator(seed: UInt64(seed))
        for _ in 0..<60 {
            var damaged = bytes
            for _ in 0..<(1 + random.next() % 6) {
                let at = heap + Int(random.next() % UInt64(min(1_024, bytes.count - heap)))
                damaged[at] = UInt8(truncatingIfNeeded: random.next())
            }
            let url = folder.url.appending(path: "damaged.nwb")
            try Data(damaged).write(to: url)
            do {
                _ = try ReaderRegistry.standard.read(url, options: HDF5Fixture.options)
            } catch {
                #expect("\(error)".contains("damaged.nwb"))
            }
        }
    }
}
