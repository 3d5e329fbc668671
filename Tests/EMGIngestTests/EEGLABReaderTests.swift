import EMGIngest
import EMGSignal
import Foundation
import TestSupport
import Testing

@Suite("Data sets of EEGLAB")
struct EEGLABReaderTests {
    static let count = 600

    struct Place: ~Copyable {
        private let folder: TemporaryFolder
        init() throws { folder = try TemporaryFolder() }
        func write(_ bytes: [UInt8], _ name: String = "p1_grasp.set") throws -> URL {
            let url = folder.url.appending(path: name)
            try Data(bytes).write(to: url)
            return url
        }
        var url: URL { folder.url }
    }

    /// A data set as EEGLAB saves it: one variable EEG, or its fields as variables.
    struct DataSet {
        var isNested = true
        var isCompressed = false
        var isBigEndian = false
        var trials = 1.0
        /// The file of the samples; in the data set itself when `nil`.
        var file: String?
        var points = Double(EEGLABReaderTests.count)
        /// Type (a text or a number), latency, duration.
        var events: [(type: String, latency: Double, duration: Double?)] = [
            ("rest", 101, 0), ("fist", 200.5, 1), ("boundary", 350.5, nil), ("7", 451, nil),
        ]

        var bytes: [UInt8] {
            var file = MATLABFileBytes(isBigEndian: isBigEndian)
            func number(_ name: String, _ value: Double?) -> [UInt8] {
                value.map { file.matrix(name, 1, 1, .double, [$0]) }
                    ?? file.matrix(name, 0, 0, .double, [])
            }
            let samples = (0..<EEGLABReaderTests.count).flatMap { row in
                (0..<3).map { MATLABFileBytes.value(row, $0) }
            }
            let data: (String) -> [UInt8] = { name in
                if let beside = self.file { return file.text(name, beside) }
                return file.matrix(name, 3, EEGLABReaderTests.count, .single, samples)
            }
            let channels: (String) -> [UInt8] = { name in
                file.structs(
                    name, ["labels", "type"],
                    [("EMG1", "EMG"), ("EMG2", "EMG"), ("Fz", "EEG")].map {
                        [file.text("", $0.0), file.text("", $0.1)]
                    })
            }
            let happened: (String) -> [UInt8] = { name in
                file.structs(
                    name, ["type", "latency", "urevent", "duration"],
                    self.events.map { event in
                        [
                            Double(event.type).map { number("", $0) }
                                ?? file.text("", event.type),
                            number("", event.latency), number("", 1), number("", event.duration),
                        ]
                    })
            }
            let parts: [(String, (String) -> [UInt8])] = [
                ("nbchan", { number($0, 3) }), ("trials", { number($0, self.trials) }),
                ("pnts", { number($0, self.points) }), ("srate", { number($0, 500) }),
                ("data", data), ("chanlocs", channels), ("event", happened),
            ]
            file.elements =
                isNested
                ? [file.fields("EEG", parts.map { ($0.0, $0.1("")) })]
                : parts.map { $0.1($0.0) }
            if isCompressed { file.elements = file.elements.map { file.compressed($0) } }
            return file.bytes
        }

        /// The samples as a file beside.
        static var floats: [UInt8] {
            littleEndian(
                (0..<EEGLABReaderTests.count).flatMap { row in
                    (0..<3).map { Int(Float(MATLABFileBytes.value(row, $0)).bitPattern) }
                }, bytes: 4)
        }
    }

