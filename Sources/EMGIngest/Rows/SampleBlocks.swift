package import EMGSignal

/// Samples that are read in ranges, as often as needed: from memory or from a file.
package protocol SampleBlocks {
    /// What reading throws.
    associatedtype Failure: Error

    /// How many samples each channel has, at least 0.
    var sampleCount: Int { get }
    /// The number of channels.
    var channelCount: Int { get }

    /// Replaces the contents of a buffer with the samples of a range.
    ///
    /// - Parameters:
    ///   - range: Within the samples.
    ///   - buffer: Receives them, row-major.
    /// - Throws: What makes them unreadable.
    func readSamples(_ range: SampleRange, into buffer: inout [Float]) throws(Failure)
}

extension SampleBlocks {
    /// About how many values are looked at together: what fits a second-level cache.
    private static var blockValues: Int { 1 << 15 }

    /// The samples one block after another.
    ///
    /// - Parameter body: Called with the number of a block's first sample and its values.
    /// - Throws: What makes samples unreadable.
    package func forEachBlock(
        _ body: (_ start: Int, _ values: borrowing Span<Float>) -> Void
    ) throws(Failure) {
        let rows = max(1, Self.blockValues / channelCount)
        var buffer: [Float] = []
        var start = 0
        while start < sampleCount {
            let end = min(start + rows, sampleCount)
            try readSamples(SampleRange(start: start, end: end), into: &buffer)
            body(start, buffer.span)
            start = end
        }
    }
}

extension SampleMatrix: SampleBlocks {
    package func readSamples(_ range: SampleRange, into buffer: inout [Float]) {
        buffer.removeAll(keepingCapacity: true)
        buffer.append(contentsOf: values[range.start * channelCount..<range.end * channelCount])
    }
}

/// Time stamps that are read in ranges, as often as needed.
package protocol TimeBlocks {
    /// What reading throws.
    associatedtype Failure: Error

    /// The number of time stamps.
    var count: Int { get }

    /// Replaces the contents of a buffer with the time stamps of a range.
    ///
    /// - Parameters:
    ///   - range: Within the time stamps.
    ///   - buffer: Receives them, in seconds.
    /// - Throws: What makes them unreadable.
    func readTimes(_ range: SampleRange, into buffer: inout [Double]) throws(Failure)
}

extension [Double]: TimeBlocks {
    package func readTimes(_ range: SampleRange, into buffer: inout [Double]) {
        buffer.removeAll(keepingCapacity: true)
        buffer.append(contentsOf: self[range.indices])
    }
}
