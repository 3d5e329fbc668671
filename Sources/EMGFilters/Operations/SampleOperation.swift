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

    /// Applies the operation to one number.
    @inline(__always)
    func callAsFunction<Number: BinaryFloatingPoint>(_ value: Number) -> Number {
        switch self {
        case .magnitude: abs(value)
        case .clip(let low, let high): min(max(value, Number(low)), Number(high))
        case .function(_, let function): Number(function(Double(value)))
        }
    }
}
