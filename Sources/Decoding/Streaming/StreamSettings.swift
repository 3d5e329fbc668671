/// How a stream becomes the input of a bundle, and how long it is decoded.
package struct StreamSettings: Sendable, Hashable {
    /// How channels are found.
    package var mapping = ChannelMapping.inOrder
    /// The numbers of the stream's channels for each of the bundle's, from 0; `nil` to go by
    /// ``mapping``.
    package var channels: [Int]?
    /// How long is waited for a stream that is not there at the beginning, in seconds.
    package var patienceSeconds = 30.0
    /// How long is decoded, in seconds; `nil` without an end.
    package var seconds: Double?

    /// Creates settings: the stream's own channels, without an end.
    package init() {}
}
