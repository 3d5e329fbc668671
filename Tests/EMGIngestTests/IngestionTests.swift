import EMGIngest
import EMGSignal
import Foundation
import TestSupport
import Testing

@Suite("Taking recordings in")
struct IngestionTests {
    /// A table with a gap, a flat segment and missing samples.
    private func oddTable() -> TableText {
        var table = TableText()
        for line in [60, 61, 62] { table.set(line: line, column: 7, to: "nan") }
        table.set(line: 90, column: 9, to: "")
        table.lines.removeSubrange(120..<130)
        return table
    }

    private func write(_ table: TableText, in folder: borrowing TemporaryFolder) throws -> URL {
        let url = folder.url.appending(path: "p1_111.csv")
        try Data(table.text.utf8).write(to: url)
        return url
    }

    @Test("a recording is the same whatever stays in memory", arguments: [1, 5_000, 1 << 26])
    func budgets(budget: Int) throws {
        let folder = try TemporaryFolder()
        let url = try write(oddTable(), in: folder)
        let options = ReadOptions(
            identity: IdentityOverride(session: "day"), missing: .markAsMissing)
        let whole = try ROAMReader().read(url, options: options)
        var ingestion = Ingestion(reader: ROAMReader(), options: options)
        ingestion.memoryBudget = budget
        ingestion.spoolFolder = folder.url
        let taken = try #require(ingestion.take(url).first)
        #expect(taken.header == RecordingHeader(whole.recording, scaling: whole.scaling))
        #expect(taken.warnings == whole.warnings)
        var rows = RowBlock()
        try taken.rows.read(SampleRange(start: 0, end: taken.header.sampleCount), into: &rows)
        #expect(rows.samples.count == whole.recording.samples.values.count)
        #expect(
            zip(rows.samples, whole.recording.samples.values).allSatisfy {
                $0.bitPattern == $1.bitPattern
            })
        #expect(rows.labels == whole.recording.labels?.values)
        #expect(rows.timeStamps == whole.recording.timeStamps)
    }

    @Test("nothing is repaired unless it is asked for; then every repair is on record")
    func repair() throws {
        let folder = try TemporaryFolder()
        let url = try write(oddTable(), in: folder)
        let identity = IdentityOverride(session: "day")
        #expect(throws: IngestError.self) {
            try ROAMReader().read(url, options: ReadOptions(identity: identity))
        }
        let marked = try ROAMReader().read(
            url, options: ReadOptions(identity: identity, missing: .markAsMissing))
        #expect(marked.recording.quality.contains { $0.kind == .nonFinite })
        #expect(marked.recording.history.count == 1)

        let repaired = try ROAMReader().read(
            url, options: ReadOptions(identity: identity, repairSeconds: 0.05))
        #expect(!repaired.recording.quality.contains { $0.kind == .nonFinite })
        let segments = repaired.recording.quality.filter { $0.kind == .repaired }
        #expect(segments.map(\.range.count).sorted() == [1, 3])
        #expect(repaired.recording.samples.values.allSatisfy { $0.isFinite })
        #expect(repaired.recording.history.map(\.operation).last == "repair.interpolate")
        #expect(repaired.warnings.contains { $0.kind == .repaired })
        // The gap is still one: rows are never made up.
        #expect(repaired.recording.quality.contains { $0.kind == .gap })
        #expect(repaired.recording.sampleCount == marked.recording.sampleCount)

        let short = try ROAMReader().read(
            url, options: ReadOptions(identity: identity, repairSeconds: 0.01))
        #expect(short.recording.quality.filter { $0.kind == .repaired }.count == 1)
        #expect(short.recording.quality.contains { $0.kind == .nonFinite })
    }
}
