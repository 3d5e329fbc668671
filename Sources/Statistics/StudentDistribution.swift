private import Foundation

/// Student's distribution with a whole number of degrees of freedom.
package enum StudentDistribution {
    /// The probability of a value between `-t` and `t`.
    ///
    /// The finite series of Abramowitz and Stegun, "Handbook of Mathematical Functions", 26.7.3
    /// and 26.7.4.
    ///
    /// - Parameters:
    ///   - t: At least 0.
    ///   - degrees: Degrees of freedom, at least 1.
    /// - Returns: The probability.
    package static func probability(within t: Double, degrees: Int) -> Double {
        precondition(t >= 0 && degrees >= 1, "got \(t) and \(degrees) degrees of freedom")
        let angle = atan(t / Double(degrees).squareRoot())
        let (sine, cosine) = (sin(angle), cos(angle))
        let isOdd = !degrees.isMultiple(of: 2)
        var term = isOdd ? cosine : 1
        var sum = degrees == 1 ? 0 : term
        var power = isOdd ? 3 : 2
        while power <= degrees - 2 {
            term *= cosine * cosine * Double(power - 1) / Double(power)
            sum += term
            power += 2
        }
        return isOdd ? 2 / Double.pi * (angle + sine * sum) : sine * sum
    }

    /// The value that lies as far from 0 as the middle fraction of values reaches.
    ///
    /// - Parameters:
    ///   - share: Above 0 and below 1, such as 0.95.
    ///   - degrees: Degrees of freedom, at least 1.
    /// - Returns: The value, above 0.
    package static func bound(ofMiddle share: Double, degrees: Int) -> Double {
        precondition(share > 0 && share < 1, "a share lies between 0 and 1, got \(share)")
        // Halved on the angle, which unlike the value itself has an end.
        var (low, high) = (0.0, Double.pi / 2)
        let scale = Double(degrees).squareRoot()
        for _ in 0..<60 {
            let middle = (low + high) / 2
            if probability(within: scale * tan(middle), degrees: degrees) < share {
                low = middle
            } else {
                high = middle
            }
        }
        return scale * tan((low + high) / 2)
    }
}
