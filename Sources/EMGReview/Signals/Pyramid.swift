/// The least and the greatest value of every channel in buckets of several sizes: what a picture
/// of a long recording is drawn from.
///
/// Blocks of samples may be filled in any order; what is not yet known is left out of the answers.
package struct Pyramid: Sendable {
    /// How many samples a bucket of each level has; each divides the next and ``blockSamples``.
    package static let bucketSamples = [32, 256, 2_048]
    /// How many samples are filled in at once.
    package static let blockSamples = 16_384

    /// How many samples the recording has.
    package let sampleCount: Int
    /// How many channels it has.
    package let channelCount: Int
    /// For each level, bucket after bucket, for each channel the least and the greatest value: not
    /// a number where none of the samples is finite or known.
    private var levels: [[Float]]
    private var isFilled: [Bool]
    /// How many blocks are known.
    package private(set) var filledCount = 0

    /// Creates a pyramid of which nothing is known.
    package init(sampleCount: Int, channelCount: Int) {
        precondition(sampleCount >= 0 && channelCount >= 1, "\(sampleCount) × \(channelCount)")
        self.sampleCount = sampleCount
        self.channelCount = channelCount
        levels = Self.bucketSamples.map { size in
            [Float](
                repeating: .nan, count: (sampleCount + size - 1) / size * channelCount * 2)
        }
        isFilled = [Bool](
            repeating: false,
            count: (sampleCount + Self.blockSamples - 1) / Self.blockSamples)
    }

    /// How many blocks there are.
    package var blockCount: Int { isFilled.count }

    /// The part of all blocks that is known, 0 to 1.
    package var completeness: Double {
        blockCount == 0 ? 1 : Double(filledCount) / Double(blockCount)
    }

    /// The order in which a first picture of everything comes soonest: every eighth block, then
    /// those between.
    package static func order(blockCount: Int) -> [Int] {
        [0, 4, 2, 6, 1, 5, 3, 7].flatMap { stride(from: $0, to: blockCount, by: 8) }
    }

    /// The samples of a block.
    package func samples(ofBlock block: Int) -> Range<Int> {
        let start = block * Self.blockSamples
        return start..<min(start + Self.blockSamples, sampleCount)
    }

    /// The values of one block at all levels, computed outside of any lock.
    package struct Block: Sendable {
        /// The block's number.
        package let index: Int
        fileprivate let levels: [[Float]]

        /// Computes the values of a block.
        ///
        /// - Parameters:
        ///   - index: The block's number.
        ///   - samples: Its samples, row-major.
        ///   - channelCount: How many channels.
        package init(_ index: Int, samples: [Float], channelCount: Int) {
            self.index = index
            var levels: [[Float]] = []
            for (level, size) in Pyramid.bucketSamples.enumerated() {
                if level == 0 {
                    levels.append(
                        Extremes.ofSamples(
                            samples.span, channelCount: channelCount, bucket: size))
                } else {
                    let finer = levels[level - 1]
                    levels.append(
                        Extremes.ofPairs(
                            finer.span, channelCount: channelCount,
                            bucket: size / Pyramid.bucketSamples[level - 1]))
                }
            }
            self.levels = levels
        }
    }

    /// Takes a block in.
    package mutating func fill(_ block: Block) {
        for (level, size) in Self.bucketSamples.enumerated() {
            let values = block.levels[level]
            let start = block.index * (Self.blockSamples / size) * channelCount * 2
            levels[level].replaceSubrange(start..<start + values.count, with: values)
        }
        if !isFilled[block.index] { filledCount += 1 }
        isFilled[block.index] = true
    }

    /// The least and greatest values of a level, `[buckets × channels × 2]`.
    package func level(_ index: Int) -> [Float] { levels[index] }

    /// The coarsest level whose buckets are at most half a column wide; `nil` when columns are too
    /// narrow for any.
    package static func level(forSpan span: Double) -> Int? {
        bucketSamples.lastIndex { Double(2 * $0) <= span }
    }

    /// The least and greatest value in each of a row of columns.
    ///
    /// - Parameters:
    ///   - start: The first sample.
    ///   - span: How many samples a column has, at least twice ``bucketSamples``' first.
    ///   - columns: How many columns.
    /// - Returns: `[channels × columns × 2]`.
    package func columns(from start: Double, span: Double, count columns: Int) -> [Float] {
        guard let level = Self.level(forSpan: span) else {
            preconditionFailure("columns of \(span) samples need the samples themselves")
        }
        let size = Double(Self.bucketSamples[level])
        let bucketCount = levels[level].count / (2 * channelCount)
        var result = [Float](repeating: .nan, count: channelCount * columns * 2)
        let values = levels[level]
        for column in 0..<columns {
            let low = start + Double(column) * span
            let first = min(max(0, Int((low / size).rounded(.down))), bucketCount)
            let last = min(max(first, Int(((low + span) / size).rounded(.up))), bucketCount)
            for channel in 0..<channelCount {
                var least = Float.nan
                var greatest = Float.nan
                for bucket in first..<last {
                    let place = (bucket * channelCount + channel) * 2
                    least = Float.minimum(least, values[place])
                    greatest = Float.maximum(greatest, values[place + 1])
                }
                let place = (channel * columns + column) * 2
                result[place] = least
                result[place + 1] = greatest
            }
        }
        return result
    }
}
