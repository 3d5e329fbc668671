internal import EMGSignal

/// Where the output of a chain depends on what is not known, or on what is bad: near the ends of
/// segments and near samples that are marked as bad.
struct FilterEdges: Sendable {
    /// How far the response reaches, in samples of the output.
    let reach: Int
    /// Whether it reaches forward only.
    let isCausal: Bool

    /// The quality of a conditioned recording, with its edges.
    ///
    /// Edges of an earlier conditioning are widened: what was not to be trusted has passed the
    /// filters.
    ///
    /// - Parameter recording: The recording.
    /// - Returns: Its intervals, those of kind ``EMGSignal/QualityInterval/Kind/filterEdge`` last.
    func added(to recording: Recording) -> [QualityInterval] {
        guard reach > 0 else { return recording.quality }
        let quality = recording.quality
        let count = recording.sampleCount
        let gaps = quality.filter { $0.kind == .gap }.map { min($0.range.start, count) }
        let common = edges(
            around: [0, count] + gaps, and: holes(of: nil, in: quality),
            earlier: earlier(of: nil, in: quality), count: count)
        var result = quality.filter { $0.kind != .filterEdge }
        result += common.map { QualityInterval(range: $0, channel: nil, kind: .filterEdge) }
        for channel in Set(quality.compactMap(\.channel)).sorted() {
            let own = edges(
                around: [], and: holes(of: channel, in: quality),
                earlier: earlier(of: channel, in: quality), count: count)
            result += own.subtracting(common).map {
                QualityInterval(range: $0, channel: channel, kind: .filterEdge)
            }
        }
        return result
    }

    /// What is bad itself.
    private func holes(of channel: Int?, in quality: [QualityInterval]) -> [SampleRange] {
        quality.filter {
            ($0.kind == .nonFinite || $0.kind == .markedBad) && $0.channel == channel
        }.map(\.range)
    }

    private func earlier(of channel: Int?, in quality: [QualityInterval]) -> [SampleRange] {
        quality.filter { $0.kind == .filterEdge && $0.channel == channel }.map(\.range)
    }

    private func edges(
        around cuts: [Int], and holes: [SampleRange], earlier: [SampleRange], count: Int
    ) -> [SampleRange] {
        let places = cuts.map { SampleRange(start: $0, end: $0) } + holes + earlier
        let before = isCausal ? 0 : reach
        return places.map {
            SampleRange(
                start: max(0, $0.start - before), end: min(count, $0.end + reach))
        }.united().subtracting(holes)
    }
}
