import PrintableText

/// The frames of one signal file, read from front to back.
final class WFDBFrames {
    /// What it reads.
    let group: WFDBGroup
    private let file: PositionedFile
    /// What differences add up to, for each sample of a frame that begins a signal.
    private var sums: [Int32]
    private let spans: [Range<Int>]

    /// The samples that are waiting, whole frames of them.
    private(set) var samples: [Int32] = []
    /// The frame that the first of ``samples`` belongs to.
    private(set) var firstFrame = 0

    init(_ group: WFDBGroup, of header: WFDBHeader) throws(IngestError) {
        self.group = group
        file = try PositionedFile(group.url)
        sums = group.signals.map { header.signals[$0].start }
        spans = group.signals.map { number in
            let start = group.offsets[number]
            return start..<start + header.signals[number].samplesPerFrame
        }
    }

    /// Makes frames available and drops those before them.
    ///
    /// - Parameter frames: Frames that the file has by its size; never before ``firstFrame``.
    /// - Throws: ``IngestError`` when they cannot be read.
    func load(_ frames: Range<Int>) throws(IngestError) {
        let width = group.frameSamples
        let dropped = min(frames.lowerBound - firstFrame, samples.count / width)
        samples.removeFirst(dropped * width)
        firstFrame += dropped
        let have = firstFrame + samples.count / width
        guard have < frames.upperBound else { return }
        let start = samples.count
        let first = have * width
        let count = (frames.upperBound - have) * width
        let block = group.format.block
        let skipped = first % block.samples
        let bytes = try file.bytes(
            at: group.byteOffset + first / block.samples * block.bytes,
            count: group.format.byteCount(ofSamples: skipped + count))
        group.format.unpack(bytes.span, skipping: skipped, count: count, into: &samples)
        if group.format == .differences8 { integrate(from: start) }
    }

    /// Adds differences up. Each signal has a sum of its own.
    private func integrate(from start: Int) {
        for frame in stride(from: start, to: samples.count, by: group.frameSamples) {
            for (signal, span) in spans.enumerated() {
                for index in span {
                    sums[signal] &+= samples[frame + index]
                    samples[frame + index] = sums[signal]
                }
            }
        }
    }

    /// The place of a sample, for messages.
    func place(ofSample index: Int, inFrame frame: Int, title: String) -> SourceLocation {
        let block = group.format.block
        let number = frame * group.frameSamples + index
        return SourceLocation(
            file: file.name,
            byte: group.byteOffset + number / block.samples * block.bytes, object: title)
    }
}
