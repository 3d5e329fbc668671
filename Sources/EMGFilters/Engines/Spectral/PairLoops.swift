internal import FFTW

/// Copies of pairs of samples on their way from filter to filter.
enum PairLoops {
    /// Copies pairs plus a constant.
    ///
    /// - Parameters:
    ///   - source: Real and imaginary parts in turn.
    ///   - start: The first pair.
    ///   - count: How many pairs.
    ///   - target: Where they go.
    ///   - position: Where the first pair goes.
    ///   - constant: What is added to each.
    ///   - operations: What is done to each number of the sum.
    static func copy<Number: SpectralNumber>(
        _ source: Span<Number>, from start: Int, count: Int, to target: inout MutableSpan<Number>,
        at position: Int, adding constant: SIMD2<Number> = .zero,
        operations: [SampleOperation] = []
    ) {
        precondition(
            start >= 0 && count >= 0 && 2 * (start + count) <= source.count && position >= 0
                && 2 * (position + count) <= target.count,
            "\(count) pairs from \(start) of \(source.count / 2) to \(position) of "
                + "\(target.count / 2)")
        let isMagnitude = operations.first?.isMagnitude == true
        unsafe source.withUnsafeBufferPointer { source in
            unsafe target.withUnsafeMutableBufferPointer { target in
                guard count > 0, let from = source.baseAddress, let to = target.baseAddress else {
                    return
                }
                unsafe Number.add(
                    from + 2 * start, to + 2 * position, count, constant, isMagnitude)
            }
        }
        apply(operations.dropFirst(isMagnitude ? 1 : 0), to: &target, position..<position + count)
    }

    /// Adds a constant to the first pairs, in place.
    static func add<Number: SpectralNumber>(
        _ constant: SIMD2<Number>, to target: inout MutableSpan<Number>, count: Int,
        operations: [SampleOperation]
    ) {
        precondition(count >= 0 && 2 * count <= target.count)
        let isMagnitude = operations.first?.isMagnitude == true
        unsafe target.withUnsafeMutableBufferPointer { target in
            guard count > 0, let target = target.baseAddress else { return }
            unsafe Number.add(target, target, count, constant, isMagnitude)
        }
        apply(operations.dropFirst(isMagnitude ? 1 : 0), to: &target, 0..<count)
    }

    /// Moves pairs to the front.
    static func shift<Number: SpectralNumber>(
        _ numbers: inout MutableSpan<Number>, from start: Int, count: Int
    ) {
        precondition(start >= 0 && count >= 0 && 2 * (start + count) <= numbers.count)
        unsafe numbers.withUnsafeMutableBufferPointer { numbers in
            guard let base = numbers.baseAddress else { return }
            unsafe base.update(from: base + 2 * start, count: 2 * count)
        }
    }

    /// Makes pairs zero.
    static func clear<Number: SpectralNumber>(
        _ numbers: inout MutableSpan<Number>, _ pairs: Range<Int>
    ) {
        precondition(pairs.lowerBound >= 0 && 2 * pairs.upperBound <= numbers.count)
        unsafe numbers.withUnsafeMutableBufferPointer { numbers in
            guard let base = numbers.baseAddress else { return }
            unsafe UnsafeMutableRawPointer(base + 2 * pairs.lowerBound).initializeMemory(
                as: UInt8.self, repeating: 0, count: 2 * pairs.count * MemoryLayout<Number>.stride)
        }
    }

    private static func apply<Number: SpectralNumber>(
        _ operations: ArraySlice<SampleOperation>, to target: inout MutableSpan<Number>,
        _ pairs: Range<Int>
    ) {
        for operation in operations {
            operation.apply(to: &target, 2 * pairs.lowerBound..<2 * pairs.upperBound)
        }
    }

    /// The mean of pairs.
    static func mean<Number: SpectralNumber>(
        _ source: Span<Number>, count: Int
    ) -> SIMD2<Number> {
        var sum = SIMD2<Double>.zero
        for index in 0..<count {
            sum += SIMD2(Double(source[2 * index]), Double(source[2 * index + 1]))
        }
        sum /= Double(max(1, count))
        return SIMD2(Number(sum.x), Number(sum.y))
    }
}
