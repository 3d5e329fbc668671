internal import EMGIngest
internal import EMGSignal
internal import ErrorReports
internal import Foundation
private import PrintableText

/// Converts one source: the same in this process and in a worker.
struct SourceConversion: Sendable {
    /// Where recordings go.
    var target: ConversionTarget
    /// How files are read.
    let options: ReadOptions
    /// The formats.
    let registry: ReaderRegistry
    /// How much of a recording stays in memory, in bytes.
    let memoryBudget: Int
    /// How many threads compress.
    var threads: Int

    /// Converts a source.
    ///
    /// - Parameters:
    ///   - source: What to convert.
    ///   - progress: Called now and then with the part that is done, from 0 to 1.
    /// - Returns: What came of it.
    /// - Throws: `MachineFault` when it says nothing of the source.
    func convert(
        _ source: RecordingSource, progress: (Double) -> Void = { _ in }
    ) throws(MachineFault) -> BatchItem {
        do {
            return try converted(source, progress: progress)
        } catch {
            if let fault = MachineFault.behind(error) { throw fault }
            return refusal(of: source, error)
        }
    }

    /// The item of a source that cannot be converted.
    func refusal(of source: RecordingSource, _ error: any Error) -> BatchItem {
        BatchItem(input: source.url.relativePath, outcome: .refused(ErrorReport(error)))
    }

    /// Converts a source.
    ///
    /// - Returns: The item of a source that was converted.
    /// - Throws: What speaks against it.
    func converted(
        _ source: RecordingSource, progress: (Double) -> Void
    ) throws -> BatchItem {
        let input = source.url.relativePath
        guard let reader = registry.reader(named: source.format, options: options)
        else {
            throw IngestError(
                .unsupported(feature: source.format), at: SourceLocation(file: input))
        }
        var ingestion = Ingestion(reader: reader, options: options)
        ingestion.memoryBudget = memoryBudget
        ingestion.spoolFolder = target.folder
        let taken = try ingestion.take(source.url, progress: progress)
        // The main part comes last: when it is there, the others are.
        for (number, recording) in taken.reversed().enumerated() {
            let written = Ingestion.readingShare + 0.5 * Double(number) / Double(taken.count)
            try target.write(recording, threads: threads) { part in
                progress(written + 0.5 * part / Double(taken.count))
            }
        }
        return BatchItem(
            input: input, recordings: taken.map(\.header.identity.id), outcome: .written,
            warnings: taken.flatMap(\.warnings)
                // What is odd about names was said by the search.
                .filter { $0.kind != .identity }.map(\.description).onceEach)
    }
}
