internal import EMGSignal
private import PrintableText

/// The mean of squares or magnitudes over a window that moves along a signal, and for squares its
/// root: moving RMS and average rectified value (ARV).
struct MovingWindow: Sendable, Hashable {
    /// What is averaged.
    enum Quantity: Sendable, Hashable {
        case rootMeanSquare
        case averageRectified
    }

    /// What lies beyond the ends.
    enum Boundary: Sendable, Hashable {
        /// Nothing: windows are shorter there.
        case truncated
        /// Zeros, which count.
        case zero
    }

    let quantity: Quantity
    /// Samples in a window, at least 1.
    let length: Int
    let alignment: WindowAlignment
    var boundary = Boundary.truncated

    /// The quantity of a sample that is averaged.
    @inline(__always)
    func term(_ sample: Double) -> Double {
        switch quantity {
        case .rootMeanSquare: sample * sample
        case .averageRectified: abs(sample)
        }
    }

    /// The result of a mean.
    @inline(__always)
    func result(_ mean: Double) -> Double {
        switch quantity {
        case .rootMeanSquare: mean.squareRoot()
        case .averageRectified: mean
        }
    }

    /// Replaces a signal by its moving average.
    ///
    /// Sums of blocks from their ends and from their starts: every window is the end of one block
    /// and the start of the next. There are only additions of numbers that are not negative, so a
    /// quiet segment after a loud one keeps all its digits.
    func apply(_ samples: inout MutableSpan<Double>) {
        let count = samples.count
        let behind = alignment == .causal ? length - 1 : length / 2
        let ahead = length - 1 - behind
        var terms = [Double](repeating: 0, count: count)
        for index in 0..<count { terms[index] = term(samples[index]) }
        var starts = terms
        var ends = terms
        for index in 1..<max(1, count) where !index.isMultiple(of: length) {
            starts[index] += starts[index - 1]
        }
        for index in stride(from: count - 2, through: 0, by: -1)
        where !(index + 1).isMultiple(of: length) {
            ends[index] += ends[index + 1]
        }
        for index in 0..<count {
            let first = max(0, index - behind)
            let last = min(count - 1, index + ahead)
            let isOneBlock = first / length == last / length
            let sum =
                isOneBlock
                ? first.isMultiple(of: length) ? starts[last] : ends[first]
                : ends[first] + starts[last]
            let divisor = boundary == .zero ? length : last - first + 1
            samples[index] = result(sum / Double(divisor))
        }
    }
}

extension MovingWindow: SegmentOperation {
    var summary: String {
        (quantity == .rootMeanSquare ? "root mean square" : "mean magnitude")
            + " of \(length, of: "sample"), \(alignment.rawValue)"
    }

    var edgeTransient: Int { alignment == .causal ? length - 1 : length / 2 }

    func work(sampleCount: Int) -> OperationWork {
        OperationWork("running sums", operationsPerSample: 6)
    }

    func apply(toSegment segment: inout MutableSpan<Double>, fitRanges: [SampleRange]) {
        apply(&segment)
    }

    func makeStream(channels: Range<Int>) -> (any ChannelStream)? {
        alignment == .causal
            ? MovingWindowStream(self, channelCount: channels.count) : nil
    }
}

extension MovingWindow {
    /// The window of a length in seconds, as a stage's design.
    static func design(
        _ quantity: Quantity, seconds: Double, for input: StageInput
    ) throws(FilterError) -> StageDesign {
        let samples = (seconds * input.samplingRate.hertz).rounded()
        guard samples >= 1, samples <= Double(FIRDesign.longest) else {
            throw FilterError(
                .unusableParameter(
                    name: "a window in samples", expected: "from 1 to \(FIRDesign.longest)",
                    found: samples),
                hint: "50 to 200 ms are usual")
        }
        let window = MovingWindow(
            quantity: quantity, length: Int(samples), alignment: input.alignment)
        return StageDesign(
            [.channel(window)],
            parameters: [
                "window_samples": .integer(window.length),
                "alignment": .text(window.alignment.rawValue),
            ])
    }
}
