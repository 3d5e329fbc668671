internal import HDF5
import PrintableText

/// How the samples of a recording lie in their file.
enum HDF5Storage {
    /// Makes sure that a dataset can be decompressed in bounded memory.
    static func check(_ dataset: OpenDataset, in source: HDF5Source) throws(IngestError) {
        let description = dataset.description
        guard let chunk = description.chunkShape, !description.filters.isEmpty,
            !description.isDecodedHere
        else { return }
        // Values that are no standard numbers have at most 8 bytes.
        let bytes = chunk.reduce(8) { $0.multipliedReportingOverflow(by: $1).partialValue }
        guard bytes <= 2 * HDF5Source.largestForeignChunk else {
            throw IngestError(
                .unsupported(feature: "a compressed chunk of about \(bytes, of: "byte")"),
                at: source.location(dataset.place.object),
                hint: "write it again with smaller chunks (h5repack -l CHUNK=…)")
        }
    }

    /// The rows that were never written, with a warning.
    ///
    /// - Throws: ``IngestError`` when there are more segments of them than are known.
    static func unwritten(
        _ dataset: OpenDataset, in source: HDF5Source, into warnings: inout [IngestWarning]
    ) throws(IngestError) -> [Range<Int>] {
        guard let unwritten = dataset.description.unwritten else { return [] }
        let location = source.location(dataset.place.object)
        guard unwritten.count < unwritten.total else {
            throw IngestError(
                .noSamples(found: "a dataset that was never written"), at: location,
                hint: "the program that wrote it was cut short; make it again")
        }
        guard unwritten.rows.count < UnwrittenChunks.runLimit else {
            throw IngestError(
                .inconsistent(
                    expected: "samples that are all there",
                    found: "\(unwritten.count) of \(unwritten.total, of: "chunk") never written"),
                at: location, hint: "the program that wrote it was cut short; make it again")
        }
        let rows = unwritten.rows.map { "\($0.lowerBound)…\($0.upperBound - 1)" }
        warnings.append(
            IngestWarning(
                .truncated, at: location, count: unwritten.count,
                message:
                    "\(unwritten.count) of \(unwritten.total, of: "chunk") "
                    + "\(unwritten.count == 1 ? "was" : "were") never written: "
                    + "rows \(rows.joined(separator: ", ")) are marked as missing"))
        return unwritten.rows
    }
}
