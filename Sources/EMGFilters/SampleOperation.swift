internal import FFTW

/// What can be done to a sample without looking at another one.
enum SampleOperation: Sendable, Hashable {
    /// The magnitude: full-wave rectification.
    case magnitude
    /// Nothing below or above.
    case clip(low: Double, high: Double)

    /// Applies the operation to one number.
    @inline(__always)
    func callAsFunction<Number: BinaryFloatingPoint>(_ value: Number) -> Number {
        switch self {
        case .magnitude: abs(value)
        case .clip(let low, let high): min(max(value, Number(low)), Number(high))
        }
    }

    /// Applies the operation to a range of pairs.
    func apply<Number: FFTNumber>(
        _ span: inout MutableSpan<SIMD2<Number>>, _ range: Range<Int>
    ) {
        precondition(range.lowerBound >= 0 && range.upperBound <= span.count)
        switch self {
        case .magnitude:
            for index in range {
                let value = unsafe span[unchecked: index]
                unsafe span[unchecked: index] = SIMD2(abs(value.x), abs(value.y))
            }
        case .clip(let low, let high):
            let (low, high) = (Number(low), Number(high))
            for index in range {
                span[index] = span[index].clamped(
                    lowerBound: SIMD2(repeating: low), upperBound: SIMD2(repeating: high))
            }
        }
    }
}
