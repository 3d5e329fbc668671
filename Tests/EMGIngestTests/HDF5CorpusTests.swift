import Documents
import EMGIngest
import EMGSignal
import Foundation
import TestSupport
import Testing

/// Broken HDF5 files that were made elsewhere, with the answer that each must get.
@Suite(
    "Broken HDF5 files of the shared corpus",
    .enabled(
        if: SharedMaterial.isPresent("golden/bad/h5"),
        "the shared corpus golden/bad/h5 is not beside this checkout"))
struct HDF5CorpusTests {
    /// What is expected of a file.
    struct Answer: Sendable, CustomTestStringConvertible {
        let file: String
        /// The rows and channels that are read; `nil` when the file is refused.
        var shape: [Int]?
        /// The kind of the warning, or of the error.
        var kind: String?
        /// What the warning or error says.
        var says: [String] = []
        var testDescription: String { file }
    }

    static let answers: [Answer] = [
        Answer(file: "00_good.h5", shape: [4_000, 8]),
        Answer(file: "01_good_contig.h5", shape: [4_000, 8]),
        Answer(file: "02_good_fletcher.h5", shape: [4_000, 8]),
        Answer(file: "11_cut_100bytes.h5", kind: "malformed"),
        Answer(file: "13_zero_length.h5", kind: "wrong-format", says: ["an empty file"]),
        Answer(file: "15_sig_only.h5", kind: "malformed"),
        Answer(file: "21_flip_in_contiguous.h5", shape: [4_000, 8]),
        Answer(file: "23_flip_superblock.h5", kind: "malformed"),
        Answer(file: "25_garbage_after_end.h5", shape: [4_000, 8]),
        Answer(file: "30_missing_dataset.h5", kind: "wrong-format", says: ["/signal", "emg"]),
        Answer(file: "32_rank3.h5", kind: "inconsistent", says: ["3 dimensions", "/emg"]),
        Answer(file: "34_null_space.h5", kind: "inconsistent", says: ["/emg"]),
        Answer(
            file: "36_transposed.h5", shape: [4_000, 8], kind: "assumption",
            says: ["8 × 4000", "channels × samples"]),
        Answer(file: "38_compound.h5", kind: "missing-column", says: ["\"a\", \"b\""]),
        Answer(file: "40_complex.h5", kind: "inconsistent", says: ["complex numbers"]),
        Answer(file: "42_int64_beyond_2p53.h5", shape: [100, 8], kind: "inexact-value"),
        Answer(file: "51_fs_zero.h5", kind: "unknown-rate", says: ["fs", "0.0"]),
        Answer(file: "53_fs_nan.h5", kind: "unknown-rate", says: ["fs", "nan"]),
        Answer(file: "55_fs_string.h5", kind: "unknown-rate", says: ["fs"]),
        Answer(file: "57_fs_huge.h5", kind: "unknown-rate", says: ["fs"]),
        Answer(
            file: "60_nan_inf.h5", kind: "missing-value",
            says: ["nan in row 1000 of emg3", "inf in row 2000 of emg4"]),
        Answer(file: "62_declared_2p32_rows_unwritten.h5", kind: "inconsistent"),
        Answer(file: "64_deflate_bomb_twice.h5", kind: "unsupported", says: ["more than once"]),
        Answer(file: "70_softlink_loop.h5", kind: "inconsistent", says: ["circle"]),
        Answer(file: "72_dangling_softlink.h5", kind: "inconsistent", says: ["/nowhere"]),
        Answer(
            file: "74_external_link_sibling.h5", kind: "unsupported", says: ["00_good.h5"]),
        Answer(file: "76_virtual_dataset.h5", kind: "unsupported", says: ["/emg"]),
        Answer(
            file: "78_unwritten_chunks.h5", shape: [4_000, 8], kind: "truncated",
            says: ["5 of 8 chunks", "1500…3999"]),
        Answer(file: "80_many_links.h5", kind: "wrong-format", says: ["2994 more"]),
        Answer(file: "82_nonutf8_names.h5", shape: [200, 8]),
        Answer(file: "91_qwerty_no_left.hdf5", kind: "missing-column", says: ["emg_left"]),
        Answer(
            file: "93_qwerty_bad_json_attr.hdf5", shape: [400, 32], kind: "events",
            says: ["keystrokes"]),
    ]

    static let options = ReadOptions(
        identity: IdentityOverride(patient: "p", session: "s", condition: "c"))

    @Test("every file of the corpus has an answer")
    func corpus() throws {
        let manifest = try Document(contentsOf: SharedMaterial.url("golden/bad/manifest.json"))
        var files: [String] = []
        for item in try manifest.cursor.object().required("items").array() {
            let file = try item.object().required("file").string()
            if file.hasPrefix("h5/") { files.append(String(file.dropFirst(3))) }
        }
        #expect(files.sorted() == Self.answers.map(\.file).sorted())
    }

    @Test("each file gets the answer that the corpus asks for", arguments: answers)
    func answer(answer: Answer) throws {
        let url = SharedMaterial.url("golden/bad/h5/\(answer.file)")
        do {
            let outcome = try ReaderRegistry.standard.read(url, options: Self.options)
            let samples = outcome.recording.samples
            #expect([samples.sampleCount, samples.channelCount] == answer.shape)
            if let kind = answer.kind {
                let warning = try #require(outcome.warnings.first { $0.kind.rawValue == kind })
                for text in answer.says { #expect("\(warning)".contains(text)) }
            }
        } catch let error as IngestError {
            #expect(answer.shape == nil, "\(error)")
            #expect(error.kind.name == answer.kind, "\(error)")
            #expect(error.location.file.hasSuffix(answer.file))
            #expect("\(error)".utf8.count < 1_000)
            for text in answer.says { #expect("\(error)".contains(text), "\(error)") }
        }
    }

    @Test(
        "a declared rate stands in for one that is no rate",
        arguments: ["51_fs_zero", "53_fs_nan", "55_fs_string", "57_fs_huge"])
    func declaredRate(name: String) throws {
        var options = Self.options
        options.samplingRateHertz = 500
        let outcome = try ReaderRegistry.standard.read(
            SharedMaterial.url("golden/bad/h5/\(name).h5"), options: options)
        #expect(outcome.recording.samplingRate.hertz == 500)
        #expect(outcome.warnings.contains { $0.kind == .headerFault })
    }

    @Test("missing samples are marked when that is asked for")
    func marking() throws {
        var options = Self.options
        options.missing = .markAsMissing
        let outcome = try ReaderRegistry.standard.read(
            SharedMaterial.url("golden/bad/h5/60_nan_inf.h5"), options: options)
        let marked = outcome.recording.quality.filter { $0.kind == .nonFinite }
        #expect(marked.map(\.range.start).sorted() == [1_000, 2_000])
        #expect(Set(marked.map(\.channel)) == [3, 4])
    }

    @Test("samples that were never written are missing, not zero")
    func unwritten() throws {
        let outcome = try ReaderRegistry.standard.read(
            SharedMaterial.url("golden/bad/h5/78_unwritten_chunks.h5"), options: Self.options)
        let recording = outcome.recording
        #expect(recording.segments.last?.end == 1_500)
        let rest = recording.samples.values[(1_500 * 8)...]
        #expect(rest.allSatisfy { $0.isNaN })
    }
}
