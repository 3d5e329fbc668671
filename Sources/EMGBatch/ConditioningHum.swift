internal import EMGFilters
internal import EMGSignal
private import Foundation
private import Parallel
import PrintableText
internal import Spectra

/// What the detector of mains hum finds in a recording before anything is removed.
package struct ConditioningHum: Sendable, Hashable, CustomStringConvertible {
    /// A line of hum.
    package struct Line: Sendable, Hashable {
        /// The network's frequency in hertz.
        package let frequency: Double
        /// In how many channels it stands out.
        package let channelCount: Int
        /// The largest amplitude in any channel, in signal units.
        package let amplitude: Double
        /// How far it stands out where it does most, in decibels.
        package let level: Double
        /// Whether a stage of the pipeline takes it out.
        package let isRemoved: Bool
    }

    /// The recording's id.
    package let recording: String
    /// The recording's channels.
    package let channelCount: Int
    /// The unit of amplitudes: that of the first channel.
    package let unit: String
    /// The lines that stand out, the strongest first; `nil` when the recording cannot tell,
    /// because it is too short or its samples are held.
    package let lines: [Line]?
    /// The mains frequencies that stages of the pipeline take out, in hertz.
    package let removed: [Double]

    init(
        _ recording: Recording, pipeline: ConditioningPipeline, threads: Int
    ) {
        self.recording = recording.identity.id
        channelCount = recording.channels.count
        unit = recording.channels.first?.unit ?? ""
        removed = pipeline.mainsFrequencies
        let rate = recording.samplingRate
        guard recording.effectiveRate == rate,
            MainsHum.mainsFrequencies.contains(where: { $0 < rate.nyquist }),
            rate.seconds(ofSamples: recording.sampleCount) >= MainsHum.shortestSeconds
        else {
            lines = nil
            return
        }
        let samples = recording.samples
        let measured = concurrentMap(count: channelCount, threads: threads) { channel in
            MainsHum.measure(samples.channel(channel), samplingRate: rate)
        }
        let removed = removed
        lines = MainsHum.mainsFrequencies.compactMap { frequency -> Line? in
            let present = measured.joined().filter { $0.frequency == frequency && $0.isPresent }
            guard let level = present.map(\.level).max(),
                let amplitude = present.map(\.amplitude).max()
            else { return nil }
            return Line(
                frequency: frequency, channelCount: present.count, amplitude: amplitude,
                level: level, isRemoved: removed.contains { abs($0 - frequency) <= 1 })
        }.sorted { $0.level > $1.level }
    }

    /// Whether hum stands out.
    package var isPresent: Bool { lines?.isEmpty == false }

    /// Whether hum stands out that no stage takes out.
    package var isLeft: Bool { lines?.contains { !$0.isRemoved } == true }

    /// The finding in a line for people.
    package var description: String {
        guard let lines else {
            return
                "\(recording): whether there is mains hum cannot be determined (too short, or samples "
                + "that are held)"
        }
        guard !lines.isEmpty else {
            return "\(recording): no mains hum stands out at 50 or 60 Hz"
        }
        let texts = lines.map { line -> String in
            let amplitude = String(format: "%.3g", line.amplitude)
            let level = String(format: "%.0f", line.level)
            var text = "mains hum at \(Int(line.frequency)) Hz in \(line.channelCount) of "
            text += "\(channelCount, of: "channel"), up to \(amplitude) \(unit) "
            text += "(\(level) dB above what lies beside it), "
            if line.isRemoved { return text + "which the pipeline takes out" }
            let others = removed.map { String(format: "%.6g Hz", $0) }.joined(separator: " and ")
            return text
                + (removed.isEmpty
                    ? "which the pipeline leaves in" : "but the pipeline takes out \(others)")
        }
        return "\(recording): \(texts.joined(separator: "; "))"
    }
}
