import EMGArchive
import EMGBatch
import EMGFilters
import EMGSignal
import Figures
import Foundation
import Spectra

/// What `myotask filter --plot` draws: the frequency response, and a recording before and after.
struct FilterPlot {
    /// How many channels are drawn before and after.
    private static let mostChannels = 4

    let pipeline: ConditioningPipeline
    let archive: RecordingArchive
    /// Which recording; `nil` for the first.
    let recording: String?
    let threads: Int

    func figure() throws -> Figure {
        var designer = try ConditioningDesigner(
            archive: archive, pipeline: pipeline, threads: threads)
        let (before, design) = try recording(by: &designer)
        let after = try design.apply(to: before, threads: threads)
        let response = ResponsePanels(chain: design.chain)
        let signals = SignalPanels(before: before, after: after, chain: design.chain)
        var panels = response.panels + signals.overview
        for channel in before.channels.indices.prefix(Self.mostChannels) {
            panels += signals.panels(channel: channel)
        }
        let stages = pipeline.stages.map(\.key).joined(separator: ", ")
        let left = before.channels.count - Self.mostChannels
        let note = left > 0 ? " (\(Self.mostChannels) of \(before.channels.count) channels)" : ""
        let rows = panels.count / 2
        return Figure(
            title: "\(stages): \(before.identity.id)\(note)",
            size: FigureSize(width: 880, height: 60 + 165 * Double(rows)), columns: 2,
            panels: panels)
    }

    /// The recording that was asked for, or else the first that the pipeline fits.
    private func recording(
        by designer: inout ConditioningDesigner
    ) throws -> (Recording, ConditioningDesigner.Design) {
        guard let recording else {
            var failure: any Error = FilterError(
                .contradiction("no recording was found to draw"), hint: "check the archive's path")
            for (index, entry) in designer.entries.enumerated() {
                do {
                    let recording = try designer.read(entry)
                    return (recording, try designer.design(for: recording))
                } catch {
                    if index == 0 { failure = error }
                }
            }
            throw failure
        }
        let entries = designer.entries
        if let entry = entries.first(where: { $0.id == recording }) {
            let recording = try designer.read(entry)
            return (recording, try designer.design(for: recording))
        }
        let known = entries.prefix(6).map { $0.id.debugDescription }.joined(separator: ", ")
        throw FilterError(
            .contradiction("the archive has no recording \(recording.debugDescription) to draw"),
            hint: "name one as patient/session/condition[-run]: the archive begins with \(known)")
    }
}

/// Magnitude and delay of the filters over frequency.
private struct ResponsePanels {
    let chain: ConditioningChain

    /// Below it nothing is drawn, in decibels.
    private static let floor = -100.0

    var panels: [Panel] {
        let responses = chain.responses
        guard !responses.isEmpty else { return [] }
        var magnitude: [Mark] = [
            .reference(ReferenceLine(.horizontal, at: -3, label: "−3 dB"))
        ]
        var delay: [Mark] = []
        for (index, response) in responses.enumerated() {
            let frequencies = self.frequencies(response)
            let gains = frequencies.map { response.magnitude(atHertz: $0) }
            let name = response.stages.joined(separator: " + ")
            magnitude.append(
                .curve(
                    Curve(
                        name, x: frequencies,
                        y: gains.map { max(Self.floor - 10, 20 * log10(max($0, 1e-12))) },
                        color: .series(index))))
            // What is stopped anyway may come as late as it likes.
            delay.append(
                .curve(
                    Curve(
                        name, x: frequencies,
                        y: zip(frequencies, gains).map { frequency, gain in
                            gain < 0.01 ? .nan : 1_000 * response.groupDelay(atHertz: frequency)
                        }, color: .series(index))))
        }
        let nyquist = responses.map(\.samplingRate.nyquist).max() ?? 1
        let lowest = responses.map(Self.lowest).min() ?? nyquist / 1_000
        let x = Axis("frequency", unit: "Hz", scale: .logarithmic, range: lowest...nyquist)
        let isCausal = chain.pipeline.phase == .causal
        return [
            Panel(
                title: "Magnitude after all passes", x: x,
                y: Axis("magnitude", unit: "dB", range: Self.floor...5), marks: magnitude,
                showsLegend: true),
            Panel(
                title: isCausal
                    ? "Group delay" : "Group delay: none (\(chain.pipeline.phase.rawValue) phase)",
                x: x, y: Axis("delay", unit: "ms", range: isCausal ? nil : -1...1), marks: delay),
        ]
    }

    /// The lowest frequency that tells something.
    private static func lowest(_ response: ChainResponse) -> Double {
        min(response.samplingRate.nyquist / 1_000, (response.cutoffs.first ?? .infinity) / 10)
    }

    /// Where the response is computed: evenly by logarithm, and closely around cut-offs and notches.
    private func frequencies(_ response: ChainResponse) -> [Double] {
        let nyquist = response.samplingRate.nyquist
        let lowest = Self.lowest(response)
        let count = 500
        var result = (0...count).map { step in
            lowest * pow(nyquist / lowest, Double(step) / Double(count))
        }
        for cutoff in response.cutoffs.prefix(200) {
            for step in -30...30 { result.append(cutoff * (1 + Double(step) / 500)) }
        }
        return result.filter { $0 > 0 && $0 <= nyquist }.sorted()
    }
}

