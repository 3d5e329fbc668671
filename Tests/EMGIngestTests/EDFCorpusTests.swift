import Documents
import EMGIngest
import EMGSignal
import Foundation
import TestSupport
import Testing

/// Files of other programs, and broken ones, with the answer that each must get.
@Suite("EDF files of the shared corpus")
struct EDFCorpusTests {
    /// One entry of the corpus.
    struct Entry: Sendable, CustomTestStringConvertible {
        let file: String
        let expect: String
        let alternative: String?
        var testDescription: String { file }
    }

    static let entries = (try? readEntries()) ?? []

    static func readEntries() throws -> [Entry] {
        guard SharedMaterial.isPresent("golden/bad/manifest.json") else { return [] }
        let manifest = try Document(contentsOf: SharedMaterial.url("golden/bad/manifest.json"))
        var entries: [Entry] = []
        for item in try manifest.cursor.object().required("items").array() {
            let object = try item.object()
            let file = try object.required("file").string()
            guard file.hasPrefix("edf/"), SharedMaterial.isPresent("golden/bad/\(file)") else {
                continue
            }
            entries.append(
                Entry(
                    file: file, expect: try object.required("expect").string(),
                    alternative: try object.optional("alt")?.string()))
        }
        return entries
    }

    @Test(
        "each broken file gets the answer that the corpus asks for",
        .enabled(
            if: SharedMaterial.isPresent("golden/bad/edf"),
            "the shared corpus golden/bad/edf is not beside this checkout"),
        arguments: entries)
    func answer(entry: Entry) throws {
        let url = SharedMaterial.url("golden/bad/\(entry.file)")
        let allowed = [entry.expect, entry.alternative ?? ""]
        do {
            let outcome = try EDFReaderTests.registry.read(url)
            let odd = outcome.warnings.filter {
                [.headerFault, .truncated, .events].contains($0.kind)
            }
            if odd.isEmpty {
                #expect(allowed.contains { ["accept", "policy"].contains($0) })
                #expect(outcome.recording.sampleCount == 2_000)
            } else {
                #expect(
                    allowed.contains {
                        ["accept", "accept_warn", "reject_or_warn", "policy"].contains($0)
                    }, "\(odd)")
            }
        } catch {
            #expect(
                allowed.contains { ["reject", "reject_or_warn", "policy"].contains($0) },
                "\(error)")
            #expect(error.location.byte != nil && !error.hint.isEmpty)
        }
    }

    @Test(
        "files of another program have its samples, labels and names",
        .enabled(
            if: SharedMaterial.isPresent("golden/formats/emg_edfplus.edf"),
            "the shared files golden/formats are not beside this checkout"),
        arguments: ["formats/emg_edfplus.edf", "formats/emg_bdfplus.bdf"])
    func formats(file: String) throws {
        let manifest = try Document(
            contentsOf: SharedMaterial.url("golden/formats/manifest.json"))
        let items = try manifest.cursor.array().map { try $0.object() }
        let entry = try #require(
            try items.first { try $0.optional("file")?.string() == file })
        let outcome = try EDFReaderTests.registry.read(SharedMaterial.url("golden/\(file)"))
        let recording = outcome.recording
        #expect(recording.sampleCount == (try entry.required("n").integer()))
        #expect(recording.samplingRate.hertz == (try entry.required("fs_hz").number()))
        let digital = try entry.required("first5_digital").array()
        let physical = try entry.required("first5_physical").array()
        for (row, value) in physical.enumerated() {
            let expected = Float(try value.number())
            #expect(abs(recording.samples[row, 0] - expected) <= expected.ulp)
            let number =
                (Double(recording.samples[row, 0]) - outcome.scaling.offset[0])
                / outcome.scaling.scale[0]
            #expect(Int(number.rounded()) == (try digital[row].integer()))
        }
        var expected: [String] = []
        for annotation in try entry.required("annotations").array() {
            let parts = try annotation.array()
            guard try parts[1].number() > 0 else { continue }
            let start = Int((try parts[0].number() * recording.samplingRate.hertz).rounded())
            let label = try #require(recording.labels)
            expected.append(try parts[2].string())
            #expect(label.classNames[Int(label.values[start])] == expected.last)
            if start > 0 { #expect(label.values[start] != label.values[start - 1]) }
        }
        #expect(!expected.isEmpty)
        #expect(outcome.warnings.contains { $0.message.contains("événement") })
    }
}
