import EMGArchive
import EMGExport
import EMGFormats
import EMGIngest
import EMGSignal
import Foundation
import TestSupport
import Testing

/// What other programs make of the files that are written here.
@Suite("Written files in other programs")
struct OtherProgramsTests {
    static let hasPyEDFlib = Python.has(module: "pyedflib")
    static let hasMNE = Python.has(module: "mne.io.edf.edf")

    private func write(
        _ format: EDFFormat, to folder: borrowing TemporaryFolder
    ) throws -> (url: URL, recording: Recording) {
        let (recording, scaling, _) = try SampleRecordings.integers(
            rows: 5_000, channels: 4, hertz: 52_000.0 / 27, scale: 0.25, unit: "uV",
            labels: SampleRecordings.labels(rows: 5_000, run: 700),
            classNames: ["relax", "open", "unlabeled"])
        let url = folder.url.appending(path: "a.\(format.rawValue)")
        try EDFWriter(format).write(recording, scaling: scaling, to: url)
        return (url, recording)
    }

    private func numbers(_ output: String) -> [Double] {
        output.split { " \n".contains($0) }.compactMap { Double(String($0)) }
    }

    @Test(
        "EDFlib opens them and finds the same samples and annotations",
        .enabled(if: hasPyEDFlib, "the Python module pyedflib is not installed"),
        arguments: EDFFormat.allCases)
    func pyedflib(format: EDFFormat) throws {
        let folder = try TemporaryFolder()
        let (url, recording) = try write(format, to: folder)
        let program = """
            import sys, pyedflib
            file = pyedflib.EdfReader(sys.argv[1])
            print(file.signals_in_file, file.getSampleFrequency(0))
            for channel in range(4):
                signal = file.readSignal(channel)
                print(*("%.9g" % signal[row] for row in range(0, 5000, 50)))
            for onset, duration, text in zip(*file.readAnnotations()):
                if text in ("relax", "open"): print(onset, duration, len(text))
            """
        let (status, output) = try Python.run(program, arguments: [url.path()])
        try #require(status == 0, "\(output)")
        let found = numbers(output)
        #expect(found[0] == 4)
        #expect(abs(found[1] / (52_000.0 / 27) - 1) < 1e-6)
        for channel in 0..<4 {
            for index in 0..<100 {
                let sample = Double(recording.samples[50 * index, channel])
                #expect(abs(found[2 + 100 * channel + index] - sample) < 1e-4)
            }
        }
        let events = found.dropFirst(402)
        // Eight runs of 700 rows, every third of no class.
        #expect(events.count == 3 * 6)
        #expect(abs((events.dropFirst(3).first ?? 0) - 700 * 27 / 52_000.0) < 1e-6)
    }

    @Test(
        "MNE opens them and finds the same samples",
        .enabled(if: hasMNE, "the Python module mne is not installed"),
        arguments: EDFFormat.allCases)
    func mne(format: EDFFormat) throws {
        let folder = try TemporaryFolder()
        let (url, recording) = try write(format, to: folder)
        let program = """
            import sys, mne
            read = mne.io.read_raw_bdf if sys.argv[1].endswith("bdf") else mne.io.read_raw_edf
            raw = read(sys.argv[1], preload=True, verbose="error")
            data = raw.get_data()
            print(raw.info["sfreq"], data.shape[0])
            for channel in range(4):
                print(*("%.9g" % (data[channel, row] * 1e6) for row in range(0, 5000, 50)))
            print(sum(1 for text in raw.annotations.description if text == "relax"))
            """
        let (status, output) = try Python.run(program, arguments: [url.path()])
        try #require(status == 0, "\(output)")
        let found = numbers(output)
        #expect(abs(found[0] / (52_000.0 / 27) - 1) < 1e-6)
        #expect(found[1] == 4)
        for channel in 0..<4 {
            for index in 0..<100 {
                let sample = Double(recording.samples[50 * index, channel])
                #expect(abs(found[2 + 100 * channel + index] - sample) < 2e-3)
            }
        }
        #expect(found.last == 3)
    }

