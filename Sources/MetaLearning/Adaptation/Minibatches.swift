/// Samples cut into minibatches; the last one may be smaller.
package struct Minibatches: Sendable, Hashable {
    /// How many samples there are.
    package let sampleCount: Int
    /// Samples of a minibatch, at least 1.
    package let size: Int

    /// Cuts samples.
    ///
    /// - Parameters:
    ///   - sampleCount: How many samples there are.
    ///   - size: Samples of a minibatch, at least 1.
    package init(sampleCount: Int, size: Int) {
        precondition(size >= 1, "minibatches need at least 1 sample, got \(size)")
        self.sampleCount = sampleCount
        self.size = size
    }

    /// How many minibatches there are.
    package var count: Int { (sampleCount + size - 1) / size }

    /// The samples of a minibatch.
    package subscript(index: Int) -> Range<Int> {
        index * size..<min((index + 1) * size, sampleCount)
    }

    /// What a sample weighs in the sum of the minibatches' mean losses: one over its
    /// minibatch's size.
    func weight(of sample: Int) -> Double {
        1 / Double(self[sample / size].count)
    }
}
