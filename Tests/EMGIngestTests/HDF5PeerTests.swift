import EMGIngest
import EMGSignal
import Foundation
import TestSupport
import Testing

/// Files as h5py writes them, against the values that it stored.
@Suite(
    "HDF5 files beside h5py",
    .enabled(
        if: Python.has(module: "h5py"),
        "no Python with h5py; MYOTASK_PYTHON names one"))
struct HDF5PeerTests {
    /// Writes a file of every layout, and the samples that they all hold as 32-bit floats.
    static let program = """
        import sys, h5py, numpy as np
        folder = sys.argv[1]
        rng = np.random.default_rng(5)
        whole = rng.integers(-3000, 3000, size=(1111, 5))
        whole.astype('<f4').tofile(folder + '/expected.f4')
        words = np.array(['rest', 'open', 'close'], dtype=object)
        state = (np.arange(1111) // 200) % 3
        with h5py.File(folder + '/all.h5', 'w', libver=sys.argv[2]) as f:
            for kind in ['<i2', '>i2', '<i4', '>i4', '<i8', '>i8', '<f2', '<f4', '>f4', '<f8', '>f8']:
                values = np.clip(whole, -2000, 2000) if kind == '<f2' else whole
                name = kind.replace('<', 'le_').replace('>', 'be_')
                f[name + '_plain'] = values.astype(kind)
                f.create_dataset(name + '_gzip', data=values.astype(kind), chunks=(100, 2),
                                 compression='gzip', shuffle=True, fletcher32=True)
                f.create_dataset(name + '_grown', data=values.astype(kind), maxshape=(None, 5))
            text = h5py.string_dtype()
            f.create_dataset('words', data=words[state], dtype=text)
            f.create_dataset('words_gzip', data=words[state], dtype=text, chunks=(64,),
                             compression='gzip')
            f['fixed'] = words[state].astype('S5')
            f['flags'] = state == 1
            f['enum'] = state.astype('i1')
            del f['enum']
            f.create_dataset('enum', data=state.astype('i1'),
                             dtype=h5py.enum_dtype({'rest': 0, 'open': 1, 'close': 2}, basetype='i1'))
            f['numbers'] = state.astype('u8')
            f.attrs['rate'] = np.array([2000], dtype='>i4')
            f.attrs['names'] = np.array(['a', 'b', 'c', 'd', 'e'], dtype=object)
            f.attrs['who'] = 'pé7'
        """

    @Test(
        "every kind of number, text and structure gives the same samples and labels",
        arguments: ["earliest", "v110"])
    func everything(version: String) throws {
        let folder = try TemporaryFolder()
        let made = try Python.run(
            Self.program, arguments: [folder.url.path(percentEncoded: false), version])
        try #require(made.status == 0, "\(made.output)")
        let data = [UInt8](try Data(contentsOf: folder.url.appending(path: "expected.f4")))
        let expected = stride(from: 0, to: data.count, by: 4).map { start in
            Float(
                bitPattern: (0..<4).reduce(0) { $0 | UInt32(data[start + $1]) << UInt32(8 * $1) })
        }
        let url = folder.url.appending(path: "all.h5")
        func read(_ samples: String, labels: String) throws -> Recording {
            try HDF5Fixture.read(
                url,
                template: """
                    hdf5:
                      samples: \(samples)
                      axis: samples-first
                      rate: /@rate
                      channels: /@names
                      labels: \(labels)
                      identity: {patient: /@who, session: s, condition: c}
                    """, options: ReadOptions()
            ).recording
        }
        for kind in ["i2", "i4", "i8", "f4", "f8"] {
            for order in ["le", "be"] {
                for layout in ["plain", "gzip", "grown"] {
                    let recording = try read("\(order)_\(kind)_\(layout)", labels: "words")
                    #expect(recording.samples.values == expected, "\(order) \(kind) \(layout)")
                    #expect(recording.identity.patient == "pé7")
                    #expect(recording.channels.map(\.name) == ["a", "b", "c", "d", "e"])
                    #expect(recording.samplingRate.hertz == 2_000)
                }
            }
        }
        // Half precision holds whole numbers to 2048.
        for layout in ["plain", "gzip", "grown"] {
            let half = try read("le_f2_\(layout)", labels: "words")
            #expect(half.samples.values == expected.map { max(-2_000, min(2_000, $0)) })
        }
        let state = (0..<1_111).map { $0 / 200 % 3 }
        for labels in ["words", "words_gzip", "fixed", "enum"] {
            let track = try #require(try read("le_i2_plain", labels: labels).labels)
            #expect(track.classNames == ["close", "open", "rest"])
            #expect(
                track.values.map { track.classNames[Int($0)] }
                    == state.map { ["rest", "open", "close"][$0] }, "\(labels)")
        }
        let flags = try #require(try read("le_i2_plain", labels: "flags").labels)
        #expect(flags.classNames == ["FALSE", "TRUE"])
        #expect(flags.values == state.map { $0 == 1 ? 1 : 0 })
        let numbers = try #require(try read("le_i2_plain", labels: "numbers").labels)
        #expect(numbers.classNames == ["0", "1", "2"])
        #expect(numbers.values == state.map { UInt8($0) })
    }
}
