import EMGIngest
import EMGSignal
import Foundation
import TestSupport
import Testing

@Suite("MATLAB: cells, arrays of structs, and what looks like labels")
struct MATLABElementTests {
    private static func emg(_ file: MATLABFileBytes, _ offset: Int) -> [UInt8] {
        file.matrix("", 40, 1, .double, (0..<40).map { Double($0 + offset) })
    }

    /// A cell array `Data` and an array `trials` of structs, three elements each, and a struct
    /// with a cell array in it.
    private static func nested(isBigEndian: Bool) -> MATLABFileBytes {
        var file = MATLABFileBytes(isBigEndian: isBigEndian)
        let length = 8
        let names = ["id", "emg"].flatMap { name in
            Array(name.utf8) + [UInt8](repeating: 0, count: length - name.utf8.count)
        }
        let cells = (0..<3).flatMap { emg(file, 100 * $0) }
        file.elements = [
            file.array("Data", 1, [1, 3], content: cells),
            file.array(
                "trials", 2, [3, 1],
                content: file.tagged(5, file.number(length, bytes: 4), isSmall: true)
                    + file.tagged(1, names)
                    + (0..<3).flatMap { number in
                        file.matrix("", 1, 1, .uint8, [Double(number)])
                            + emg(file, 1_000 * (number + 1))
                    }),
            file.fields("data", [("trial", file.array("", 1, [1, 3], content: cells))]),
            file.matrix("fs", 1, 1, .double, [500]),
        ]
        return file
    }

    @Test(
        "a template names an element of a cell array or of an array of structs",
        arguments: [
            ("Data{1}", 0), ("Data{3}", 200), ("trials(1).emg", 1_000), ("trials(3).emg", 3_000),
            ("data.trial{2}", 100),
        ], [false, true])
    func element(path: (String, Int), isBigEndian: Bool) throws {
        let outcome = try MATLABReaderTests.read(
            Self.nested(isBigEndian: isBigEndian), template: "matlab: {emg: \"\(path.0)\"}")
        #expect(outcome.recording.samples.values == (0..<40).map { Float($0 + path.1) })
    }

    @Test(
        "without the element the file is refused with the line that names one",
        arguments: [
            ("Data", "Data{1}"), ("data.trial", "data.trial{1}"), ("trials.emg", "trials(1).emg"),
            ("data", "data.NAME"),
        ])
    func refused(path: String, hint: String) throws {
        let error = #expect(throws: IngestError.self) {
            try MATLABReaderTests.read(
                Self.nested(isBigEndian: false), template: "matlab: {emg: \"\(path)\"}")
        }
        #expect(error?.hint.contains(hint) == true, "\(String(describing: error))")
    }

    @Test(
        "an element that is not there is refused",
        arguments: ["Data{4}", "trials(4).emg", "trials(1).gone", "Data{0}", "Data{99999999999}"])
    func missing(path: String) {
        #expect(throws: IngestError.self) {
            try MATLABReaderTests.read(
                Self.nested(isBigEndian: false), template: "matlab: {emg: \"\(path)\"}")
        }
    }

    @Test("a glove of another length, and names of other layouts, are warnings")
    func lookAlikes() throws {
        var file = MATLABFileBytes.ninapro()
        file.elements += [
            file.matrix("glove", 30, 22, .uint8, [Double](repeating: 1, count: 660)),
            file.matrix("label", 300, 1, .uint8, [Double](repeating: 1, count: 300)),
        ]
        let outcome = try MATLABReaderTests.read(file)
        let warnings = outcome.warnings.filter { $0.kind == .partLeftOut }
        #expect(warnings.map(\.location.object) == ["glove", "label"])
        #expect(warnings.first?.message.contains("30 × 22") == true)
        #expect(warnings.last?.message.contains("matlab: {label: label}") == true)
    }
}
