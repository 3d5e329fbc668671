/// Sine, cosine and exponential from additions, multiplications and divisions only.
///
/// IEEE 754 fixes the result of those to the last bit, but not that of a platform's `sin` or
/// `exp`; what ends up in a generated file must be the same everywhere. Errors are below 1e-14,
/// far more than a signal of whole numbers needs.
package enum ExactMath {
    /// π, rounded.
    package static let pi = 3.141592653589793

    /// The sine of an angle in radians, of at most a few thousand turns.
    package static func sin(_ angle: Double) -> Double {
        let turns = (angle / (2 * pi)).rounded()
        var rest = angle - turns * (2 * pi)
        // Fold into ±π/2, where the series converges fast.
        if rest > pi / 2 { rest = pi - rest }
        if rest < -pi / 2 { rest = -pi - rest }
        let square = rest * rest
        var term = rest
        var sum = rest
        for order in stride(from: 2.0, through: 22, by: 2) {
            term = -term * square / (order * (order + 1))
            sum += term
        }
        return sum
    }

    /// The cosine of an angle in radians.
    package static func cos(_ angle: Double) -> Double { sin(angle + pi / 2) }

    /// The exponential of a number between -50 and 50.
    package static func exp(_ exponent: Double) -> Double {
        // e^x = (e^(x/256))^256, the inner one by its series.
        let small = exponent / 256
        var term = 1.0
        var sum = 1.0
        for order in 1...12 {
            term = term * small / Double(order)
            sum += term
        }
        for _ in 0..<8 { sum *= sum }
        return sum
    }
}
