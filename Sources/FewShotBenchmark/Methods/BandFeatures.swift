private import Foundation
import MetaLearning

/// The features by which the prior sees windows, block by block with a number for each channel: the
/// logarithm and the square root of amplitude, the logarithm of steps over amplitude (how fast the
/// signal is), and how far neighboring electrodes go together (Fisher's z of their correlation).
struct BandFeatures: Sendable {
    /// What amplitudes are divided by, in their unit.
    let scale: Double
    let channels: Int
    /// Whether channels are a ring: otherwise nothing is turned.
    let isRing: Bool
    /// Whether neighboring channels are compared; the last one's next is the first.
    let hasGaps: Bool

    /// What is added to amplitudes on that scale, so that silence has a logarithm.
    private static let floor = 0.02
    /// What square roots are multiplied by, so that they scatter as the logarithms do.
    private static let rootWeight = 5.0
    /// Correlations beyond are taken for this one.
    private static let largestCorrelation = 0.95

    /// Finds the scale of training people: the median over people of the amplitude that nine of ten
    /// of their windows stay below.
    ///
    /// - Parameters:
    ///   - people: Training people.
    ///   - hasGaps: Whether neighboring channels are compared; those of a ring when `nil`.
    init(of people: TrainingPeople, hasGaps: Bool? = nil) {
        scale =
            LogAmplitude.fit(
                people.people.compactMap { $0.occasions.first?.amplitudes },
                channels: people.channels
            ).scale
        channels = people.channels
        isRing = people.isRing
        self.hasGaps = hasGaps ?? people.isRing
    }

    /// Features of a window.
    var width: Int { (hasGaps ? 4 : 3) * channels }

    /// How features may lie turned.
    var turns: FeatureTurns {
        isRing
            ? .band(channels: channels, electrodeBlocks: 3, gapBlocks: hasGaps ? 1 : 0) : .none
    }

    /// The features of windows, `[windows × width]`.
    func rows(_ windows: PersonWindows) -> [Double] {
        var result: [Double] = []
        result.reserveCapacity(windows.count * width)
        for window in 0..<windows.count {
            let own = windows.channelWindows[window * channels..<(window + 1) * channels]
            result += own.map { log($0.amplitude / scale + Self.floor) }
            result += own.map { Self.rootWeight * ($0.amplitude / scale).squareRoot() }
            result += own.map {
                log(($0.step / scale + Self.floor) / ($0.amplitude / scale + Self.floor))
            }
            guard hasGaps else { continue }
            result += own.indices.map { place in
                let next = place + 1 == own.endIndex ? own.startIndex : place + 1
                let deviations =
                    (own[place].deviation / scale + Self.floor)
                    * (own[next].deviation / scale + Self.floor)
                let correlation = own[place].covariance / (scale * scale) / deviations
                return atanh(
                    min(Self.largestCorrelation, max(-Self.largestCorrelation, correlation)))
            }
        }
        return result
    }

    /// The holds of windows with their features.
    func repetitions(_ windows: PersonWindows) -> [Repetition] {
        let rows = rows(windows)
        return windows.windowsOfHolds.map { range in
            Repetition(
                label: windows.labels[range.lowerBound],
                rows: Array(rows[range.lowerBound * width..<range.upperBound * width]), width: width
            )
        }
    }
}
