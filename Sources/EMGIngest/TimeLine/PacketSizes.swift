/// How many samples came together.
package struct PacketSizes: Sendable, Hashable {
    /// The middle number.
    package var typical: Int
    /// The smallest; the ends of the recording do not count.
    package var least: Int
    /// The largest.
    package var most: Int
    /// The mean.
    package var mean: Double
}
