/// How a band of electrodes looks to be put on, beside people of the training.
package enum BandPlacement: Sendable, Hashable {
    /// As theirs.
    case same
    /// Turned by so many electrodes, at least 1.
    case turned(Int)
    /// Two channels have each other's place, by their numbers from 0.
    case swapped(Int, Int)

    /// A placement is believed when the mean probability of the labels gains so much by it.
    private static let leastGain = 0.15

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
        func share(_ sources: [Int]) -> Double {
            var rows = amplitudes
            for first in stride(from: 0, to: rows.count, by: channelCount) {
                for channel in 0..<channelCount {
                    rows[first + channel] = amplitudes[first + sources[channel]]
                }
            }
            return zip(reference.probabilities(rows), labels).reduce(0) {
                $0 + $1.0[$1.1] / Double(labels.count)
            }
        }
        let straight = Array(0..<channelCount)
        var best = (placement: Self.same, share: share(straight) + Self.leastGain)
        // Two channels that are swapped are the simpler explanation where both explain as much.
        for one in straight {
            for other in one + 1..<channelCount {
                var sources = straight
                sources.swapAt(one, other)
                let share = share(sources)
                if share > best.share { best = (.swapped(one, other), share) }
            }
        }
        for turn in 1..<channelCount {
            // A channel of a band that is turned has its neighbor's signal.
            let share = share(straight.map { ($0 + turn) % channelCount })
            if share > best.share { best = (.turned(turn), share) }
        }
        self = best.placement
    }
}
