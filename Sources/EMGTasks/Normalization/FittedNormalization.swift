package import EMGSignal

/// One affine map a channel, fitted on the support: normalized = (sample − offset) / scale.
package struct FittedNormalization: Sendable, Hashable {
    /// What is subtracted, in the channel's unit, one a channel.
    package let offset: [Double]
    /// What is divided by, in the channel's unit, one a channel; never 0.
    package let scale: [Double]
    /// The channels that do not move on the support.
    package let constantChannels: [Int]

    /// Fits a rule to the support of a recording.
    ///
    /// - Parameters:
    ///   - rule: How to scale.
    ///   - samples: The recording's samples.
    ///   - support: The ranges to fit on; at least one sample, all of them finite.
    package init(
        fitting rule: any NormalizationRule, to samples: SampleMatrix, on support: [SampleRange]
    ) {
        let count = samples.channelCount
        guard rule.isFitted else {
            offset = Array(repeating: 0, count: count)
            scale = Array(repeating: 1, count: count)
            constantChannels = []
            return
        }
        let channels = SupportChannel.all(of: samples, in: support)
        let maps = channels.map { rule.map(of: $0) }
        offset = maps.map(\.offset)
        scale = maps.map { $0.scale > 0 ? $0.scale : 1 }
        constantChannels = channels.indices.filter {
            channels[$0].least == channels[$0].greatest
        }
    }

    /// The normalized samples.
    ///
    /// - Parameter samples: Samples of as many channels as the map was fitted on.
    /// - Returns: Every sample mapped in double precision and rounded once.
    package func applied(to samples: SampleMatrix) -> SampleMatrix {
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
