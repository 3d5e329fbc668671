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

    /// The ways in which a band can be put on: turned by any of its electrodes, and mirrored, as on
    /// the other arm or with its other side to the hand.
    ///
    /// Features stand block by block, each with a number for every electrode. Those of a gap belong to
    /// an electrode and the next one: mirrored, the gap lies on the other side.
    ///
    /// - Parameters:
    ///   - channels: Electrodes round the band, at least 2.
    ///   - electrodeBlocks: Blocks of features of electrodes, which stand first.
    ///   - gapBlocks: Blocks of features of gaps.
    ///   - mirrors: Whether the band may be mirrored.
    /// - Returns: As many turns as there are channels, or twice as many.
    package static func band(
        channels: Int, electrodeBlocks: Int, gapBlocks: Int = 0, mirrors: Bool = true
    ) -> FeatureTurns {
        precondition(channels >= 2 && electrodeBlocks + gapBlocks >= 1, "a band has electrodes")
        let ways = (mirrors ? [false, true] : [false]).flatMap { mirrored in
            (0..<channels).map { (mirrored, $0) }
        }
        return FeatureTurns(
            sources: ways.map { mirrored, turn in
                let electrodes = (0..<channels).map { place in
                    (2 * channels + (mirrored ? turn - place : place - turn)) % channels
                }
                let gaps =
                    mirrored ? electrodes.map { ($0 + channels - 1) % channels } : electrodes
                return (0..<electrodeBlocks + gapBlocks).flatMap { block in
                    (block < electrodeBlocks ? electrodes : gaps).map { block * channels + $0 }
                }
            })
    }

    /// The place that each feature is taken from in a turn.
    func sources(of turn: Int, width: Int) -> [Int] {
        sources.isEmpty ? Array(0..<width) : sources[turn]
    }

    /// Turns a row, without asking for memory.
    ///
    /// - Parameters:
    ///   - row: The features.
    ///   - turn: The number of the turn, from 0.
    ///   - result: Receives as many numbers.
    func turn(_ row: Span<Double>, by turn: Int, into result: inout MutableSpan<Double>) {
        for place in result.indices {
            result[place] = row[sources.isEmpty ? place : sources[turn][place]]
        }
    }

    /// A row as it was before it was turned.
    ///
    /// - Parameters:
    ///   - row: As many features as the turns are of.
    ///   - turn: The number of the turn, from 0.
    /// - Returns: As many numbers.
    package func turnedBack(_ row: [Double], by turn: Int) -> [Double] {
        guard !sources.isEmpty else { return row }
        var result = row
        for (place, from) in sources[turn].enumerated() { result[from] = row[place] }
        return result
    }

    /// A matrix over features, turned in its rows and its columns.
    ///
    /// - Parameters:
    ///   - matrix: `[width]²`, row after row.
    ///   - turn: The number of the turn, from 0.
    ///   - width: Features of a row.
    /// - Returns: As many numbers.
    func turned(matrix: [Double], by turn: Int, width: Int) -> [Double] {
        let source = sources(of: turn, width: width)
        return source.flatMap { row in source.map { matrix[row * width + $0] } }
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