    /// Gaps of known and of unknown length: MNE takes records to follow each other.
    @Test(
        "MNE finds every label at its samples in recordings with gaps",
        .enabled(if: hasMNE, "the Python module mne is not installed"),
        arguments: EDFFormat.allCases, [true, false])
    func mneGaps(format: EDFFormat, isTimed: Bool) throws {
        let folder = try TemporaryFolder()
        let rows = 4_000
        let labels = SampleRecordings.labels(rows: rows, run: 611)
        let times = (0..<rows).map { (row: Int) -> Double in
            let missing = row < 1_208 ? 0 : row < 3_001 ? 192 : 777
            return Double(row + missing) / 200
        }
        let (recording, scaling, _) = try SampleRecordings.integers(
            rows: rows, channels: 2, hertz: 200, scale: 0.25, unit: "uV", labels: labels,
            classNames: ["relax", "open", "unlabeled"],
            timeStamps: isTimed ? times : nil, gaps: [1_208, 3_001])
        let archive = RecordingArchive(folder: folder.url.appending(path: "archive"))
        try archive.write(recording, scaling: scaling)
        let output = folder.url.appending(path: "out")
        let report = try ArchiveExport(
            archive: archive, folder: output, format: format == .edf ? .edf : .bdf
        ).run()
        guard case .written(let files) = try #require(report.items.first).outcome else {
            Issue.record("not written")
            return
        }
        let program = """
            import sys, csv, mne
            read = mne.io.read_raw_bdf if sys.argv[1].endswith("bdf") else mne.io.read_raw_edf
            raw = read(sys.argv[1], preload=True, verbose="error")
            data = raw.get_data()[0] * 4e6
            names = ["none"] * len(data)
            kept = [True] * len(data)
            for a in raw.annotations:
                first, count = round(a["onset"] * 200), round(a["duration"] * 200)
                for row in range(first, first + count):
                    if a["description"] in ("relax", "open"): names[row] = a["description"]
                    elif a["description"] in ("BAD_gap_filled", "BAD_ACQ_SKIP"): kept[row] = False
            events = sys.argv[1].rsplit("_emg", 1)[0] + "_events.tsv"
            table = ["none"] * len(data)
            for row in csv.DictReader(open(events), delimiter="\\t"):
                first, count = int(row["sample"]), round(float(row["duration"]) * 200)
                assert abs(first - float(row["onset"]) * 200) < 1e-3
                if row["trial_type"] in ("relax", "open"):
                    table[first:first + count] = [row["trial_type"]] * count
            assert table == names
            for row in range(len(data)):
                if kept[row]: print(names[row], "%d" % round(data[row]))
            """
        let (status, printed) = try Python.run(program, arguments: [files[0].path()])
        try #require(status == 0, "\(printed)")
        let lines = printed.split(separator: "\n")
        #expect(lines.count == rows)
        let names = ["relax", "open", "none"]
        for (row, line) in lines.enumerated() where row < rows {
            let number = Int((recording.samples[row, 0] * 4).rounded())
            let expected = "\(names[Int(labels[row])]) \(number)"
            if line != expected {
                Issue.record("sample \(row): \(line), expected \(expected)")
                break
            }
        }
    }

    @Test(
        "files that EDFlib writes are read as EDFlib reads them",
        .enabled(if: hasPyEDFlib, "the Python module pyedflib is not installed"),
        arguments: [false, true])
    func otherWay(bdf: Bool) throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: bdf ? "b.bdf" : "b.edf")
        let program = """
            import sys, numpy, pyedflib
            kind = pyedflib.FILETYPE_BDFPLUS if sys.argv[1].endswith("bdf") else pyedflib.FILETYPE_EDFPLUS
            file = pyedflib.EdfWriter(sys.argv[1], 2, file_type=kind)
            top = 8388607 if sys.argv[1].endswith("bdf") else 32767
            random = numpy.random.default_rng(5)
            signals = [random.uniform(-900, 900, 3000) for _ in range(2)]
            for number in range(2):
                file.setSignalHeader(number, dict(label="EMG %d" % number, dimension="uV",
                    sample_frequency=1000, physical_min=-1000, physical_max=1000,
                    digital_min=-top - 1, digital_max=top, transducer="", prefilter=""))
            file.writeSamples(signals)
            file.writeAnnotation(0.5, 1.25, "open")
            file.close()
            file = pyedflib.EdfReader(sys.argv[1])
            for number in range(2):
                print(*("%.17g" % value for value in file.readSignal(number)[::10]))
            """
        let (status, output) = try Python.run(program, arguments: [url.path()])
        try #require(status == 0, "\(output)")
        let found = numbers(output)
        let outcome = try SampleRecordings.read(url, bdf ? .bdf : .edf)
        #expect(outcome.recording.sampleCount == 3_000)
        for channel in 0..<2 {
            for index in 0..<300 {
                let expected = Float(found[300 * channel + index])
                let sample = outcome.recording.samples[10 * index, channel]
                #expect(abs(sample - expected) <= max(expected.ulp, 1e-6))
            }
        }
        #expect(
            outcome.recording.labels?.runs.map(\.range.start) == [0, 500, 1_750])
    }
}
