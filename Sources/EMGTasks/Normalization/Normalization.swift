public import EMGArchive
public import EMGSignal

/// One affine map a channel: normalized = (sample − offset) / scale.
public struct Normalization: Sendable, Hashable {
    /// What is subtracted, in the channel's unit, one a channel.
    public let offset: [Double]
    /// What is divided by, in the channel's unit, one a channel; never 0.
    public let scale: [Double]
    /// The channels that do not move on the support; their scale is 1.
    public let constantChannels: [Int]

    /// Fits a method to the support of a recording.
    ///
    /// The standard deviation is that of the population (divided by *n*). A channel that does not
    /// move on the support gets scale 1: it becomes 0 there, never a division by zero.
    ///
    /// - Parameters:
    ///   - method: How to scale.
    ///   - samples: The recording's samples.
    ///   - support: The ranges to fit on; at least one sample, all of them finite.
    public init(
        fitting method: NormalizationMethod, to samples: SampleMatrix, on support: [SampleRange]
    ) {
        let channels = samples.channelCount
        guard method != NormalizationMethod.none else {
            offset = Array(repeating: 0, count: channels)
            scale = Array(repeating: 1, count: channels)
            constantChannels = []
            return
        }
        var moments = SupportMoments(channels: channels)
        for range in support { moments.addSums(of: samples, in: range) }
        for range in support { moments.addSquares(of: samples, in: range) }
        switch method {
        case .standard:
            offset = moments.means
            scale = moments.deviations.map { $0 > 0 ? $0 : 1 }
        case .minMax, .none:
            offset = moments.least.map(Double.init)
            scale = zip(moments.least, moments.greatest).map {
                $1 > $0 ? Double($1) - Double($0) : 1
            }
        }
        constantChannels = (0..<channels).filter { moments.least[$0] == moments.greatest[$0] }
    }

    /// The normalized samples.
    ///
    /// - Parameter samples: Samples of as many channels as the map was fitted on.
    /// - Returns: Every sample mapped in double precision and rounded once.
    public func applied(to samples: SampleMatrix) -> SampleMatrix {
        let channels = samples.channelCount
        precondition(channels == offset.count, "\(channels) channels, fitted on \(offset.count)")
        let source = samples.values
        let values = [Float](capacity: source.count) { output in
            for start in stride(from: 0, to: source.count, by: channels) {
                for channel in 0..<channels {
                    let value = Double(source[start + channel])
                    output.append(Float((value - offset[channel]) / scale[channel]))
                }
            }
        }
        return SampleMatrix(values: values, channelCount: channels)
    }
}

/// Sums over the support in two passes: the mean first, then squares about it, so that a large
/// baseline costs no digits.
private struct SupportMoments {
    var count = 0
    var sums: [Double]
    var squares: [Double]
    var least: [Float]
    var greatest: [Float]

    init(channels: Int) {
        sums = Array(repeating: 0, count: channels)
        squares = Array(repeating: 0, count: channels)
        least = Array(repeating: .infinity, count: channels)
        greatest = Array(repeating: -.infinity, count: channels)
    }

    var means: [Double] { sums.map { $0 / Double(count) } }

    var deviations: [Double] {
        zip(squares, zip(least, greatest)).map { square, ends in
            ends.0 == ends.1 ? 0 : (square / Double(count)).squareRoot()
        }
    }

    mutating func addSums(of samples: SampleMatrix, in range: SampleRange) {
        count += range.count
        for sample in range.indices {
            for channel in sums.indices {
                let value = samples[sample, channel]
                sums[channel] += Double(value)
                least[channel] = min(least[channel], value)
                greatest[channel] = max(greatest[channel], value)
            }
        }
    }

    mutating func addSquares(of samples: SampleMatrix, in range: SampleRange) {
        let means = self.means
        for sample in range.indices {
            for channel in squares.indices {
                let distance = Double(samples[sample, channel]) - means[channel]
                squares[channel] += distance * distance
            }
        }
    }
}
