private import Foundation

/// How an operation is computed, and about how much work that is.
public struct OperationWork: Sendable, Hashable {
    /// How it is computed, for people.
    package let method: String
    /// Additions and multiplications for each sample.
    package let operationsPerSample: Double

    /// Creates a count.
    ///
    /// - Parameters:
    ///   - method: How it is computed, for people.
    ///   - operationsPerSample: Additions and multiplications for each sample.
    public init(_ method: String, operationsPerSample: Double) {
        self.method = method
        self.operationsPerSample = operationsPerSample
    }

    /// A transform of a whole segment and back.
    static func wholeTransforms(sampleCount: Int) -> OperationWork {
        OperationWork(
            "transforms of whole segments",
            operationsPerSample: 10 * log2(Double(sampleCount) + 1) + 6)
    }
}
