import EMGIngest
import EMGSignal
import Foundation
import TestSupport
import Testing

/// Labels that are texts: a character matrix with a row a sample, or a cell array.
@Suite("Texts as labels in MATLAB files")
struct MATLABTextLabelTests {
    private static let words = ["rest", "fist", "", "öffnen"]

    private static func word(_ row: Int) -> String { words[row / 30 % 4] }

    /// How characters are stored: their kind and the bytes of each.
    enum Codes: Int, Sendable, CaseIterable {
        case uint8 = 2
        case uint16 = 4
        case utf16 = 17

        var bytes: Int { self == .uint8 ? 1 : 2 }
    }

    private func codes(_ text: String, _ codes: Codes, _ file: MATLABFileBytes) -> [UInt8] {
        text.utf16.flatMap { file.number(Int($0), bytes: codes.bytes) }
    }

    private func characters(_ rows: Int, _ kind: Codes, _ file: MATLABFileBytes) -> [UInt8] {
        let width = 8
        let padded = (0..<rows).map { row in
            Array(Self.word(row).padding(toLength: width, withPad: " ", startingAt: 0).utf16)
        }
        let content = (0..<width).flatMap { column in
            padded.flatMap { file.number(Int($0[column]), bytes: kind.bytes) }
        }
        return file.array(
            "restimulus", 4, [rows, width], content: file.tagged(kind.rawValue, content))
    }

    private func cell(_ text: String, _ kind: Codes, _ file: MATLABFileBytes) -> [UInt8] {
        text.isEmpty
            ? file.matrix("", 0, 0, .double, [])
            : file.array(
                "", 4, [1, text.utf16.count],
                content: file.tagged(kind.rawValue, codes(text, kind, file), isSmall: true))
    }

    private func cells(
        _ rows: Int, isRow: Bool = false, _ file: MATLABFileBytes, _ cell: (Int) -> [UInt8]
    ) -> [UInt8] {
        file.array(
            "restimulus", 1, isRow ? [1, rows] : [rows, 1], content: (0..<rows).flatMap(cell))
    }

