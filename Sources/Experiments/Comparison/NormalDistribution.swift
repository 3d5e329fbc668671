private import Foundation

/// The standard normal distribution.
enum NormalDistribution {
    /// The probability of a value of at most `z`.
    static func cumulative(_ z: Double) -> Double { 0.5 * erfc(-z / 2.0.squareRoot()) }

    /// The value that a share of values does not exceed: Acklam's approximation, made exact to
    /// the last digits by one step of Halley's method.
    ///
    /// - Parameter share: Above 0 and below 1.
    /// - Returns: The value.
    static func quantile(_ share: Double) -> Double {
        precondition(share > 0 && share < 1, "a quantile's share is between 0 and 1, got \(share)")
        let low = 0.024_25
        let z: Double
        if share < low {
            z = tail((-2 * log(share)).squareRoot())
        } else if share > 1 - low {
            z = -tail((-2 * log(1 - share)).squareRoot())
        } else {
            let q = share - 0.5
            let r = q * q
            let top = [
                -3.969_683_028_665_376e1, 2.209_460_984_245_205e2, -2.759_285_104_469_687e2,
                1.383_577_518_672_69e2, -3.066_479_806_614_716e1, 2.506_628_277_459_239,
            ]
            let bottom = [
                -5.447_609_879_822_406e1, 1.615_858_368_580_409e2, -1.556_989_798_598_866e2,
                6.680_131_188_771_972e1, -1.328_068_155_288_572e1, 1,
            ]
            z = polynomial(top, r) * q / polynomial(bottom, r)
        }
        let error = cumulative(z) - share
        let step = error * (2 * Double.pi).squareRoot() * exp(z * z / 2)
        return z - step / (1 + z * step / 2)
    }

    private static func tail(_ q: Double) -> Double {
        let top = [
            -7.784_894_002_430_293e-3, -3.223_964_580_411_365e-1, -2.400_758_277_161_838,
            -2.549_732_539_343_734, 4.374_664_141_464_968, 2.938_163_982_698_783,
        ]
        let bottom = [
            7.784_695_709_041_462e-3, 3.224_671_290_700_398e-1, 2.445_134_137_142_996,
            3.754_408_661_907_416, 1,
        ]
        return polynomial(top, q) / polynomial(bottom, q)
    }

    /// The polynomial of coefficients, the highest power first.
    private static func polynomial(_ coefficients: [Double], _ x: Double) -> Double {
        coefficients.reduce(0) { $0 * x + $1 }
    }
}
