private import Foundation

/// The standard normal distribution.
package enum NormalDistribution {
    /// The probability of a value of at most `z`.
    package static func cumulative(_ z: Double) -> Double { 0.5 * erfc(-z / 2.0.squareRoot()) }
}
