internal import EMGSignal
internal import Spectra

/// Mains hum in the channels of a recording.
enum HumLevels {
    /// The hum at each mains frequency below Nyquist, by channel; nothing for held samples,
    /// whose spectrum repeats itself and says nothing of lines.
    static func measure<Samples: SampleBlocks>(
        _ samples: Samples, rate: SamplingRate, effectiveRate: SamplingRate
    ) throws(Samples.Failure) -> [[MainsHum]] {
        let width = samples.channelCount
        let isMeasurable =
            effectiveRate == rate
            && MainsHum.mainsFrequencies.contains { $0 < rate.nyquist }
            && rate.seconds(ofSamples: samples.sampleCount) >= MainsHum.shortestSeconds
        guard isMeasurable else { return Array(repeating: [], count: width) }
        let length = min(MainsHum.segmentLength(at: rate), samples.sampleCount)
        var averages = Array(
            repeating: WelchAverage(samplingRate: rate, segmentLength: length), count: width)
        var buffer: [Float] = []
        var channel = [Double](repeating: 0, count: length)
        var start = 0
        while start + length <= samples.sampleCount {
            try samples.readSamples(SampleRange(start: start, end: start + length), into: &buffer)
            for index in 0..<width {
                for row in 0..<length { channel[row] = Double(buffer[row * width + index]) }
                averages[index].add(channel)
            }
            start += max(1, length - length / 2)
        }
        return averages.map { MainsHum.measure($0.spectrum, samplingRate: rate) }
    }

    /// The channels and frequencies at which hum stands out.
    static func present(_ levels: [[MainsHum]]) -> [(channel: Int, hum: MainsHum)] {
        levels.enumerated().flatMap { channel, measured in
            measured.filter(\.isPresent).map { (channel, $0) }
        }
    }
}
