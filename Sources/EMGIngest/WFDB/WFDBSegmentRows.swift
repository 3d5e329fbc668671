internal import EMGSignal

/// The rows of one segment, from its signal files.
final class WFDBSegmentRows {
    /// A column of the rows: a signal of the segment.
    private struct Column {
        let signal: WFDBSignal
        let title: String
        let group: Int
        let offset: Int
    }

    private let segment: WFDBRecord.Segment
    private let part: WFDBPart
    private let missing: ReadOptions.MissingPolicy
    private let columns: [Column?]
    private let frames: [WFDBFrames]
    private let largestSkews: [Int]
    private var checksums: [UInt16]
    private var row = 0

    /// How many samples were missing.
    private(set) var missingCount = 0
    /// Signals whose first number is not the one in the header.
    private(set) var otherStarts: [String] = []

    /// Opens the signal files of a segment.
    init(
        _ segment: WFDBRecord.Segment, of record: WFDBRecord, part: WFDBPart,
        missing: ReadOptions.MissingPolicy
    ) throws(IngestError) {
        self.segment = segment
        self.part = part
        self.missing = missing
        var columns: [Column?] = []
        var used: [Int: Int] = [:]
        var frames: [WFDBFrames] = []
        var largestSkews: [Int] = []
        for master in part.signals {
            guard let number = segment.numbers[master],
                let place = segment.groups.firstIndex(where: { $0.signals.contains(number) })
            else {
                guard missing == .markAsMissing else {
                    let title = record.signals[master].title(master)
                    throw IngestError(
                        .inconsistent(
                            expected: "a signal \"\(title)\" in every segment",
                            found: "none in samples \(segment.firstFrame) to \(segment.endFrame)"),
                        at: SourceLocation(file: segment.header.file),
                        hint: IngestError.markMissingHint)
                }
                columns.append(nil)
                continue
            }
            let group = segment.groups[place]
            let signal = segment.header.signals[number]
            let index: Int
            if let known = used[place] {
                index = known
            } else {
                index = frames.count
                used[place] = index
                frames.append(try WFDBFrames(group, of: segment.header))
                largestSkews.append(0)
            }
            largestSkews[index] = max(largestSkews[index], signal.skew)
            columns.append(
                Column(
                    signal: signal, title: signal.title(number), group: index,
                    offset: group.offsets[number]))
        }
        self.columns = columns
        self.frames = frames
        self.largestSkews = largestSkews
        checksums = [UInt16](repeating: 0, count: columns.count)
    }

    /// The rows that are left.
    var rowsLeft: Int { segment.frameCount * part.samplesPerFrame - row }

    /// How many rows are read at a time: fewer where frames are large.
    var pieceRows: Int {
        let widest = frames.map(\.group.frameSamples).max() ?? 1
        return min(4_096, max(1, (1 << 20) / widest) * part.samplesPerFrame)
    }

    /// Appends the next rows.
    ///
    /// - Parameters:
    ///   - count: How many, at most ``rowsLeft`` and ``pieceRows``.
    ///   - samples: Receives them.
    /// - Throws: ``IngestError`` when bytes cannot be read, or a sample is missing and may not be.
    func take(_ count: Int, into samples: inout [Float]) throws(IngestError) {
        let perFrame = part.samplesPerFrame
        let first = row / perFrame
        let end = (row + count - 1) / perFrame + 1
        for (index, frames) in frames.enumerated() {
            try frames.load(first..<end + largestSkews[index])
        }
        let width = columns.count
        var block = [Float](repeating: .nan, count: count * width)
        for (column, source) in columns.enumerated() {
            guard let source else {
                missingCount += count
                continue
            }
            try fill(&block, column, source, count: count)
        }
        samples.append(contentsOf: block)
        row += count
    }

    private func fill(
        _ block: inout [Float], _ column: Int, _ source: Column, count: Int
    ) throws(IngestError) {
        let frames = frames[source.group]
        let width = columns.count
        let perFrame = part.samplesPerFrame
        let step = frames.group.frameSamples
        let (gain, baseline) = (source.signal.gain, Double(source.signal.baseline))
        let missingCode = source.signal.format.missing
        var sum = checksums[column]
        var frame = row / perFrame
        var inside = row % perFrame
        var index = (frame + source.signal.skew - frames.firstFrame) * step + source.offset
        let samples = frames.samples
        let numbers = samples.span
        if row == 0, source.signal.skew == 0, let initial = source.signal.initial,
            source.signal.format != .differences8, Int(numbers[index]) != initial
        {
            otherStarts.append(source.title)
        }
        for place in 0..<count {
            let number = numbers[index + inside]
            sum &+= UInt16(truncatingIfNeeded: number)
            if number == missingCode {
                guard missing == .markAsMissing else {
                    throw IngestError(
                        .missingValue(found: "\(number)"),
                        at: frames.place(
                            ofSample: source.offset + inside, inFrame: frame + source.signal.skew,
                            title: source.title),
                        hint: "the format has this number for samples that are missing; "
                            + IngestError.markMissingHint)
                }
                missingCount += 1
            } else {
                block[place * width + column] = Float((Double(number) - baseline) / gain)
            }
            inside += 1
            if inside == perFrame {
                inside = 0
                frame += 1
                index += step
            }
        }
        checksums[column] = sum
    }

    /// Signals whose sum is not the one in the header; none when not all of them was read.
    func wrongChecksums() -> [String] {
        guard rowsLeft == 0, segment.isWhole else { return [] }
        return zip(columns, checksums).compactMap { column, sum in
            // What lies before a shifted signal is part of its sum and was not read.
            guard let column, column.signal.skew == 0, let stated = column.signal.checksum,
                stated != sum
            else { return nil }
            return column.title
        }
    }
}
