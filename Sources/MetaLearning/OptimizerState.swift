package import Autodiff

/// Parameters and what an optimiser remembers of the steps before: up to two moments, empty when
/// it has none.
///
/// Also what the backward sweep carries: the derivative of the query loss by each of them.
package struct OptimizerState<Scalar: TensorScalar>: Sendable {
    /// The parameters, a flat vector.
    package var parameters: [Scalar]
    /// The first moment.
    package var first: [Scalar]
    /// The second moment.
    package var second: [Scalar]

    /// A state with moments of zero.
    ///
    /// - Parameters:
    ///   - parameters: The parameters.
    ///   - momentCount: Moments of the optimiser, 0 to 2.
    package init(parameters: [Scalar], momentCount: Int) {
        self.parameters = parameters
        first = momentCount > 0 ? Array(repeating: 0, count: parameters.count) : []
        second = momentCount > 1 ? Array(repeating: 0, count: parameters.count) : []
    }

    /// A state of nothing, to be filled later.
    package init() {
        self.init(parameters: [], momentCount: 0)
    }

    /// Sets every number to zero, in place when nobody else holds it.
    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    mutating func reset() {
        parameters = Array(repeating: 0, count: parameters.count)
        for index in first.indices { first[index] = 0 }
        for index in second.indices { second[index] = 0 }
    }

    /// Copies a block of another state.
    mutating func copy(_ block: Range<Int>, of other: Self, parameters: Bool) {
        if parameters { Self.copy(block, of: other.parameters, to: &self.parameters) }
        if !other.first.isEmpty { Self.copy(block, of: other.first, to: &first) }
        if !other.second.isEmpty { Self.copy(block, of: other.second, to: &second) }
    }

    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    private static func copy(
        _ block: Range<Int>, of source: [Scalar], to target: inout [Scalar]
    ) {
        if target.count != source.count { target = Array(repeating: 0, count: source.count) }
        let values = source.span.extracting(block)
        var whole = target.mutableSpan
        var part = whole._mutatingExtracting(block)
        for index in 0..<values.count { part[index] = values[index] }
    }
}
