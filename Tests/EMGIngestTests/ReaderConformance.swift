import EMGIngest
import EMGSignal
import Foundation
import TestSupport
import Testing

/// What every reader must keep to.
enum ReaderConformance {
    /// Reads a valid source of a format in all ways and makes sure that they agree.
    ///
    /// - Returns: What was read, for the test's own expectations.
    @discardableResult
    static func check(
        _ reader: any RecordingReader, _ url: URL, options: ReadOptions = ReadOptions(),
        isFolder: Bool = false, sourceLocation: Testing.SourceLocation = #_sourceLocation
    ) throws -> IngestOutcome {
        let outcome = try reader.read(url, options: options)
        let recording = outcome.recording
        #expect(
            try reader.read(url, options: options) == outcome, "not the same twice",
            sourceLocation: sourceLocation)
        #expect(
            recording.history.last?.operation == "ingest.\(reader.formatName)",
            sourceLocation: sourceLocation)
        #expect(!reader.summary.isEmpty, sourceLocation: sourceLocation)
        #expect(
            Set(recording.channels.map(\.name)).count == recording.channels.count,
            "channel names repeat", sourceLocation: sourceLocation)
        #expect(outcome.scaling.scale.count == recording.channels.count)
        #expect(try !reader.files(of: url, options: options).isEmpty)

        for step in [1, 7, 1_000, 1 << 20] {
            let stream = try #require(try reader.open(url, options: options).first)
            let metadata = stream.metadata
            var rows = RowBlock()
            var count = 0
            while try stream.read(into: &rows, atMost: step) {
                let now = rows.samples.count / metadata.channels.count
                #expect(now > count && now - count <= step, sourceLocation: sourceLocation)
                count = now
                if step == 1, count > 200 { break }
            }
            guard step > 1 else { continue }
            _ = try stream.finish()
            #expect(count == recording.sampleCount, sourceLocation: sourceLocation)
            if let stated = metadata.sampleCount {
                #expect(stated == count, sourceLocation: sourceLocation)
            }
            #expect(
                zip(rows.samples, recording.samples.values).allSatisfy {
                    $0 == $1 || ($0.isNaN && $1.isNaN)
                }, "blocks of \(step) rows differ", sourceLocation: sourceLocation)
            #expect(
                rows.timeStamps == recording.timeStamps ?? [], sourceLocation: sourceLocation)
            #expect(
                rows.labels.count == recording.labels?.values.count ?? 0,
                sourceLocation: sourceLocation)
        }

        var asked = options
        asked.format = reader.formatName
        try InspectionAgreement.check(
            url, options: asked, registry: ReaderRegistry(readers: [reader]),
            sourceLocation: sourceLocation)

        let folder = try TemporaryFolder()
        if !isFolder {
            let empty = folder.url.appending(path: "empty.\(url.pathExtension)")
            try Data().write(to: empty)
            let error = #expect(throws: IngestError.self, sourceLocation: sourceLocation) {
                try reader.read(empty, options: options)
            }
            #expect(
                error?.location.file.contains("empty") == true, sourceLocation: sourceLocation)
        }
        let missing = folder.url.appending(path: "missing.\(url.pathExtension)")
        #expect(throws: IngestError.self, sourceLocation: sourceLocation) {
            try reader.read(missing, options: options)
        }
        return outcome
    }
}
