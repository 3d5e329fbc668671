private import Foundation
import MetaLearning

/// Windows as a network sees them: the features of the prior channel by channel, each kind centered
/// and scaled by training people; one scale for all channels, so that the pattern over channels
/// stays.
struct NetworkInput: Sendable {
    private let features: BandFeatures
    private let means: [Double]
    private let deviations: [Double]

    /// How many features a channel has.
    static let featuresPerChannel = 4

    /// Finds center and scale.
    ///
    /// - Parameter people: Training people.
    init(_ people: TrainingPeople) {
        features = BandFeatures(of: people, hasGaps: true)
        let channels = people.channels
        var sums = [Double](repeating: 0, count: Self.featuresPerChannel)
        var squares = sums
        var count = 0.0
        for occasion in people.people.flatMap(\.occasions) {
            for (place, value) in features.rows(occasion).enumerated() {
                let kind = place / channels % Self.featuresPerChannel
                sums[kind] += value
                squares[kind] += value * value
            }
            count += Double(occasion.count * channels)
        }
        means = sums.map { $0 / max(1, count) }
        deviations = zip(squares, means).map { square, mean in
            let variance = square / max(1, count) - mean * mean
            return variance > 0 ? variance.squareRoot() : 1
        }
    }

    /// A row for each window, channel by channel.
    func rows(_ windows: PersonWindows) -> [[Float]] {
        let values = features.rows(windows)
        let (channels, kinds) = (windows.channels, Self.featuresPerChannel)
        return (0..<windows.count).map { window in
            (0..<channels).flatMap { channel in
                (0..<kinds).map { kind in
                    let value = values[(window * kinds + kind) * channels + channel]
                    return Float((value - means[kind]) / deviations[kind])
                }
            }
        }
    }

    /// Windows with their classes.
    func part(_ windows: PersonWindows) -> ArrayTask.Part {
        ArrayTask.Part(rows(windows), .classes(windows.labels.map { UInt8($0) }))
    }
}
