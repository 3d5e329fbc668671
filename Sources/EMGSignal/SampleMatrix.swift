/// The samples of a recording: single precision, row-major `[samples × channels]`.
///
/// `Float` holds every whole number up to 2²⁴, so the integers of 8- to 24-bit converters are
/// exact; filters compute in `Double`.
public struct SampleMatrix: Sendable, Hashable {
    /// The values, sample after sample, the channels of one sample next to each other.
    public var values: [Float]
    /// The number of channels, at least 1.
    public let channelCount: Int

    /// Creates a matrix.
    ///
    /// - Parameters:
    ///   - values: Row-major samples; their count is a multiple of `channelCount`.
    ///   - channelCount: At least 1.
    public init(values: [Float], channelCount: Int) {
        precondition(channelCount >= 1, "a recording has at least 1 channel, got \(channelCount)")
        precondition(
            values.count.isMultiple(of: channelCount),
            "\(values.count) values are not whole samples of \(channelCount) channels")
        self.values = values
        self.channelCount = channelCount
    }

    /// How many samples each channel has, at least 0.
    public var sampleCount: Int { values.count / channelCount }

    /// One value.
    ///
    /// - Parameters:
    ///   - sample: Below ``sampleCount``.
    ///   - channel: Below ``channelCount``.
    public subscript(sample: Int, channel: Int) -> Float {
        get { values[sample * channelCount + channel] }
        set { values[sample * channelCount + channel] = newValue }
    }

    /// One channel's samples in double precision.
    public func channel(_ index: Int) -> [Double] {
        precondition(
            (0..<channelCount).contains(index), "channel \(index) of \(channelCount) channels")
        return [Double](capacity: sampleCount) { output in
            for position in stride(from: index, to: values.count, by: channelCount) {
                output.append(Double(values[position]))
            }
        }
    }

    /// The samples of `range` only.
    public func slice(_ range: SampleRange) -> SampleMatrix {
        SampleMatrix(
            values: Array(values[range.start * channelCount..<range.end * channelCount]),
            channelCount: channelCount)
    }
}
