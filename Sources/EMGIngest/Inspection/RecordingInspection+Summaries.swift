internal import EMGSignal
internal import Spectra

extension RecordingInspection {
    /// How fast a recording was sampled.
    package struct Rate: Sendable, Hashable, Codable {
        /// The rate that is used, in hertz.
        package let hertz: Double
        /// How it is known: `declared`, or from time stamps.
        package let origin: String
        /// What the time stamps give, in hertz; `nil` without time stamps that say something.
        package let measuredHertz: Double?
        /// The standard error of that, in hertz.
        package let standardErrorHertz: Double?
        /// Distinct rows a second, in hertz: below ``hertz`` when samples are held.
        package let effectiveHertz: Double
    }

    /// One channel in numbers, over its finite samples.
    package struct ChannelSummary: Sendable, Hashable, Codable {
        /// The name.
        package let name: String
        /// The unit of the numbers below.
        package let unit: String
        /// The smallest sample; `nil` when none is finite.
        package let minimum: Double?
        /// The largest sample.
        package let maximum: Double?
        /// The mean.
        package let mean: Double?
        /// The standard deviation (with n in the denominator).
        package let standardDeviation: Double?
        /// Samples that are not finite.
        package let nonFiniteSamples: Int
        /// Samples at the end of the converter's range.
        package let saturatedSamples: Int
        /// Samples in segments without movement.
        package let flatSamples: Int
        /// Mains hum at each mains frequency below Nyquist; empty when it cannot be measured.
        package let mainsHum: [Hum]
    }

    /// Mains hum in a channel.
    package struct Hum: Sendable, Hashable, Codable {
        /// The frequency of the network in hertz.
        package let frequencyHertz: Double
        /// The amplitude of a sine of that power, in the channel's unit.
        package let amplitude: Double
        /// How far it stands out of the spectrum beside it, in decibels.
        package let levelDecibels: Double
        /// Whether that is more than chance.
        package let isPresent: Bool
    }

    /// The labels of a recording.
    package struct Labels: Sendable, Hashable, Codable {
        /// The classes in order of their numbers.
        package let classes: [Class]
        /// The segments of one class.
        package let runs: [Run]
        /// How far they follow the protocol.
        package let cycles: CueCycles?

        /// A class and its samples.
        package struct Class: Sendable, Hashable, Codable {
            /// The name.
            package let name: String
            /// How many samples have it.
            package let sampleCount: Int
        }

        /// A segment of one class, `start..<end` in samples.
        package struct Run: Sendable, Hashable, Codable {
            /// The name of the class.
            package let label: String
            /// The first sample.
            package let start: Int
            /// One past the last sample.
            package let end: Int
        }
    }

    /// A segment that is not as it should be, `start..<end` in samples.
    package struct Interval: Sendable, Hashable, Codable {
        /// What makes the samples a problem, by the name it has in an archive.
        package let kind: String
        /// The channel's name; `nil` for all channels.
        package let channel: String?
        /// The first sample.
        package let start: Int
        /// One past the last sample.
        package let end: Int
    }
}

extension RecordingHeader {
    /// What the step says that took it in; a recording of ours that is read again has steps of
    /// before.
    fileprivate var lastIngest: [String: ProcessingStep.Value]? {
        history.last { $0.operation.hasPrefix("ingest.") }?.parameters
    }

    /// The name of its part of the source; `nil` where it has none.
    var part: String? {
        if case .text(let name) = lastIngest?["part"] { name } else { nil }
    }
}

extension RecordingInspection.Rate {
    init(_ header: RecordingHeader) {
        hertz = header.samplingRate.hertz
        effectiveHertz = header.effectiveRate.hertz
        let parameters = header.lastIngest
        if case .text(let text) = parameters?["sampling_rate_from"] {
            origin = text
        } else {
            origin = "declared"
        }
        func number(_ name: String) -> Double? {
            guard case .number(let value) = parameters?[name] else { return nil }
            return value
        }
        measuredHertz = number("measured_rate_hz")
        standardErrorHertz = number("measured_rate_standard_error_hz")
    }
}

extension RecordingInspection.ChannelSummary {
    init(
        _ header: RecordingHeader, channel: Int, statistics: ChannelStatistics, hum: [MainsHum]
    ) {
        name = header.channels[channel].name
        unit = header.channels[channel].unit
        nonFiniteSamples = header.sampleCount - statistics.finiteCount
        minimum = statistics.minimum
        maximum = statistics.maximum
        mean = statistics.mean
        standardDeviation = statistics.standardDeviation
        func samples(_ kind: QualityInterval.Kind) -> Int {
            header.quality.filter {
                $0.kind == kind && ($0.channel == channel || $0.channel == nil)
            }.reduce(0) { $0 + $1.range.count }
        }
        saturatedSamples = samples(.saturation)
        flatSamples = samples(.flatLine)
        mainsHum = hum.map {
            RecordingInspection.Hum(
                frequencyHertz: $0.frequency, amplitude: $0.amplitude,
                levelDecibels: $0.level, isPresent: $0.isPresent)
        }
    }
}

extension RecordingInspection.Labels {
    init(classNames: [String], runs found: [LabelTrack.Run]) {
        var counts = [Int](repeating: 0, count: classNames.count)
        for run in found { counts[Int(run.label)] += run.range.count }
        classes = zip(classNames, counts).map { Class(name: $0, sampleCount: $1) }
        runs = found.map { run in
            Run(
                label: classNames[Int(run.label)], start: run.range.start, end: run.range.end)
        }
        cycles = classNames == CueCycles.classNames ? CueCycles(runs: found) : nil
    }
}
