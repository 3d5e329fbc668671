/// The ways in which a person's features may lie turned: permutations of a row, of which the first
/// leaves it as it is.
///
/// A band of electrodes round a limb that is put on turned by one electrode gives each channel the
/// signal of its neighbor.
package struct FeatureTurns: Sendable, Hashable {
    /// For each turn the place that each feature is taken from; empty when nothing is turned.
    private let sources: [[Int]]

    /// Features stay where they are.
    package static let none = FeatureTurns(sources: [])

    /// The turns of a ring of channels.
    ///
    /// - Parameters:
    ///   - channels: Channels on the ring, at least 2, neighbors next to each other.
    ///   - perChannel: Features that each channel has, side by side.
    /// - Returns: As many turns as there are channels.
    package static func ring(channels: Int, perChannel: Int = 1) -> FeatureTurns {
        precondition(channels >= 2 && perChannel >= 1, "a ring has two channels at least")
        return FeatureTurns(
            sources: (0..<channels).map { turn in
                (0..<channels * perChannel).map { place in
                    let channel = (place / perChannel + channels - turn) % channels
                    return channel * perChannel + place % perChannel
                }
            })
    }

    /// How many turns there are, at least 1.
    package var count: Int { max(1, sources.count) }

    /// A row, or several of one width one after the other, turned.
    ///
    /// - Parameters:
    ///   - rows: `[rows × features]`.
    ///   - turn: The number of the turn, from 0.
    /// - Returns: As many numbers.
    package func turned(_ rows: [Double], by turn: Int) -> [Double] {
        guard turn > 0, !sources.isEmpty else { return rows }
        let source = sources[turn]
        var result = rows
        for first in stride(from: 0, to: rows.count, by: source.count) {
            for (place, from) in source.enumerated() { result[first + place] = rows[first + from] }
        }
        return result
    }
}