/// A recording before and after.
private struct SignalPanels {
    let before: Recording
    let after: Recording
    let chain: ConditioningChain

    /// The spectrum over all channels, and a second of the first one.
    var overview: [Panel] {
        let unit = before.channels.first?.unit ?? ""
        let spectra = [("before", before, SeriesColor.muted), ("after", after, .series(0))].map {
            name, recording, color -> Mark in
            let spectrum = Self.spectrum(recording)
            return .curve(
                Curve(name, x: spectrum.frequencies, y: spectrum.decibels, color: color))
        }
        return [
            Panel(
                title: "Power (dB re 1 \(unit)²/Hz), mean of channels",
                x: Axis("frequency", unit: "Hz", scale: .logarithmic),
                y: Axis("density", unit: "dB"), marks: spectra),
            Panel(
                title: "A second of \(before.channels.first?.name ?? "")",
                x: Axis("time", unit: "s"), y: Axis("amplitude", unit: unit), marks: excerpt),
        ]
    }

    /// The mean of the channels' spectra in decibels; without numbers where there is no power.
    private static func spectrum(
        _ recording: Recording
    ) -> (frequencies: [Double], decibels: [Double]) {
        let rate = recording.samplingRate
        var sum: [Double] = []
        var frequencies: [Double] = []
        for channel in recording.channels.indices {
            let spectrum = PowerSpectrum.welch(
                recording.samples.channel(channel), samplingRate: rate,
                segmentLength: max(1, rate.samples(inSeconds: 1)))
            guard spectrum.segmentCount > 0 else { continue }
            if sum.isEmpty {
                (sum, frequencies) = (spectrum.density, spectrum.frequencies)
            } else {
                for (bin, density) in spectrum.density.enumerated() { sum[bin] += density }
            }
        }
        let count = Double(max(1, recording.channels.count))
        // 150 dB below the peak there are but rounding errors.
        let floor = 1e-15 * (sum.max() ?? 0)
        return (
            frequencies, sum.map { $0 > floor ? 10 * log10($0 / count) : .nan }
        )
    }

    /// The second of the first channel, before and after, in which most happens.
    private var excerpt: [Mark] {
        let samples = before.samples.channel(0)
        let length = max(1, before.samplingRate.samples(inSeconds: 1))
        var best = (start: 0, energy: -1.0)
        for start in stride(from: 0, to: max(1, samples.count - length + 1), by: max(1, length)) {
            let part = samples[start..<min(start + length, samples.count)]
            let mean = part.reduce(0, +) / Double(max(1, part.count))
            let energy = part.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
            if energy > best.energy { best = (start, energy) }
        }
        let start = before.samplingRate.seconds(ofSamples: best.start)
        return [("before", before, SeriesColor.muted), ("after", after, .series(0))].compactMap {
            name, recording, color -> Mark? in
            let all = recording.samples.channel(0)
            let rate = recording.samplingRate
            let first = min(all.count, rate.samples(inSeconds: start))
            let last = min(all.count, first + max(1, rate.samples(inSeconds: 1)))
            guard first < last else { return nil }
            return .curve(
                Curve(
                    name, start: rate.seconds(ofSamples: first), step: 1 / rate.hertz,
                    samples: Array(all[first..<last]), color: color))
        }
    }

    /// A channel before and after.
    func panels(channel: Int) -> [Panel] {
        let name = before.channels[channel].name
        return [
            panel("\(name), before", of: before, channel: channel, color: .muted, bands: flaws),
            panel(
                "\(name), after", of: after, channel: channel, color: .series(0),
                bands: flaws + edges),
        ]
    }

    private func panel(
        _ title: String, of recording: Recording, channel: Int, color: SeriesColor,
        bands: [Bands.Band]
    ) -> Panel {
        Panel(
            title: title, x: Axis("time", unit: "s"),
            y: Axis("amplitude", unit: recording.channels[channel].unit),
            marks: [
                .bands(Bands(bands)),
                .curve(
                    Curve(
                        start: 0, step: 1 / recording.samplingRate.hertz,
                        samples: recording.samples.channel(channel), color: color)),
            ])
    }

    /// Where nothing was filtered.
    private var flaws: [Bands.Band] {
        before.quality.filter { $0.kind == .gap || $0.kind == .nonFinite }.prefix(500).map {
            Bands.Band(
                from: before.samplingRate.seconds(ofSamples: $0.range.start),
                to: before.samplingRate.seconds(ofSamples: $0.range.end), label: $0.kind.name,
                style: .neutral)
        }
    }

    /// What is not to be trusted near the ends of segments.
    private var edges: [Bands.Band] {
        let edge = chain.edgeTransient
        guard edge > 0 else { return [] }
        let isCausal = chain.pipeline.phase == .causal
        return before.segments.prefix(200).flatMap { segment -> [Bands.Band] in
            let first = (segment.start, min(segment.end, segment.start + edge))
            let last = (max(segment.start, segment.end - edge), segment.end)
            return (isCausal ? [first] : [first, last]).map { start, end in
                Bands.Band(
                    from: before.samplingRate.seconds(ofSamples: start),
                    to: before.samplingRate.seconds(ofSamples: end),
                    label: "edge, not to be trusted", style: .flawed)
            }
        }
    }
}
