/// The way from a recording's samples back to the raw ADC counts of its source, exactly:
/// `sample = scale · number + offset`, for each channel.
public struct ADCScaling: Sendable, Hashable {
    /// One scale a channel, finite and not 0.
    public let scale: [Double]
    /// One offset a channel, finite.
    public let offset: [Double]

    /// Creates a scaling.
    ///
    /// - Parameters:
    ///   - scale: One factor a channel, finite and not 0.
    ///   - offset: One offset a channel, finite.
    public init(scale: [Double], offset: [Double]) {
        precondition(
            scale.count == offset.count, "\(scale.count) scales for \(offset.count) offsets")
        self.scale = scale
        self.offset = offset
    }

    /// Samples that are the numbers of the source themselves: scale 1, offset 0.
    ///
    /// - Parameter channelCount: How many channels.
    /// - Returns: The scaling.
    public static func identity(channelCount: Int) -> ADCScaling {
        ADCScaling(
            scale: [Double](repeating: 1, count: channelCount),
            offset: [Double](repeating: 0, count: channelCount))
    }
}
