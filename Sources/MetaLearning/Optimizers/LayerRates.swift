/// Learned rates of gradient descent, one for each parameter tensor and step (Antoniou, Edwards and
/// Storkey, "How to train your MAML", 2019).
public struct LayerRates: Sendable, Hashable {
    /// What all rates start from, above 0.
    public let start: Double
    /// Steps with rates of their own, at least 1; later steps take the last one's.
    public let stepCount: Int
    /// Where each tensor of the model begins in the flat vector; empty until the model is known.
    private(set) var layers: [Int] = []

    /// Creates rates.
    ///
    /// - Parameters:
    ///   - start: What all start from, above 0.
    ///   - stepCount: Steps with rates of their own, at least 1.
    public init(start: Double, stepCount: Int) {
        precondition(start > 0 && stepCount >= 1, "a rate is above 0, and there is a step")
        (self.start, self.stepCount) = (start, stepCount)
    }

    /// The rates of a model.
    func placed(on layout: ParameterLayout) -> Self {
        var result = self
        result.layers = layout.entries.map(\.range.lowerBound)
        return result
    }

    /// The place of the rate of a block, which lies in one tensor, at a step.
    func place(of block: Range<Int>, step: Int) -> Int {
        var (low, high) = (0, layers.count)
        while high - low > 1 {
            let middle = (low + high) / 2
            if layers[middle] <= block.lowerBound { low = middle } else { high = middle }
        }
        return low * stepCount + min(step, stepCount - 1)
    }
}
