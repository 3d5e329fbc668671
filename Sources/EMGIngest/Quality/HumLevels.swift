internal import EMGFilters
internal import EMGSignal

/// Mains hum in the channels of a recording.
enum HumLevels {
    /// The hum at each network frequency below Nyquist, by channel; nothing for held samples,
    /// whose spectrum repeats itself and says nothing of lines.
    static func measure(
        _ samples: SampleMatrix, rate: SamplingRate, effectiveRate: SamplingRate
    ) -> [[MainsHum]] {
        let isMeasurable =
            effectiveRate == rate
            && MainsHum.networkFrequencies.contains { $0 < rate.nyquist }
        guard isMeasurable else { return Array(repeating: [], count: samples.channelCount) }
        return (0..<samples.channelCount).map {
            MainsHum.measure(samples.channel($0), samplingRate: rate)
        }
    }

    /// The channels and frequencies at which hum stands out.
    static func present(_ levels: [[MainsHum]]) -> [(channel: Int, hum: MainsHum)] {
        levels.enumerated().flatMap { channel, measured in
            measured.filter(\.isPresent).map { (channel, $0) }
        }
    }
}
