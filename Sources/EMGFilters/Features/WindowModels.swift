private import CSections
private import FFTW
private import Foundation

/// The power of windows by frequency, as LibEMG has it: zeros up to the next power of two, no
/// window function, the bins from 0 up to but not including Nyquist.
final class WindowSpectrum {
    /// What is taken from a spectrum.
    struct Power {
        let mean: Double
        let meanFrequency: Double
        let medianFrequency: Double
    }

    private let plan: RealFFTPlan
    private var workspace: RealFFTPlan.Workspace
    /// The power of each bin.
    private var bins: [Double]

    init(_ window: Int) {
        var length = 1
        while length < window { length *= 2 }
        plan = .shared(length: length)
        workspace = plan.makeWorkspace()
        bins = Array(repeating: 0, count: length / 2)
    }

    func power(_ values: Span<Double>, rate: Double) -> Power {
        let (count, length) = (values.count, plan.length)
        workspace.withSignal { signal in
            for index in 0..<count { signal[index] = values[index] }
            for index in count..<max(count, length) { signal[index] = 0 }
        }
        plan.forward(&workspace)
        let half = length / 2
        let resolution = rate / Double(length)
        var (total, weighted) = (0.0, 0.0)
        workspace.withSpectrum { spectrum in
            precondition(2 * half <= spectrum.count && half == bins.count)
            unsafe spectrum.withUnsafeMutableBufferPointer { spectrum in
                unsafe bins.withUnsafeMutableBufferPointer { bins in
                    guard let spectrum = spectrum.baseAddress, let bins = bins.baseAddress else {
                        return
                    }
                    unsafe power_sums(
                        spectrum, half, 1 / (Double(count) * Double(count)), bins, &total,
                        &weighted)
                }
            }
        }
        var (sum, median) = (0.0, 0)
        for bin in 0..<half {
            sum += bins[bin]
            median = bin
            if sum >= total / 2 { break }
        }
        return Power(
            mean: total / Double(half), meanFrequency: weighted / total * resolution,
            medianFrequency: Double(median) * resolution)
    }
}

/// An autoregressive model by Burg's method (J. P. Burg, thesis, Stanford 1975).
final class BurgModel {
    private let order: Int
    private var forward: [Double]
    private var backward: [Double]

    /// Prepares for windows of a length.
    ///
    /// - Parameters:
    ///   - window: Samples in a window, at least 2.
    ///   - order: The highest order that is asked for.
    init(window: Int, order: Int) {
        self.order = min(order, window - 1)
        forward = Array(repeating: 0, count: window - 1)
        backward = forward
    }

    /// The reflection coefficients, which hold the models of all lower orders too.
    func reflections(_ values: Span<Double>) -> [Double] {
        precondition(values.count == forward.count + 1)
        let order = order
        return unsafe forward.withUnsafeMutableBufferPointer { forward in
            unsafe backward.withUnsafeMutableBufferPointer { backward in
                guard let ahead = forward.baseAddress, let behind = backward.baseAddress else {
                    return []
                }
                var count = min(forward.count, backward.count)
                for index in 0..<count {
                    unsafe ahead[index] = values[unchecked: index &+ 1]
                    unsafe behind[index] = values[unchecked: index]
                }
                var result: [Double] = []
                result.reserveCapacity(order)
                var (product, energy) = (0.0, 0.0)
                unsafe burg_sums(ahead, behind, count, &product, &energy)
                for index in 0..<order {
                    let reflection = energy > 0 ? -2 * product / energy : 0
                    result.append(reflection)
                    guard index + 1 < order else { break }
                    unsafe burg_step(ahead, behind, count, reflection, &product, &energy)
                    count -= 1
                }
                return result
            }
        }
    }

    /// The coefficients a₁ … of the polynomial, missing ones 0.
    static func coefficients(_ reflections: [Double], order: Int) -> [Double] {
        var result: [Double] = []
        for reflection in reflections.prefix(order) {
            let last = result
            for index in result.indices {
                result[index] += reflection * last[last.count - 1 - index]
            }
            result.append(reflection)
        }
        return result + Array(repeating: 0, count: max(0, order - result.count))
    }

    /// LibEMG's cepstral coefficients, counted from 0: cₚ = -aₚ - Σ (1 - l/p)·aₚ·c₍ₚ₋ₗ₎ over
    /// 0 < l < p.
    static func cepstrum(_ coefficients: [Double]) -> [Double] {
        var result: [Double] = []
        for (index, value) in coefficients.enumerated() {
            var sum = 0.0
            for lag in stride(from: 1, to: index, by: 1) {
                sum += value * result[index - lag] * (1 - Double(lag) / Double(index))
            }
            result.append(-value - sum)
        }
        return result
    }
}

/// Sample entropy (J. S. Richman, J. R. Moorman, Am. J. Physiol. 278 (2000) H2039–H2049).
struct SampleEntropy {
    let m: Int
    /// In standard deviations of the window.
    let tolerance: Double

    func compute(_ values: Span<Double>) -> Double {
        let count = values.count
        guard count > m + 1 else { return .nan }
        let mean = values.sum / Double(count)
        var square = 0.0
        for index in 0..<count { square += (values[index] - mean) * (values[index] - mean) }
        let limit = tolerance * (square / Double(count)).squareRoot()
        // As LibEMG counts: each pattern but the last one, against all others.
        var (short, long) = (0, 0)
        for first in 0..<count - m {
            for second in first + 1...count - m {
                var index = 0
                while index < m, abs(values[first + index] - values[second + index]) <= limit {
                    index += 1
                }
                guard index == m else { continue }
                short += second < count - m ? 2 : 1
                if second < count - m, abs(values[first + m] - values[second + m]) <= limit {
                    long += second < count - m - 1 ? 2 : 1
                }
            }
        }
        let others = Double(count - m - 1)
        let shortShare = Double(short) / Double(count - m) / others
        let longShare = Double(long) / others / others
        // The smallest step next to 1 keeps windows without a match finite.
        return log((shortShare + .ulpOfOne) / (longShare + .ulpOfOne))
    }
}
