package import EMGSignal

/// What a source says of its stream; what it does not say is `nil`.
package struct StreamDescription: Sendable, Hashable {
    /// Channels of a sample.
    package var channelCount: Int
    /// Their names in order.
    package var names: [String]?
    /// Their units in order, in this package's spelling.
    package var units: [String]?
    /// Samples a second.
    package var samplingRate: SamplingRate?
    /// How many samples there are, when the stream has an end.
    package var sampleCount: Int?

    /// Describes a stream.
    ///
    /// - Parameters:
    ///   - channelCount: Channels of a sample, at least 1.
    ///   - names: Their names in order.
    ///   - units: Their units in order.
    ///   - samplingRate: Samples a second.
    ///   - sampleCount: How many samples there are.
    package init(
        channelCount: Int, names: [String]? = nil, units: [String]? = nil,
        samplingRate: SamplingRate? = nil, sampleCount: Int? = nil
    ) {
        precondition(
            names?.count ?? channelCount == channelCount
                && units?.count ?? channelCount == channelCount,
            "a name and a unit for each of \(channelCount) channels")
        self.channelCount = channelCount
        self.names = names
        self.units = units
        self.samplingRate = samplingRate
        self.sampleCount = sampleCount
    }
}
