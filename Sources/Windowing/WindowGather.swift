private import CVectorKernels

/// Copies windows out of a signal: the only copy on their way to a model or a table.
package struct WindowGather: Sendable, Hashable {
    /// The order of a window's numbers.
    package enum Order: Sendable, Hashable {
        /// Number `t * channelCount + c`, as the signal lies.
        case timeMajor
        /// Number `c * windowLength + t`.
        case channelMajor
    }

    private let channelCount: Int
    private let windowLength: Int
    private let order: Order

    /// Describes windows.
    ///
    /// - Parameters:
    ///   - channelCount: Channels of the signal, at least 1.
    ///   - windowLength: Samples of a window, at least 1.
    ///   - order: The order of a window's numbers.
    package init(channelCount: Int, windowLength: Int, order: Order) {
        precondition(
            channelCount >= 1 && windowLength >= 1,
            "windows of \(windowLength) samples of \(channelCount) channels")
        self.channelCount = channelCount
        self.windowLength = windowLength
        self.order = order
    }

    /// Numbers in a window.
    package var width: Int { channelCount * windowLength }

    /// Copies one window.
    ///
    /// - Parameters:
    ///   - start: Its first sample; the window lies inside the signal.
    ///   - signal: Row-major `[samples × channels]`.
    ///   - row: Receives it: ``width`` numbers.
    @specialized(where Number == Float)
    @specialized(where Number == Double)
    package func copy<Number: BinaryFloatingPoint>(
        _ start: Int, of signal: Span<Float>, into row: inout MutableSpan<Number>
    ) {
        precondition(row.count == width, "expected room for \(width) numbers, got \(row.count)")
        let first = start * channelCount
        let window = signal.extracting(first..<first + width)
        switch order {
        case .timeMajor:
            for index in 0..<window.count { row[index] = Number(window[index]) }
        case .channelMajor: transpose(window, into: &row)
        }
    }

    @inline(__always)
    private func transpose<Number: BinaryFloatingPoint>(
        _ window: Span<Float>, into row: inout MutableSpan<Number>
    ) {
        guard Number.self == Float.self else {
            for channel in 0..<channelCount {
                for sample in 0..<windowLength {
                    row[channel * windowLength + sample] = Number(
                        window[sample * channelCount + channel])
                }
            }
            return
        }
        // Safe: both have the numbers of one window, and `Number` is `Float`.
        unsafe window.withUnsafeBufferPointer { window in
            unsafe row.withUnsafeMutableBufferPointer { row in
                guard let from = window.baseAddress, let row = row.baseAddress else { return }
                let to = unsafe UnsafeMutableRawPointer(row).assumingMemoryBound(to: Float.self)
                unsafe myotask_transpose_float(to, from, 1, windowLength, channelCount, 0)
            }
        }
    }
}
