import EMGIngest
import EMGSignal
import Foundation
import HDF5
import TestSupport
import Testing

@Suite("MATLAB reader")
struct MATLABReaderTests {
    /// The ways a file of level 5 is stored.
    static let storages = [(false, false), (true, false), (false, true), (true, true)]

    static func read(
        _ file: MATLABFileBytes, name: String = "a.mat", folder name2: String = "lab",
        template: String? = nil, options: ReadOptions = ReadOptions()
    ) throws -> IngestOutcome {
        let folder = try TemporaryFolder()
        let place = folder.url.appending(path: name2)
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        let url = place.appending(path: name)
        try Data(file.bytes).write(to: url)
        guard let template else { return try MATLABReader().read(url, options: options) }
        let read = try SourceTemplate(template, document: "t.yaml", name: "t")
        return try #require(read.reader).read(url, options: options)
    }

    @Test("samples, labels, rate and identity are those of the variables", arguments: storages)
    func ninapro(isBigEndian: Bool, isCompressed: Bool) throws {
        let outcome = try Self.read(
            .ninapro(isBigEndian: isBigEndian, isCompressed: isCompressed))
        let recording = outcome.recording
        #expect(recording.channels.map(\.name) == ["emg0", "emg1", "emg2"])
        #expect(recording.sampleCount == 300)
        for row in 0..<300 {
            for channel in 0..<3 {
                #expect(
                    Double(recording.samples[row, channel])
                        == MATLABFileBytes.value(row, channel))
            }
        }
        let labels = try #require(recording.labels)
        #expect(labels.classNames == ["5", "12", "rest"])
        #expect(
            (0..<300).allSatisfy { row in
                let label = MATLABFileBytes.label(row)
                return labels.classNames[Int(labels.values[row])]
                    == (label == 0 ? "rest" : String(label))
            })
        #expect(recording.samplingRate.hertz == 2_000)
        #expect(recording.identity.patient == "s7")
        #expect(recording.identity.condition == "E2")
        #expect(recording.identity.session == "lab")
        let parameters = try #require(recording.history.first?.parameters)
        #expect(parameters["repetition_runs"] == .text("1: 75-150, 1: 225-300"))
        #expect(parameters["sampling_rate_from"] == .text("declared by variable frequency"))
        #expect(parameters["label_variable"] == .text("restimulus"))
    }

    @Test("the reader keeps the contract of all readers", arguments: storages)
    func conformance(isBigEndian: Bool, isCompressed: Bool) throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "S7_A1_E2.mat")
        try Data(
            MATLABFileBytes.ninapro(
                samples: 3_000, isBigEndian: isBigEndian, isCompressed: isCompressed
            ).bytes
        ).write(to: url)
        try ReaderConformance.check(MATLABReader(), url)
    }

    @Test(
        "each kind of number is read",
        arguments: [
            MATLABFileBytes.Storage.int8, .uint8, .int16, .int32, .single, .double, .doubleInBytes,
        ])
    func numbers(storage: MATLABFileBytes.Storage) throws {
        var file = MATLABFileBytes()
        let values = (0..<40).map { Double(($0 * 37) % 101) }
        file.elements = [file.matrix("emg", 20, 2, storage, values)]
        let recording = try Self.read(
            file, options: ReadOptions(samplingRateHertz: 100)
        ).recording
        #expect(recording.labels == nil)
        for row in 0..<20 {
            for channel in 0..<2 {
                #expect(Double(recording.samples[row, channel]) == values[channel * 20 + row])
            }
        }
    }

    @Test("stimulus is used where restimulus is missing, and a warning says so")
    func stimulus() throws {
        var file = MATLABFileBytes.ninapro()
        file.elements[3] = file.matrix(
            "stimulus", 1, 300, .int8, (0..<300).map { Double(MATLABFileBytes.label($0)) })
        let outcome = try Self.read(file)
        #expect(outcome.recording.labels?.classNames == ["5", "12", "rest"])
        #expect(
            outcome.warnings.contains { $0.kind == .assumption && $0.message.contains("stimulus") })
    }

    @Test("lengths that differ a little are cut and reported", arguments: [290, 310])
    func cut(labels: Int) throws {
        let outcome = try Self.read(.ninapro(labels: labels))
        #expect(outcome.recording.sampleCount == min(labels, 300))
        let warning = try #require(outcome.warnings.first { $0.kind == .lengthMismatch })
        #expect(warning.count == 10)
        #expect(warning.message.contains("emg 300") && warning.message.contains("\(labels)"))
    }

    @Test("without a rate the refusal names those of Ninapro")
    func rate() throws {
        var file = MATLABFileBytes.ninapro()
        file.elements.removeLast()
        let error = #expect(throws: IngestError.self) { try Self.read(file) }
        #expect(error?.kind.name == "unknown-rate")
        #expect(error?.description.contains("DB5 200 Hz") == true)
        let outcome = try Self.read(file, options: ReadOptions(samplingRateHertz: 200))
        #expect(outcome.recording.samplingRate.hertz == 200)
    }

    @Test(
        "a name of Ninapro tells whose recording it is where no variable does",
        arguments: ["S12_A1_E3.mat", "S12_E3_A1.mat"])
    func names(name: String) throws {
        var file = MATLABFileBytes.ninapro()
        file.elements.removeFirst(2)
        let identity = try Self.read(file, name: name).recording.identity
        #expect(identity.patient == "s12")
        #expect(identity.condition == "E3")
        let stated = try Self.read(
            file, name: name,
            options: ReadOptions(identity: IdentityOverride(patient: "x", condition: "y"))
        ).recording.identity
        #expect(stated.patient == "x" && stated.condition == "y")
    }

    @Test("a template names other variables, fields of structs and samples in columns")
    func template() throws {
        var file = MATLABFileBytes()
        let values = (0..<60).map { Double($0) }
        file.elements = [
            file.text("who", "anna"),
            file.fields(
                "data",
                [
                    ("name", file.text("", "x")),
                    ("signal", file.matrix("", 3, 20, .double, values)),
                    ("move", file.matrix("", 20, 1, .uint8, (0..<20).map { Double($0 / 10) })),
                ]),
            file.matrix("t", 20, 1, .double, (0..<20).map { Double($0) * 5 }),
        ]
        file.elements[1] = file.compressed(file.elements[1])
        let text = """
            unit: mV
            classes: {1: fist}
            identity: {condition: c}
            matlab:
              emg: data.signal
              samples: columns
              label: data.move
              subject: who
              time: {variable: t, unit: ms}
            """
        let outcome = try Self.read(file, template: text)
        let recording = outcome.recording
        #expect(recording.sampleCount == 20)
        #expect(recording.channels.allSatisfy { $0.unit == "mV" })
        #expect(recording.samples.values == values.map { Float($0) })
        #expect(recording.labels?.classNames == ["0", "fist"])
        #expect(recording.samplingRate.hertz == 200)
        #expect(recording.identity.patient == "anna")
        #expect(recording.identity.condition == "c")
        let error = #expect(throws: IngestError.self) {
            try Self.read(file, template: "matlab: {emg: data.nothing}")
        }
        #expect(error?.description.contains("\"data.nothing\"") == true)
    }

    @Test("missing samples are refused with their place, or marked")
    func missing() throws {
        var file = MATLABFileBytes()
        var values = (0..<40).map { Double($0) }
        values[25] = .nan
        file.elements = [file.matrix("emg", 20, 2, .double, values)]
        let options = ReadOptions(samplingRateHertz: 100)
        let error = #expect(throws: IngestError.self) { try Self.read(file, options: options) }
        #expect(error?.kind.name == "missing-value")
        #expect(error?.location.field == "(6, 2)")
        var marking = options
        marking.missing = .markAsMissing
        let outcome = try Self.read(file, options: marking)
        #expect(outcome.recording.quality.contains { $0.kind == .nonFinite && $0.channel == 1 })
    }

    @Test(
        "level 7.3 has its extents the other way round",
        .enabled(if: Python.has(module: "h5py"), "needs h5py"))
    func level73() throws {
        let folder = try TemporaryFolder()
        let plain = folder.url.appending(path: "plain.h5")
        let script = """
            import sys, h5py, numpy as np
            with h5py.File(sys.argv[1], 'w', userblock_size=512) as f:
                emg = f.create_dataset('emg', data=np.arange(3000, dtype='f8').reshape(3, 1000),
                    chunks=(1, 100), compression='gzip')
                emg.attrs['MATLAB_class'] = np.bytes_('double')
                f.create_dataset('restimulus', data=(np.arange(1000) // 500).astype('i1')[None, :])
                f.create_dataset('frequency', data=np.array([[1000.0]]))
                s = f.create_dataset('subject', data=np.array([[112], [49]], dtype='u2'))
                s.attrs['MATLAB_class'] = np.bytes_('char')
            with open(sys.argv[1], 'r+b') as f:
                f.write(b'MATLAB 7.3 MAT-file'.ljust(124) + b'\\x00\\x02IM')
            """
        #expect(try Python.run(script, arguments: [plain.path()]).status == 0)
        let outcome = try MATLABReader().read(plain)
        #expect(outcome.recording.sampleCount == 1_000)
        #expect(
            (0..<1_000).allSatisfy { row in
                (0..<3).allSatisfy {
                    outcome.recording.samples[row, $0] == Float($0 * 1_000 + row)
                }
            })
        #expect(outcome.recording.labels?.classNames == ["1", "rest"])
        #expect(outcome.recording.identity.patient == "p1")
        try ReaderConformance.check(MATLABReader(), plain)
    }

    @Test(
        "what scipy writes is read", .enabled(if: Python.has(module: "scipy"), "needs scipy"),
        arguments: [false, true])
    func scipy(isCompressed: Bool) throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "scipy.mat")
        let script = """
            import sys, numpy as np, scipy.io
            emg = (np.arange(50000).reshape(5000, 10) * 7919 % 20011 / 8).astype('f4')
            scipy.io.savemat(sys.argv[1], {'emg': emg, 'note': 'x', 'cell': np.array([1, 'a'],
                dtype=object), 'restimulus': (np.arange(5000) // 100 % 40).astype('i1')[:, None],
                'frequency': 100, 'data': {'emg': emg[:, :2]}},
                do_compression=sys.argv[2] == 'true')
            """
        let result = try Python.run(script, arguments: [url.path(), "\(isCompressed)"])
        #expect(result.status == 0, "\(result.output)")
        let recording = try MATLABReader().read(url).recording
        let expected = (0..<50_000).map { Float(Double($0 * 7_919 % 20_011) / 8) }
        #expect(recording.samples.values == expected)
        #expect(recording.labels?.classNames.count == 40)
        #expect(recording.samplingRate.hertz == 100)
        let template = try SourceTemplate(
            "matlab: {emg: data.emg}", document: "t.yaml", name: "t")
        let fields = try #require(template.reader).read(url).recording
        #expect(fields.channels.count == 2)
        #expect((0..<5_000).allSatisfy { fields.samples[$0, 1] == expected[$0 * 10 + 1] })
    }
}
