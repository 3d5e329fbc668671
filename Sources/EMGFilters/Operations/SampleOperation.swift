/// What can be done to a sample without looking at another one.
public enum SampleOperation: Sendable {
    /// The magnitude: full-wave rectification.
    case magnitude
    /// Nothing below or above.
    case clip(low: Double, high: Double)
    /// Any function of a sample, with what it does, for people. It is called for every sample:
    /// slower than the others.
    case function(summary: String, @Sendable (Double) -> Double)

    /// Whether it is the magnitude, which loops do on their way.
    var isMagnitude: Bool { if case .magnitude = self { true } else { false } }

    /// What it does, for people.
    var summary: String {
        switch self {
        case .magnitude: "magnitude of each sample"
        case .clip(let low, let high): "clipped to \(low.plain)...\(high.plain)"
        case .function(let summary, _): summary
        }
    }

    /// Applies the operation to a range of numbers: what it is, is looked at once for all of them.
    @inline(__always)
    func apply<Number: BinaryFloatingPoint>(
        to span: inout MutableSpan<Number>, _ range: Range<Int>
    ) {
        switch self {
        case .magnitude:
            for index in range { span[index] = abs(span[index]) }
        case .clip(let low, let high):
            let (low, high) = (Number(low), Number(high))
            for index in range { span[index] = min(max(span[index], low), high) }
        case .function(_, let function):
            for index in range { span[index] = Number(function(Double(span[index]))) }
        }
    }
}
