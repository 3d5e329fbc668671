import Documents
import EMGIngest
import EMGSignal
import Foundation
import TestSupport
import Testing

/// Broken tables that were made elsewhere, with the answer that each must get.
@Suite(
    "Broken tables of the shared corpus",
    .enabled(
        if: SharedMaterial.isPresent("golden/bad/csv"),
        "the shared corpus golden/bad/csv is not beside this checkout"))
struct BadCorpusTests {
    /// One entry of the corpus.
    struct Entry: Sendable, CustomTestStringConvertible {
        let file: String
        let expect: String
        let rows: Int?
        let line: Int?
        let column: String?
        var testDescription: String { file }
    }

    /// The entries, or none when the corpus is absent or cannot be read; the first test tells.
    static let entries = (try? readEntries()) ?? []

    static func readEntries() throws -> [Entry] {
        guard SharedMaterial.isPresent("golden/bad/manifest.json") else { return [] }
        let manifest = try Document(contentsOf: SharedMaterial.url("golden/bad/manifest.json"))
        var entries: [Entry] = []
        for item in try manifest.cursor.object().required("items").array() {
            let object = try item.object()
            let file = try object.required("file").string()
            guard file.hasPrefix("csv/") else { continue }
            entries.append(
                Entry(
                    file: file, expect: try object.required("expect").string(),
                    rows: try object.optional("n_rows")?.integer(),
                    line: try object.optional("line")?.integer(),
                    column: try object.optional("column")?.string()))
        }
        return entries
    }

    /// The exact kind of error for files that are refused.
    static let kinds: [String: String] = [
        "16": "field-count", "20": "missing-value", "22": "missing-value",
        "24": "missing-value", "26": "invalid-cell", "28": "invalid-cell", "30": "invalid-cell",
        "34": "invalid-cell", "36": "invalid-cell", "40": "invalid-cell", "60": "missing-column",
        "64": "duplicate-column", "66": "missing-column", "68": "wrong-format",
        "70": "no-samples", "72": "unknown-rate", "74": "wrong-format", "80": "invalid-cell",
        "82": "invalid-cell", "92": "invalid-cell", "94": "invalid-cell",
    ]

    /// Files that the corpus wants refused and that are read: UTF-16 with its mark.
    static let read: Set<String> = ["04"]

    /// The warning for files that are odd.
    static let warnings: [String: IngestWarning.Kind] = [
        "14": .noFinalNewline, "50": .duplicateTimeStamp, "52": .clockJumpsBack, "54": .gap,
        "56": .jitter, "76": .longField, "84": .labelProtocol, "86": .labelProtocol,
        "88": .labelProtocol, "90": .labelProtocol, "96": .flatLine,
    ]

    @Test("the corpus is read")
    func corpus() throws {
        #expect(try Self.readEntries().count >= 40)
    }

    @Test("each table gets the answer that the corpus asks for", arguments: entries)
    func answer(entry: Entry) throws {
        let url = SharedMaterial.url("golden/bad/\(entry.file)")
        let number = String(entry.file.dropFirst(4).prefix(2))
        let options = ReadOptions(
            identity: IdentityOverride(patient: "p", session: "s", condition: "c"))
        do {
            let outcome = try ReaderRegistry.standard.read(url, options: options)
            if let rows = entry.rows { #expect(outcome.recording.sampleCount == rows) }
            if Self.read.contains(number) { return }
            #expect(
                ["accept", "accept_warn", "reject_or_warn"].contains(entry.expect),
                "it was read")
            if entry.expect != "accept" {
                let kind = try #require(Self.warnings[number])
                let warning = try #require(outcome.warnings.first { $0.kind == kind })
                if let line = entry.line { #expect(warning.location.line == line) }
            }
        } catch let error as IngestError {
            #expect(["reject", "policy", "reject_or_warn"].contains(entry.expect), "\(error)")
            #expect(error.kind.name == Self.kinds[number])
            if let line = entry.line { #expect(error.location.line == line) }
            if let column = entry.column { #expect(error.location.field == column) }
        }
    }

    @Test(
        "missing samples are marked when that is asked for",
        arguments: ["20_cell_nan", "22_cell_inf", "24_cell_empty"])
    func policy(name: String) throws {
        let outcome = try ReaderRegistry.standard.read(
            SharedMaterial.url("golden/bad/csv/\(name).csv"),
            options: ReadOptions(
                identity: IdentityOverride(patient: "p", session: "s", condition: "c"),
                missing: .markAsMissing))
        #expect(outcome.recording.quality.map(\.kind) == [.nonFinite])
        #expect(outcome.recording.quality.first?.range.start == 60)
        #expect(outcome.recording.quality.first?.channel == 2)
    }
}