    static func check(_ recording: Recording) {
        #expect(
            recording.channels
                == [Channel(name: "EMG1", unit: "uV"), Channel(name: "EMG2", unit: "uV")])
        #expect(recording.samplingRate.hertz == 500)
        #expect(recording.sampleCount == count)
        for row in 0..<recording.sampleCount {
            for channel in 0..<2 {
                #expect(
                    recording.samples[row, channel] == Float(MATLABFileBytes.value(row, channel)))
            }
        }
        #expect(recording.labels?.classNames == ["unlabeled", "7", "fist", "rest"])
        #expect(recording.labels?.runs.map(\.range.start) == [0, 100, 200, 350, 450])
        #expect(recording.labels?.runs.map(\.label) == [0, 3, 2, 0, 1])
        #expect(
            recording.quality.filter { $0.kind == .gap }.map(\.range.start) == [350])
    }

    @Test(
        "one variable or many, compressed or not, in both byte orders",
        arguments: [false, true], [false, true])
    func level5(isNested: Bool, isCompressed: Bool) throws {
        let place = try Place()
        for isBigEndian in [false, true] {
            let bytes = DataSet(
                isNested: isNested, isCompressed: isCompressed, isBigEndian: isBigEndian
            ).bytes
            let url = try place.write(bytes)
            #expect(EEGLABReader().recognizes(url, content: Array(bytes.prefix(4_096))))
            let outcome = try ReaderConformance.check(EEGLABReader(), url)
            Self.check(outcome.recording)
            #expect(outcome.warnings.contains { $0.kind == .partLeftOut })
            #expect(try ReaderRegistry.standard.read(url).recording == outcome.recording)
        }
    }

    @Test("samples in a file beside, also when both were renamed")
    func beside() throws {
        let place = try Place()
        for name in ["p1_grasp.fdt", "old name.fdt", "/home/lab/p1_grasp.fdt"] {
            let url = try place.write(DataSet(file: name).bytes)
            try Data(DataSet.floats).write(to: place.url.appending(path: "p1_grasp.fdt"))
            let outcome = try ReaderConformance.check(EEGLABReader(), url)
            Self.check(outcome.recording)
            #expect(
                try EEGLABReader().files(of: url, options: ReadOptions()).map(\.lastPathComponent)
                    == ["p1_grasp.set", "p1_grasp.fdt"])
        }
    }

    @Test("a file beside that is missing, short or of another kind is refused by its name")
    func besideFaults() throws {
        let place = try Place()
        func fault(_ dataSet: DataSet, _ data: [UInt8]?) throws -> IngestError? {
            let url = try place.write(dataSet.bytes, "q.set")
            let beside = place.url.appending(path: "q.fdt")
            try? FileManager.default.removeItem(at: beside)
            if let data { try Data(data).write(to: beside) }
            return #expect(throws: IngestError.self) { try EEGLABReader().read(url) }
        }
        #expect(try fault(DataSet(file: "q.fdt"), nil)?.description.contains("q.fdt") == true)
        #expect(
            try fault(DataSet(file: "q.fdt"), Array(DataSet.floats.prefix(2_000)))?.kind.name
                == "inconsistent")
        #expect(try fault(DataSet(file: "q.fdt"), [])?.kind.name == "inconsistent")
        #expect(try fault(DataSet(file: "q.dat"), nil)?.kind.name == "unsupported")
        #expect(try fault(DataSet(file: "../../etc/passwd"), nil) != nil)
        #expect(try fault(DataSet(file: "q.fdt", points: 1e9), DataSet.floats) != nil)
        #expect(try fault(DataSet(file: "q.fdt", points: .nan), DataSet.floats) != nil)
        // One that lost its end is read in part.
        let url = try place.write(DataSet(file: "r.fdt").bytes, "r.set")
        try Data(DataSet.floats.dropLast(1_000)).write(to: place.url.appending(path: "r.fdt"))
        let outcome = try EEGLABReader().read(url)
        #expect(outcome.recording.sampleCount == 516)
        #expect(outcome.warnings.contains { $0.kind == .truncated })
    }

    @Test("events with durations are labels of so many samples")
    func durations() throws {
        let place = try Place()
        var dataSet = DataSet()
        dataSet.events = [("rest", 1, 100), ("fist", 201, 200), ("boundary", 300.5, 10)]
        let recording = try EEGLABReader().read(place.write(dataSet.bytes)).recording
        #expect(recording.labels?.classNames == ["unlabeled", "fist", "rest"])
        #expect(recording.labels?.runs.map(\.range.start) == [0, 100, 200, 400])
    }

    @Test("epochs and other MATLAB files are refused, what is no number among events is left out")
    func refused() throws {
        let place = try Place()
        let epochs = try place.write(DataSet(trials: 20).bytes)
        let error = #expect(throws: IngestError.self) { try EEGLABReader().read(epochs) }
        #expect(error?.description.contains("20 epochs") == true)
        let other = try place.write(MATLABFileBytes.ninapro().bytes)
        let wrong = #expect(throws: IngestError.self) { try EEGLABReader().read(other) }
        #expect(wrong?.kind.name == "wrong-format")
        var dataSet = DataSet()
        dataSet.events = [("fist", .nan, nil), ("", 3, nil), ("rest", 101, nil)]
        let recording = try EEGLABReader().read(place.write(dataSet.bytes)).recording
        #expect(recording.labels?.classNames == ["unlabeled", "rest"])
    }

    @Test("cut or damaged anywhere it is an error or other numbers")
    func damage() throws {
        let place = try Place()
        let bytes = DataSet().bytes
        for count in stride(from: 0, to: bytes.count, by: 173) {
            let url = try place.write(Array(bytes.prefix(count)))
            #expect(throws: IngestError.self, "\(count)") { try EEGLABReader().read(url) }
        }
        // Behind the samples are the channels and the events.
        for index in Array(124..<420) + Array(bytes.count - 1_200..<bytes.count) {
            for value in [UInt8(0), 0x7F, 0xFF] where bytes[index] != value {
                var damaged = bytes
                damaged[index] = value
                let url = try place.write(damaged)
                do throws(IngestError) {
                    _ = try EEGLABReader().read(url)
                } catch {
                    #expect(!error.description.isEmpty)
                }
            }
        }
    }

    static let program = """
        import sys, h5py, numpy as np
        path, kind, samples = sys.argv[1:4]
        X = np.fromfile(samples, '<f4').reshape(-1, 3)
        events = [('rest', 101., 0.), ('fist', 200.5, 1.), ('boundary', 350.5, None),
                  (7, 451., None)]
        if kind == 'one': events = events[:1]
        with h5py.File(path, 'w', userblock_size=512) as f:
            refs = f.create_group('#refs#'); count = [0]
            def put(group, name, v):
                if isinstance(v, str):
                    d = group.create_dataset(name, data=np.array([[ord(c)] for c in v], 'u2'))
                    d.attrs['MATLAB_class'] = np.bytes_('char')
                    d.attrs['MATLAB_int_decode'] = np.int32(2)
                elif v is None:
                    d = group.create_dataset(name, data=np.array([0, 0], 'u8'))
                    d.attrs['MATLAB_class'] = np.bytes_('double')
                    d.attrs['MATLAB_empty'] = np.uint8(1)
                else:
                    v = np.atleast_2d(v)
                    d = group.create_dataset(name, data=v if v.dtype == 'f4' else v.astype('f8'))
                    d.attrs['MATLAB_class'] = np.bytes_('single' if v.dtype == 'f4' else 'double')
                return d
            def structs(group, name, fields, rows):
                g = group.create_group(name); g.attrs['MATLAB_class'] = np.bytes_('struct')
                for k, field in enumerate(fields):
                    if len(rows) == 1: put(g, field, rows[0][k]); continue
                    found = []
                    for row in rows:
                        count[0] += 1
                        found.append([put(refs, f'r{count[0]}', row[k]).ref])
                    g.create_dataset(field, data=np.array(found, dtype=h5py.ref_dtype))
            e = f.create_group('EEG'); e.attrs['MATLAB_class'] = np.bytes_('struct')
            for name, v in [('nbchan', 3.), ('trials', 1.), ('pnts', float(len(X))),
                            ('srate', 500.)]: put(e, name, v)
            put(e, 'data', 'a.fdt' if kind == 'beside' else X)
            structs(e, 'chanlocs', ['labels', 'type'],
                    [('EMG1', 'EMG'), ('EMG2', 'EMG'), ('Fz', 'EEG')])
            structs(e, 'event', ['type', 'latency', 'duration'], events)
            if kind == 'stray':
                e['event']['type'][0] = h5py.Reference()
        with open(path, 'r+b') as f:
            f.write(b'MATLAB 7.3 MAT-file, made by a test'.ljust(116) + b'\\0' * 8 + b'\\0\\2IM')
        """

    @Test(
        "level 7.3 as MATLAB lays it out, events behind references",
        .enabled(
            if: Python.has(module: "h5py"), "no Python with h5py; MYOTASK_PYTHON names one"),
        arguments: ["inside", "beside", "one", "stray"])
    func level73(kind: String) throws {
        let place = try Place()
        let data = try place.write(DataSet.floats, "a.fdt")
        let url = place.url.appending(path: "p1_grasp.set")
        let made = try Python.run(
            Self.program,
            arguments: [
                url.path(percentEncoded: false), kind, data.path(percentEncoded: false),
            ])
        try #require(made.status == 0, "\(made.output)")
        if kind == "stray" {
            #expect(throws: IngestError.self) { try EEGLABReader().read(url) }
            return
        }
        let recording = try EEGLABReader().read(url).recording
        if kind == "one" {
            #expect(recording.labels?.classNames == ["unlabeled", "rest"])
        } else {
            Self.check(recording)
        }
    }
}
