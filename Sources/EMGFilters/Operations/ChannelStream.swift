/// A ``ChannelOperation`` for samples as they come. However a signal is cut into pieces, the
/// samples that come out are the same, bit for bit, as those of the whole.
public protocol ChannelStream: Sendable {
    /// All that is remembered of the past.
    var state: [Double] { get }

    /// Goes back to a saved state.
    ///
    /// - Parameter state: A state of the same operation and number of channels.
    /// - Returns: Whether it is one; nothing has changed otherwise.
    mutating func restore(_ state: [Double]) -> Bool

    /// Forgets the past: back to rest.
    mutating func reset()

    /// Works on the next samples in place, without allocating memory.
    ///
    /// - Parameter samples: Row-major `[samples × channels]`; any number of whole samples.
    mutating func process(_ samples: inout MutableSpan<Double>)
}