    private func check(_ outcome: IngestOutcome, rows: Int = 300) throws {
        let labels = try #require(outcome.recording.labels)
        #expect(labels.classNames == [LabelTrack.unlabeledName, "fist", "rest", "öffnen"])
        #expect(
            (0..<rows).allSatisfy { row in
                let word = Self.word(row)
                return labels.classNames[Int(labels.values[row])]
                    == (word.isEmpty ? LabelTrack.unlabeledName : word)
            })
    }

    private func read(
        _ labels: (MATLABFileBytes) -> [UInt8], isBigEndian: Bool, isCompressed: Bool,
        template: String? = nil
    ) throws -> IngestOutcome {
        var file = MATLABFileBytes.ninapro(isBigEndian: isBigEndian)
        file.elements[3] = labels(file)
        if isCompressed { file.elements = file.elements.map { file.compressed($0) } }
        return try MATLABReaderTests.read(file, template: template)
    }

    @Test(
        "a row of characters is the class of its sample, without the blanks that fill it up",
        arguments: MATLABReaderTests.storages, Codes.allCases)
    func characters(storage: (Bool, Bool), codes: Codes) throws {
        let outcome = try read(
            { characters(300, codes, $0) }, isBigEndian: storage.0, isCompressed: storage.1)
        try check(outcome)
    }

    @Test(
        "a cell is the class of its sample, an empty one is of none",
        arguments: MATLABReaderTests.storages, Codes.allCases)
    func cells(storage: (Bool, Bool), codes: Codes) throws {
        for isRow in [false, true] {
            let outcome = try read(
                { file in cells(300, isRow: isRow, file) { cell(Self.word($0), codes, file) } },
                isBigEndian: storage.0, isCompressed: storage.1)
            try check(outcome)
        }
    }

    @Test("a template names the texts and the classes that they mean")
    func template() throws {
        var file = MATLABFileBytes.ninapro()
        let own = file
        file.elements[3] = file.fields(
            "run", [("lab", cells(300, own) { cell([" a ", "b"][$0 / 150], .utf16, own) })])
        let outcome = try MATLABReaderTests.read(
            file, template: "classes: {a: fist}\nunlabeled: [b]\nmatlab:\n  label: run.lab\n")
        let labels = try #require(outcome.recording.labels)
        #expect(labels.classNames == [LabelTrack.unlabeledName, "fist"])
        #expect(
            labels.values == [UInt8](repeating: 1, count: 150) + [UInt8](repeating: 0, count: 150))
    }

    @Test("labels of another length are cut or refused as any are, and samples may be columns")
    func lengths() throws {
        let cut = try read(
            { file in cells(290, file) { cell(Self.word($0), .uint16, file) } },
            isBigEndian: false, isCompressed: false)
        #expect(cut.recording.sampleCount == 290)
        try check(cut, rows: 290)
        let error = try #require(
            #expect(throws: IngestError.self) {
                try read({ characters(200, .uint8, $0) }, isBigEndian: false, isCompressed: false)
            })
        #expect(error.kind.name == "inconsistent")
        var file = MATLABFileBytes.ninapro()
        file.elements[2] = file.matrix(
            "emg", 3, 300, .single,
            (0..<300).flatMap { row in (0..<3).map { MATLABFileBytes.value(row, $0) } })
        file.elements[3] = characters(300, .uint16, file)
        try check(MATLABReaderTests.read(file))
    }

    @Test("what is no text for each sample is refused, with the cell and what to do")
    func refused() throws {
        let own = MATLABFileBytes()
        let long = String(repeating: "x", count: 201)
        let cases: [(labels: [UInt8], words: String)] = [
            (
                cells(300, own) {
                    $0 == 17 ? own.matrix("", 1, 1, .double, [3]) : cell("a", .uint8, own)
                },
                "(18, 1)"
            ),
            (cells(300, own) { _ in cell(long, .utf16, own) }, "at most 200 characters"),
            (
                cells(300, own) { _ in
                    own.matrix("", 3_000, 1, .double, [Double](repeating: 0, count: 3_000))
                },
                "a text as label"
            ),
            (
                own.array(
                    "restimulus", 1, [150, 2],
                    content: (0..<300).flatMap { _ in cell("a", .uint8, own) }),
                "one text for each sample"
            ),
            (own.array("restimulus", 1, [300, 1], content: cell("a", .uint8, own)), "300 cells"),
            (own.array("restimulus", 1, [1 << 30, 1], content: cell("a", .uint8, own)), "cells"),
            (
                own.array(
                    "restimulus", 4, [300, 201],
                    content: own.tagged(2, [UInt8](repeating: 65, count: 60_300))),
                "at most 200 characters"
            ),
            (own.array("restimulus", 4, [300, 8], content: own.tagged(2, [65, 66])), "2 bytes"),
        ]
        for (labels, words) in cases {
            let error = try #require(
                #expect(throws: IngestError.self) {
                    try read({ _ in labels }, isBigEndian: false, isCompressed: false)
                })
            #expect(error.description.contains(words), "\(error)")
            #expect(!error.hint.contains("stimulus{1}"), "\(error)")
        }
    }

    @Test(
        "what scipy and level 7.3 write is read",
        .enabled(if: Python.has(module: "scipy"), "needs scipy"),
        arguments: ["char", "cell"] + (Python.has(module: "h5py") ? ["7.3"] : []))
    func peers(kind: String) throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "p.mat")
        let script = """
            import sys, numpy as np, scipy.io
            words = [['rest', 'fist', '', 'öffnen'][i // 30 % 4] for i in range(300)]
            emg = np.arange(900.).reshape(300, 3)
            kind, name = sys.argv[1:]
            if kind == '7.3':
                import h5py
                with h5py.File(name, 'w', userblock_size=512) as f:
                    f['emg'] = emg.T
                    f['frequency'] = np.array([[1000.0]])
                    codes = np.array([[ord(c) for c in w.ljust(8)] for w in words], 'u2').T
                    s = f.create_dataset('restimulus', data=codes)
                    s.attrs['MATLAB_class'] = np.bytes_('char')
                with open(name, 'r+b') as f:
                    f.write(b'MATLAB 7.3 MAT-file'.ljust(124) + b'\\x00\\x02IM')
            else:
                labels = np.array(words, dtype=object)[:, None] if kind == 'cell' else np.array(words)
                scipy.io.savemat(name, {'emg': emg, 'frequency': 1000.0, 'restimulus': labels},
                    do_compression=kind == 'cell')
            """
        let result = try Python.run(script, arguments: [kind, url.path()])
        #expect(result.status == 0, "\(result.output)")
        try check(MATLABReader().read(url))
    }
}
