import EMGArchive
import EMGFilters
import EMGSignal

/// The samples of a recording in ranges: as recorded, or conditioned for looking at.
struct SignalRows: Sendable {
    /// Which of the two.
    enum Kind: String, Sendable, Hashable, CaseIterable {
        case raw
        case conditioned
    }

    let file: RecordingRowsFile
    private let conditioning: Conditioning?

    private struct Conditioning: Sendable {
        let chain: ConditioningChain
        /// All samples, when there are few enough to be conditioned as one.
        let whole: [Float]?
    }

    /// Up to this many values a recording is conditioned as a whole, exactly as `filter` does it.
    private static let wholeLimit = 4 << 20

    /// The samples as recorded.
    init(_ file: RecordingRowsFile) {
        self.file = file
        conditioning = nil
    }

    private init(_ file: RecordingRowsFile, _ conditioning: Conditioning) {
        self.file = file
        self.conditioning = conditioning
    }

    /// Conditions the samples: a short recording as a whole, a long one as it is looked at.
    ///
    /// - Parameters:
    ///   - file: The recording.
    ///   - pipeline: What it is conditioned with.
    /// - Returns: The conditioned samples.
    /// - Throws: `FilterError` when the pipeline does not suit the recording, `ArchiveError` when
    ///   the recording is damaged.
    static func condition(
        _ file: RecordingRowsFile, by pipeline: ConditioningPipeline
    ) throws -> SignalRows {
        let header = file.header
        let chain = try pipeline.resolve(
            samplingRate: header.samplingRate, effectiveRate: header.effectiveRate)
        guard chain.outputRate == header.samplingRate else {
            throw FilterError(
                .contradiction("a pipeline that changes the rate cannot be drawn over the signal"),
                hint: "condition the archive with \"myotask filter\" and review the result")
        }
        var whole: [Float]?
        if header.sampleCount * header.channels.count <= wholeLimit {
            whole = try conditioned(
                SampleRange(start: 0, end: header.sampleCount), of: file, by: chain)
        }
        return SignalRows(file, Conditioning(chain: chain, whole: whole))
    }

    var sampleCount: Int { file.header.sampleCount }
    var channelCount: Int { file.header.channels.count }

    /// The samples of a range, row-major.
    ///
    /// A long recording is conditioned piece by piece, each with as much on both sides as its
    /// filters reach.
    ///
    /// - Parameter range: Within the recording.
    /// - Returns: As many samples as the range has.
    /// - Throws: `ArchiveError` when the recording is damaged, `FilterError` when a piece of it
    ///   cannot be conditioned.
    func samples(_ range: Range<Int>) throws -> [Float] {
        guard let conditioning else { return try Self.read(range, of: file) }
        let width = channelCount
        if let whole = conditioning.whole {
            return Array(whole[range.lowerBound * width..<range.upperBound * width])
        }
        let reach = conditioning.chain.edgeTransient
        let wide = SampleRange(
            start: max(0, range.lowerBound - reach),
            end: min(sampleCount, range.upperBound + reach))
        let values = try Self.conditioned(wide, of: file, by: conditioning.chain)
        let first = (range.lowerBound - wide.start) * width
        return Array(values[first..<first + range.count * width])
    }

    private static func read(_ range: Range<Int>, of file: RecordingRowsFile) throws -> [Float] {
        var block = RowBlock()
        try file.read(SampleRange(range), into: &block)
        return block.samples
    }

    private static func conditioned(
        _ range: SampleRange, of file: RecordingRowsFile, by chain: ConditioningChain
    ) throws -> [Float] {
        let header = file.header
        let quality = header.quality.compactMap { interval -> QualityInterval? in
            let start = max(interval.range.start, range.start)
            let end = min(interval.range.end, range.end)
            guard start <= end, interval.range.start >= range.start || start < end else {
                return nil
            }
            // A gap lies before its first sample: one that began earlier is no gap here.
            if interval.kind == .gap, interval.range.start < range.start { return nil }
            return QualityInterval(
                range: SampleRange(start: start - range.start, end: end - range.start),
                channel: interval.channel, kind: interval.kind)
        }
        var description = header.description
        description.quality = quality
        let recording = try Recording(
            description,
            samples: SampleMatrix(
                values: try read(range.indices, of: file), channelCount: header.channels.count))
        return try chain.apply(to: recording).samples.values
    }
}
