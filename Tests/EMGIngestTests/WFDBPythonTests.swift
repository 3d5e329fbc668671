import EMGIngest
import EMGSignal
import Foundation
import SeededRandom
import TestSupport
import Testing

@Suite(
    "WFDB records beside the wfdb package",
    .enabled(if: Python.has(module: "wfdb"), "no Python with the wfdb package"))
struct WFDBPythonTests {
    /// Prints the physical values of a record, one line a row, and its annotations.
    private static let program = """
        import sys, os, numpy as np, wfdb
        name = sys.argv[1]
        record = wfdb.rdrecord(name)
        np.asarray(record.p_signal, dtype="<f8").tofile(name + ".f8")
        print(record.fs, record.sig_len, ",".join(record.sig_name), ",".join(record.units))
        if os.path.exists(name + ".atr"):
            note = wfdb.rdann(name, "atr")
            for time, text in zip(note.sample, note.aux_note):
                print(time, text)
        """

    @Test(
        "random bytes of each format give the same values",
        arguments: [16, 24, 32, 61, 80, 160, 212, 310, 311], [1, 3, 5])
    func values(format: Int, signals: Int) throws {
        let place = try WFDBPlace()
        var random = SeededGenerator(seed: UInt64(format * 10 + signals))
        let frames = 60
        let bits = [80: 8, 212: 12, 310: 10, 311: 10, 24: 24, 32: 32][format] ?? 16
        var bytes = (0..<frames * signals * 4).map { _ in UInt8(random.integer(below: 256)) }
        if format == 311 {
            // The package takes one of the two bits of a word that belong to no sample.
            for index in stride(from: 3, to: bytes.count, by: 4) { bytes[index] &= 0x3F }
        }
        let samples = frames * signals
        let size =
            switch format {
            case 212: samples / 2 * 3 + samples % 2 * 2
            case 310, 311: (samples + 2) / 3 * 4
            default: samples * bits / 8
            }
        try place.write("r.dat", bytes.prefix(size))
        let lines = (0..<signals).map {
            "r.dat \(format) \(7.5 + Double($0))(\($0 * 3 - 1))/uV \(bits) 0 0 0 0 ch\($0)"
        }
        try place.write(
            "r.hea", "r \(signals) 2048 \(frames)\n" + lines.joined(separator: "\n") + "\n")
        let name = place.url.appending(path: "r").path()
        let result = try Python.run(Self.program, arguments: [name])
        try #require(result.status == 0, "\(result.output)")
        let expected = try Data(contentsOf: place.url.appending(path: "r.f8"))
        let outcome = try place.read(missing: .markAsMissing)
        let values = outcome.recording.samples.values
        #expect(values.count * 8 == expected.count)
        for (index, value) in values.enumerated() {
            let bits = expected[index * 8..<index * 8 + 8].reversed().reduce(UInt64(0)) {
                $0 << 8 | UInt64($1)
            }
            let other = Double(bitPattern: bits)
            #expect(value == Float(other) || (value.isNaN && other.isNaN))
        }
    }

    @Test("a record that the package wrote is read as it was, with its annotations")
    func written() throws {
        let place = try WFDBPlace()
        let program = """
            import sys, numpy as np, wfdb
            rng = np.random.default_rng(5)
            x = rng.normal(0, 300, (500, 4))
            wfdb.wrsamp("r", fs=1000, units=["uV", "uV", "mV", "uV"], sig_name=["a", "b", "c", "d"],
                        p_signal=x, fmt=["16", "16", "16", "16"], write_dir=sys.argv[1],
                        comments=["made for a test"])
            wfdb.wrann("r", "atr", np.array([0, 100, 4000 // 10, 450]),
                       ["+", '"', '"', "+"], aux_note=["(rest", "open", "close hand", "(rest"],
                       write_dir=sys.argv[1])
            """
        let made = try Python.run(program, arguments: [place.url.path()])
        try #require(made.status == 0, "\(made.output)")
        let name = place.url.appending(path: "r").path()
        let result = try Python.run(Self.program, arguments: [name])
        try #require(result.status == 0, "\(result.output)")
        let expected = try Data(contentsOf: place.url.appending(path: "r.f8"))
        let outcome = try ReaderConformance.check(WFDBReader(), place.header())
        #expect(outcome.warnings.allSatisfy { $0.kind != .headerFault })
        #expect(outcome.recording.samples.values.count * 8 == expected.count)
        for (index, value) in outcome.recording.samples.values.enumerated() {
            let bits = expected[index * 8..<index * 8 + 8].reversed().reduce(UInt64(0)) {
                $0 << 8 | UInt64($1)
            }
            #expect(value == Float(Double(bitPattern: bits)))
        }
        let labels = try #require(outcome.recording.labels)
        #expect(labels.classNames == ["close hand", "open", "rest"])
        #expect(labels.runs.map(\.range.start) == [0, 100, 400, 450])
    }
}
