public import Autodiff

/// Parameters and what an optimizer remembers of the steps before: up to two moments, empty when
/// it has none. Learned rates stand beside them: no step changes those.
///
/// Also what the backward sweep carries: the derivative of the query loss by each of them.
public struct OptimizerState<Scalar: TensorScalar>: Sendable {
    /// The parameters, a flat vector.
    public var parameters: [Scalar]
    /// The first moment.
    public var first: [Scalar]
    /// The second moment.
    public var second: [Scalar]
    /// The learned rates, of each parameter or of each tensor and step; empty when none are learned.
    var rates: [Scalar] = []

    /// A state with moments of zero.
    ///
    /// - Parameters:
    ///   - parameters: The parameters.
    ///   - momentCount: Moments of the optimizer, 0 to 2.
    public init(parameters: [Scalar], momentCount: Int) {
        self.parameters = parameters
        first = momentCount > 0 ? Array(repeating: 0, count: parameters.count) : []
        second = momentCount > 1 ? Array(repeating: 0, count: parameters.count) : []
    }

    /// A state of nothing, to be filled later.
    public init() {
        self.init(parameters: [], momentCount: 0)
    }

    /// Sets every number to zero, in place when nobody else holds it.
    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    mutating func reset() {
        parameters = Array(repeating: 0, count: parameters.count)
        for index in first.indices { first[index] = 0 }
        for index in second.indices { second[index] = 0 }
        for index in rates.indices { rates[index] = 0 }
    }

    /// Makes room for a state like another one, with its rates; what it holds is not looked at.
    mutating func resize(like other: Self) {
        Self.resize(&parameters, other.parameters.count)
        Self.resize(&first, other.first.count)
        Self.resize(&second, other.second.count)
        rates = other.rates
    }

    /// Takes over what another state holds, into the memory that is there.
    mutating func copy(_ other: Self) {
        for index in other.parameters.indices { parameters[index] = other.parameters[index] }
        for index in other.first.indices { first[index] = other.first[index] }
        for index in other.second.indices { second[index] = other.second[index] }
    }

    private static func resize(_ values: inout [Scalar], _ count: Int) {
        if values.count != count { values = Array(repeating: 0, count: count) }
    }
}
