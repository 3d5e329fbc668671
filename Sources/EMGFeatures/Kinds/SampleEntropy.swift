package import Documents
internal import EMGSignal
private import Foundation

/// Sample entropy: `−ln(A/B)`, where B is how many pairs of patterns of `m` samples agree within
/// `r` standard deviations, and A how many of them agree at the next sample, too; counted as
/// LibEMG does.
///
/// Source: J. S. Richman, J. R. Moorman, Am. J. Physiol. 278 (2000) H2039–H2049.
package struct SampleEntropy: ScalarFeature {
    /// Samples in a pattern, from 1 to 16.
    package var m: Int
    /// Within how much patterns agree, in standard deviations of the window, above 0.
    package var r: Double

    /// Patterns of 2 samples that agree within 0.3 standard deviations.
    package init() {
        self.init(m: 2, r: 0.3)
    }

    /// Sample entropy.
    ///
    /// - Parameters:
    ///   - m: Samples in a pattern, from 1 to 16.
    ///   - r: Within how much patterns agree, in standard deviations of the window, above 0.
    package init(m: Int, r: Double) {
        self.m = m
        self.r = r
    }

    /// The short name in lists and documents.
    package static let key = "sampen"
    /// The name spelled out.
    package static let fullName = "sample entropy"
    /// What it computes.
    package static let documentation =
        "Sample entropy: −ln of the share of agreeing patterns that agree at the next sample, too."
    /// The unit of its value.
    package static let unit = FeatureUnit.none
    /// The parameters.
    package static let fields: Fields<Self> = [
        Field("m", \.m, .integer(in: 1...16), "Samples in a pattern."),
        Field(
            "r", \.r, .positive("a tolerance above 0"),
            "Within how much patterns agree, in standard deviations of the window; 0.2 or 0.3 are "
                + "usual."),
    ]

    /// The value for a window; not a number when it has no two patterns.
    package func value(of window: Span<Double>, _ shared: SharedNumbers) -> Double {
        let count = window.count
        guard count > m + 1 else { return .nan }
        let mean = window.sum / Double(count)
        var square = 0.0
        for index in 0..<count { square += (window[index] - mean) * (window[index] - mean) }
        let limit = r * (square / Double(count)).squareRoot()
        // As LibEMG counts: each pattern but the last one, against all others.
        var (short, long) = (0, 0)
        for first in 0..<count - m {
            for second in first + 1...count - m {
                var index = 0
                while index < m, abs(window[first + index] - window[second + index]) <= limit {
                    index += 1
                }
                guard index == m else { continue }
                short += second < count - m ? 2 : 1
                if second < count - m, abs(window[first + m] - window[second + m]) <= limit {
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

extension Feature where Self == SampleEntropy {
    /// Sample entropy.
    ///
    /// - Parameters:
    ///   - m: Samples in a pattern, from 1 to 16.
    ///   - r: Within how much patterns agree, in standard deviations of the window, above 0.
    /// - Returns: The feature.
    package static func sampleEntropy(m: Int = 2, r: Double = 0.3) -> SampleEntropy {
        SampleEntropy(m: m, r: r)
    }
}
