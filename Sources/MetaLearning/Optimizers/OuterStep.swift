/// A step of the outer optimizer.
public struct OuterStep: Sendable, Hashable {
    /// α, the learning rate of this step, above 0.
    public let learningRate: Double
    /// Steps that were taken so far, this one counted.
    public let count: Int
}
