/// The rows of a recording that may be larger than memory: read in ranges, as often as needed.
package protocol RecordingRows {
    /// What reading throws.
    associatedtype Failure: Error

    /// The number of rows.
    var sampleCount: Int { get }

    /// Replaces the contents of a block with a range of rows.
    ///
    /// - Parameters:
    ///   - range: Rows within ``sampleCount``.
    ///   - block: Receives samples, and labels and time stamps when the recording has them.
    /// - Throws: What makes the rows unreadable.
    func read(_ range: SampleRange, into block: inout RowBlock) throws(Failure)
}

extension RecordingRows {
    /// The rows one after another, in blocks of a size that fits a cache.
    ///
    /// - Parameters:
    ///   - rows: The most rows a block has, at least 1.
    ///   - body: Called for each block with the number of its first row.
    /// - Throws: What makes the rows unreadable.
    package func forEachBlock(
        of rows: Int, _ body: (_ start: Int, borrowing RowBlock) throws(Failure) -> Void
    ) throws(Failure) {
        var block = RowBlock()
        var start = 0
        while start < sampleCount {
            let end = min(start + rows, sampleCount)
            try read(SampleRange(start: start, end: end), into: &block)
            try body(start, block)
            start = end
        }
    }
}

extension Recording: RecordingRows {
    package func read(_ range: SampleRange, into block: inout RowBlock) {
        let width = samples.channelCount
        block.removeAll()
        block.samples.append(contentsOf: samples.values[range.start * width..<range.end * width])
        if let labels { block.labels.append(contentsOf: labels.values[range.indices]) }
        if let timeStamps { block.timeStamps.append(contentsOf: timeStamps[range.indices]) }
        if !targets.isEmpty { block.targets += targets.rows(range.indices) }
    }
}
