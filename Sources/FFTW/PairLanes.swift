/// Complex signals of one length side by side, each where a ``ComplexFFTPlan`` can read it: the
/// channels of a recording, two to a signal.
@safe
package struct PairLanes<Number: FFTNumber>: ~Copyable {
    /// Complex numbers of each signal.
    package let length: Int
    /// How many signals.
    package let count: Int
    /// Numbers from one signal to the next.
    private let stride: Int
    private var numbers: AlignedBuffer<Number>

    /// Allocates zeros.
    ///
    /// - Parameters:
    ///   - length: Complex numbers of each signal, at least 1.
    ///   - count: How many signals, at least 1.
    package init(length: Int, count: Int) {
        precondition(length >= 1 && count >= 1, "\(count) signals of \(length) numbers")
        self.length = length
        self.count = count
        // Whole lines of the cache, and one more: signals a power of two apart would share its sets.
        stride = (2 * length + 15) / 16 * 16 + 16
        numbers = AlignedBuffer(count: stride * count)
    }

    /// Where a signal is.
    func pointer(_ lane: Int) -> UnsafeMutablePointer<Number> {
        precondition(lane >= 0 && lane < count, "signal \(lane) of \(count)")
        return unsafe numbers.pointer + lane * stride
    }

    /// Lends one signal for writing, real and imaginary parts in turn.
    package mutating func withLane<Result, Failure: Error>(
        _ lane: Int, _ body: (inout MutableSpan<Number>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        var span = unsafe MutableSpan(_unsafeStart: pointer(lane), count: 2 * length)
        return try body(&span)
    }

    /// Lends one signal for reading, real and imaginary parts in turn.
    package borrowing func readLane<Result, Failure: Error>(
        _ lane: Int, _ body: (Span<Number>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let span = unsafe Span(_unsafeStart: pointer(lane), count: 2 * length)
        return try body(span)
    }

    /// Lends all signals for writing: the numbers, and how many there are from one signal to the
    /// next.
    package mutating func withAll<Result, Failure: Error>(
        _ body: (inout MutableSpan<Number>, Int) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let stride = stride
        return try numbers.withNumbers { (span) throws(Failure) -> Result in
            try body(&span, stride)
        }
    }

    /// Lends all signals for reading.
    package borrowing func readAll<Result, Failure: Error>(
        _ body: (Span<Number>, Int) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let span = unsafe Span(_unsafeStart: numbers.pointer, count: numbers.count)
        return try body(span, stride)
    }
}
