import EMGArchive
import EMGBatch
import EMGIngest
import EMGSignal
import Foundation
import TestSupport
import Testing

/// What `inspect` shows is what `convert` reads.
enum InspectionAgreement {
    /// Inspects and converts the same input with the same options and compares them.
    ///
    /// - Returns: What was shown.
    @discardableResult
    static func check(
        _ input: URL, options: ReadOptions = ReadOptions(),
        registry: ReaderRegistry = .standard,
        sourceLocation: Testing.SourceLocation = #_sourceLocation
    ) throws -> [RecordingInspection] {
        let folder = try TemporaryFolder()
        let archive = RecordingArchive(folder: folder.url.appending(path: "archive"))
        let report = try ArchiveConversion(
            inputs: [input], archive: archive, options: options, registry: registry
        ).run()
        let search = SourceSearch.search([input], registry: registry, options: options)
        var shown: [RecordingInspection] = []
        var refused = search.refused.map(\.description)
        for source in search.sources {
            do throws(IngestError) {
                shown += try RecordingInspection.parts(
                    of: source, options: options, registry: registry)
            } catch {
                refused.append(error.description)
            }
        }
        let written = report.writtenCount > 0 ? try archive.recordings() : []
        #expect(
            Set(shown.map(\.identity)) == Set(written.map(\.id)), sourceLocation: sourceLocation)
        #expect(
            refused.sorted() == report.refusals.map(\.text).sorted(),
            sourceLocation: sourceLocation)
        for entry in written {
            let header = try RecordingFile.readHeader(entry.url)
            let inspection = try #require(
                shown.first { $0.identity == entry.id }, sourceLocation: sourceLocation)
            compare(inspection, header, at: sourceLocation)
        }
        return shown
    }

    private static func compare(
        _ shown: RecordingInspection, _ header: RecordingHeader,
        at sourceLocation: Testing.SourceLocation
    ) {
        #expect(shown.sha256 == header.source.sha256, sourceLocation: sourceLocation)
        #expect(
            header.history.last?.operation == "ingest.\(shown.format)"
                || header.history.contains { $0.operation == "ingest.\(shown.format)" },
            sourceLocation: sourceLocation)
        #expect(shown.sampleCount == header.sampleCount, sourceLocation: sourceLocation)
        #expect(shown.rate.hertz == header.samplingRate.hertz, sourceLocation: sourceLocation)
        #expect(
            shown.rate.effectiveHertz == header.effectiveRate.hertz,
            sourceLocation: sourceLocation)
        #expect(
            shown.channels.map { Channel(name: $0.name, unit: $0.unit) } == header.channels,
            sourceLocation: sourceLocation)
        #expect(
            shown.labels?.classes.map(\.name) == header.classNames, sourceLocation: sourceLocation)
        #expect(
            shown.quality.map { [$0.kind, $0.channel ?? "", "\($0.start)", "\($0.end)"] }
                == header.quality.map { interval in
                    [
                        interval.kind.name, interval.channel.map { header.channels[$0].name } ?? "",
                        "\(interval.range.start)", "\(interval.range.end)",
                    ]
                }, sourceLocation: sourceLocation)
    }
}
