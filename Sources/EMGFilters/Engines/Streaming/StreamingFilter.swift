/// A causal filter that takes a signal in pieces and carries its state from one to the next.
///
/// The law every conforming type keeps: however a signal is cut into pieces, the samples that
/// come out are the same, bit for bit.
public protocol StreamingFilter: Sendable {
    /// All that the filter remembers of the past.
    associatedtype State: Sendable, Hashable, Codable

    /// How many channels the samples have.
    var channelCount: Int { get }

    /// What the filter remembers now; save it to go on later or elsewhere.
    var state: State { get }

    /// Goes back to a saved state.
    ///
    /// - Parameter state: A state of a filter of the same design and number of channels.
    /// - Throws: ``FilterError`` when it is of another one.
    mutating func restore(_ state: State) throws(FilterError)

    /// Forgets the past: back to rest, as if only zeros had come before.
    mutating func reset()

    /// Filters the next samples in place.
    ///
    /// - Parameter samples: Row-major `[samples × channels]`; any number of whole samples.
    mutating func process(_ samples: inout MutableSpan<Double>)
}

extension StreamingFilter {
    /// Filters the next samples in place.
    ///
    /// - Parameter samples: Row-major `[samples × channels]`; any number of whole samples.
    public mutating func process(_ samples: inout [Double]) {
        var span = samples.mutableSpan
        process(&span)
    }
}
