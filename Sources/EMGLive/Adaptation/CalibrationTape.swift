internal import Decoding
internal import EMGSignal

/// What was recorded in a session so far, as a decoder sees it.
///
/// Samples stand in pieces, so that a copy for an adaptation costs nothing while more come.
struct CalibrationTape: Sendable {
    /// So many numbers at most: 1 GB of them.
    private static let mostValues = 1 << 28
    private static let pieceValues = 1 << 15

    private let identity: RecordingIdentity
    private let channels: [Channel]
    private let rate: SamplingRate
    private let sources: [Int]
    private let streamChannels: Int
    private var pieces: [[Float]] = []
    /// The piece that grows.
    private var open: [Float] = []
    private var valueCount = 0
    private var breaks: [Int] = []

    /// Begins with the next sample.
    ///
    /// - Parameters:
    ///   - identity: Whose it is.
    ///   - bundle: Whose channels are kept.
    ///   - selection: Which of the stream's channels they are.
    ///   - streamChannels: Channels of the stream.
    init(
        _ identity: RecordingIdentity, for bundle: DecoderBundle, selection: ChannelSelection,
        streamChannels: Int
    ) {
        self.identity = identity
        channels = bundle.channels
        rate = bundle.samplingRate
        sources = selection.sources
        self.streamChannels = streamChannels
    }

    /// Samples so far, lost ones included.
    var sampleCount: Int { valueCount / channels.count }

    /// Takes rows of the stream, as long as there is room.
    mutating func take(_ rows: Span<Float>) {
        guard valueCount < Self.mostValues else { return }
        var place = 0
        while place < rows.count {
            for source in sources { append(rows[place + source]) }
            place += streamChannels
        }
    }

    /// Lets samples pass that did not come: they are a gap.
    mutating func lose(_ samples: Int) {
        let room = max(0, Self.mostValues - valueCount) / channels.count
        for _ in 0..<min(samples, room) * channels.count { append(.nan) }
        breaks.append(sampleCount)
    }

    private mutating func append(_ value: Float) {
        open.append(value)
        valueCount += 1
        guard open.count == Self.pieceValues else { return }
        pieces.append(open)
        open = []
        open.reserveCapacity(Self.pieceValues)
    }

    /// The recording with the labels of a session.
    ///
    /// - Parameter segments: The holds that were carried out, in samples of the recording.
    /// - Returns: The recording; `nil` when there is nothing in it.
    /// - Throws: `SignalError` for more classes than labels have numbers.
    func recording(_ segments: [SessionSegment]) throws(SignalError) -> Recording? {
        guard sampleCount > 0 else { return nil }
        let values = Array((pieces + [open]).joined())
        var names = [LabelTrack.unlabeledName]
        var labels = [UInt8](repeating: 0, count: sampleCount)
        for segment in segments where segment.range.end <= sampleCount {
            if !names.contains(segment.className) { names.append(segment.className) }
            let label = UInt8(truncatingIfNeeded: names.firstIndex(of: segment.className) ?? 0)
            for sample in segment.range.indices { labels[sample] = label }
        }
        var description = RecordingDescription(
            identity: identity, channels: channels, samplingRate: rate,
            source: SourceFile(
                name: "live", sha256: String(repeating: "0", count: 64)))
        description.quality = breaks.filter { $0 < sampleCount }.map {
            QualityInterval(
                range: SampleRange(start: $0, end: $0 + 1), channel: nil, kind: .gap)
        }
        let holes = (0..<sampleCount).filter { !values[$0 * channels.count].isFinite }
            .map { SampleRange(start: $0, end: $0 + 1) }.joined()
        description.quality += holes.map {
            QualityInterval(range: $0, channel: nil, kind: .nonFinite)
        }
        return try Recording(
            description,
            samples: SampleMatrix(values: values, channelCount: channels.count),
            labels: LabelTrack(classNames: names, values: labels))
    }
}
