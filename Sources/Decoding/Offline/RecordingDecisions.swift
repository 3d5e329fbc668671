package import EMGArchive
package import EMGSignal

/// The decisions of a recording from its first to its last sample, made block by block in bounded
/// memory.
package struct RecordingDecisions: ~Copyable {
    /// The decisions of the block that was decoded last.
    package private(set) var block = DecisionBlock()
    /// Its rows.
    package private(set) var rows = RowBlock()
    /// How many samples have been decoded.
    package private(set) var sampleCount = 0

    private let file: RecordingRowsFile
    private var decoder: Decoder
    /// The samples that do not follow the ones before, in order; those behind are dropped.
    private var breaks: ArraySlice<Int>

    /// Rows that are read at once.
    private static let blockRows = 8_192

    init(_ file: RecordingRowsFile, decoder: consuming Decoder) {
        self.file = file
        self.decoder = decoder
        let gaps = file.header.quality.filter { $0.kind == .gap }
        breaks = Set(gaps.map(\.range.start)).sorted()[...]
    }

    /// Decodes the next block.
    ///
    /// - Returns: Whether there was one.
    /// - Throws: `ArchiveError` for rows that are damaged.
    package mutating func next() throws(ArchiveError) -> Bool {
        guard sampleCount < file.sampleCount else { return false }
        let (start, end) = (sampleCount, min(sampleCount + Self.blockRows, file.sampleCount))
        try file.read(SampleRange(start: start, end: end), into: &rows)
        block.removeAll()
        let width = decoder.channelCount
        var decisions = DecisionBlock()
        swap(&decisions, &block)
        let samples = rows.samples
        while sampleCount < end {
            if breaks.first == sampleCount {
                decoder.interrupt()
                breaks.removeFirst()
            }
            let next = min(end, breaks.first ?? end)
            decoder.feed(
                samples.span.extracting((sampleCount - start) * width..<(next - start) * width)
            ) { decisions.append($0, $1) }
            sampleCount = next
        }
        swap(&decisions, &block)
        return true
    }
}
