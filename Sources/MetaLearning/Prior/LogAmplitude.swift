private import Foundation

/// The logarithm of amplitudes on the scale of training people: what multiplies a signal, such as
/// effort or the gain of an electrode, becomes an offset that adds up.
///
/// `log(a / s + f)`: `s` is the median over people of the amplitude (the mean over channels) that
/// nine of ten of their windows stay below, and `f` keeps silence finite.
package struct LogAmplitude: Sendable, Hashable {
    /// What amplitudes are divided by, above 0, in their unit.
    package let scale: Double
    /// What is added before the logarithm, above 0.
    package let floor: Double

    /// What is added when nothing else is said.
    package static let standardFloor = 0.02

    /// Creates the features.
    ///
    /// - Parameters:
    ///   - scale: What amplitudes are divided by, above 0.
    ///   - floor: What is added before the logarithm, above 0.
    package init(scale: Double, floor: Double = standardFloor) {
        precondition(scale > 0 && floor > 0, "a scale and a floor are above 0")
        (self.scale, self.floor) = (scale, floor)
    }

    /// Finds the scale of training people.
    ///
    /// - Parameters:
    ///   - people: The amplitudes of each person's windows, `[windows × channels]`, at least one
    ///     window each.
    ///   - channels: How many channels there are.
    ///   - floor: What is added before the logarithm, above 0.
    /// - Returns: The features; people whose signals are silent give a scale of 1.
    package static func fit(
        _ people: [[Double]], channels: Int, floor: Double = standardFloor
    ) -> LogAmplitude {
        let levels = people.map { amplitudes in
            let means = stride(from: 0, to: amplitudes.count, by: channels).map { first in
                amplitudes[first..<first + channels].reduce(0, +) / Double(channels)
            }
            return quantile(0.9, of: means)
        }
        let scale = levels.isEmpty ? 0 : quantile(0.5, of: levels)
        return LogAmplitude(scale: scale > 0 ? scale : 1, floor: floor)
    }

    /// The features of amplitudes, one for each.
    ///
    /// - Parameter amplitudes: Numbers of at least 0, in any shape.
    /// - Returns: As many numbers.
    package func callAsFunction(_ amplitudes: [Double]) -> [Double] {
        amplitudes.map { log($0 / scale + floor) }
    }

    /// The value below which a part of the values lies, linear between two of them.
    private static func quantile(_ part: Double, of values: [Double]) -> Double {
        let sorted = values.sorted()
        let place = part * Double(sorted.count - 1)
        let low = Int(place)
        let high = min(low + 1, sorted.count - 1)
        return sorted[low] + (place - Double(low)) * (sorted[high] - sorted[low])
    }
}
