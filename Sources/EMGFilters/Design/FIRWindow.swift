private import Foundation

/// The window that a windowed-sinc filter is shaped with.
public enum FIRWindow: Sendable, Hashable {
    /// 53 dB in the stop band.
    case hamming
    /// 44 dB, falling off faster.
    case hann
    /// 74 dB.
    case blackman
    /// As the parameter says; 5 gives 50 dB, 8.6 gives 90 dB.
    case kaiser(beta: Double)

    /// The name in reports and documents.
    package var name: String {
        switch self {
        case .hamming: "hamming"
        case .hann: "hann"
        case .blackman: "blackman"
        case .kaiser(let beta): "kaiser \(beta.plain)"
        }
    }

    /// The length in samples times the width of the transition in hertz over the sampling rate, as
    /// MNE's automatic rules have it; `nil` where they have no rule.
    var lengthFactor: Double? {
        switch self {
        case .hamming: 3.3
        case .hann: 3.1
        case .blackman: 5.0
        case .kaiser: nil
        }
    }

    /// The symmetric window.
    ///
    /// - Parameter length: At least 1.
    /// - Returns: `length` weights, at most 1.
    package func weights(length: Int) -> [Double] {
        precondition(length >= 1, "a window has at least 1 sample, got \(length)")
        guard length > 1 else { return [1] }
        let last = Double(length - 1)
        return (0..<length).map { index in
            let phase = 2 * Double.pi * Double(index) / last
            switch self {
            case .hamming: return 0.54 - 0.46 * cos(phase)
            case .hann: return 0.5 - 0.5 * cos(phase)
            case .blackman: return 0.42 - 0.5 * cos(phase) + 0.08 * cos(2 * phase)
            case .kaiser(let beta):
                let position = 2 * Double(index) / last - 1
                return Self.bessel(beta * max(0, 1 - position * position).squareRoot())
                    / Self.bessel(beta)
            }
        }
    }

    /// The modified Bessel function of the first kind and order 0, by its power series, whose
    /// terms are all positive.
    private static func bessel(_ x: Double) -> Double {
        let quarter = x * x / 4
        var term = 1.0
        var sum = 1.0
        var index = 1.0
        while term > sum * 1e-17 {
            term *= quarter / (index * index)
            sum += term
            index += 1
        }
        return sum
    }
}
