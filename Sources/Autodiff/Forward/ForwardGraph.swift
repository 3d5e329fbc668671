/// What a network computes from a batch of windows, for programs that run it elsewhere.
///
/// Nodes stand in an order in which they can be computed. What depends on parameters alone is a
/// constant, dropout is gone, and every extent is known for any number of windows.
package struct ForwardGraph: Sendable {
    /// An extent of a value.
    package struct Extent: Sendable, Hashable {
        /// The extent; that of one window when it grows with the batch.
        package let count: Int
        /// Whether there are `count` a window.
        package let isPerWindow: Bool

        /// Creates an extent.
        ///
        /// - Parameters:
        ///   - count: The extent; that of one window when it grows with the batch.
        ///   - isPerWindow: Whether there are so many a window.
        package init(_ count: Int, isPerWindow: Bool = false) {
            self.count = count
            self.isPerWindow = isPerWindow
        }
    }

    /// A value: an operation on earlier ones.
    package struct Node: Sendable, Hashable {
        /// What is computed.
        package let operation: ForwardOperation
        /// From which nodes.
        package let operands: [Int]
        /// Extents of the result; at most one grows with the batch.
        package let shape: [Extent]

        /// Numbers of the result for a batch of one window.
        package var count: Int { shape.reduce(1) { $0 * $1.count } }
        /// Whether there are more numbers for more windows.
        package var isPerWindow: Bool { shape.contains(where: \.isPerWindow) }
    }

    /// The operations; the first is the batch `[windows, inputWidth]`.
    package let nodes: [Node]
    /// Which node is the result, `[windows, outputs]`.
    package let output: Int
}

/// Why a network has no ``ForwardGraph``.
package enum ForwardFault: Error, Sendable, Hashable {
    /// Something else is computed for another number of windows in a batch.
    case batchSize(String)
    /// An operation that no graph has.
    case operation(String)

    /// The fault in words.
    package var reason: String {
        switch self {
        case .batchSize(let what): "\(what), so that it cannot be run on batches of any size"
        case .operation(let what): "it computes \(what), which has no form outside of training"
        }
    }
}
