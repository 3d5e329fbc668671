private import Foundation

/// How a band of electrodes looks to be put on, beside people of the training.
package enum BandPlacement: Sendable, Hashable {
    /// As theirs.
    case same
    /// Turned by about so many electrodes, at least 1.
    case turned(Int)
    /// Two channels have each other's place, by their numbers from 0.
    case swapped(Int, Int)

    /// A placement is believed when the logarithm of the labels' probabilities gains so much by it, in
    /// the mean over windows. A turn after which movements still look like themselves costs nothing,
    /// and is not told.
    private static let leastGain = 0.5
    /// What a probability counts at least: one window that looks all wrong does not decide alone.
    private static let leastProbability = 1e-6

    /// Finds the placement in which labels are likeliest to what training people's classes look like.
    ///
    /// - Parameters:
    ///   - amplitudes: `[windows × channels]`.
    ///   - labels: The class of each window.
    ///   - channelCount: Channels.
    ///   - reference: What training people's classes look like.
    package init(
        _ amplitudes: [Double], labels: [Int], channelCount: Int, by reference: ClassReference
    ) {
        func score(_ sources: [Int]) -> Double {
            var rows = amplitudes
            for first in stride(from: 0, to: rows.count, by: channelCount) {
                for channel in 0..<channelCount {
                    rows[first + channel] = amplitudes[first + sources[channel]]
                }
            }
            return zip(reference.probabilities(rows), labels).reduce(0) {
                $0 + log(max(Self.leastProbability, $1.0[$1.1])) / Double(labels.count)
            }
        }
        let straight = Array(0..<channelCount)
        var best = (placement: Self.same, score: score(straight) + Self.leastGain)
        // Two channels that are swapped are the simpler explanation where both explain as much.
        for one in straight {
            for other in one + 1..<channelCount {
                var sources = straight
                sources.swapAt(one, other)
                let score = score(sources)
                if score > best.score { best = (.swapped(one, other), score) }
            }
        }
        for turn in 1..<channelCount {
            // A channel of a band that is turned has its neighbor's signal.
            let score = score(straight.map { ($0 + turn) % channelCount })
            if score > best.score { best = (.turned(turn), score) }
        }
        self = best.placement
    }
}
