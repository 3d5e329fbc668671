private import EMGIngest
package import EMGSignal
private import Files
package import Foundation
private import PrintableText
private import Statistics

/// Recordings on a page: what they hold, how they look, and their problems.
package struct RecordingReport {
    private let title: String
    private var rows: [[String]] = [
        [
            "recording", "seconds", "rate (Hz)", "channels", "classes", "channels with findings",
        ]
    ]
    private var sections: [HTMLPage.Section] = []
    private var count = 0

    /// So many recordings are drawn; the table has all of them.
    package static let mostDrawn = 12

    /// Begins a page.
    ///
    /// - Parameter title: What the recordings are called together.
    package init(_ title: String) { self.title = title }

    /// Adds a recording.
    ///
    /// - Parameters:
    ///   - recording: The recording.
    ///   - file: Its file, as the caller named it.
    package mutating func add(_ recording: Recording, file: String) {
        count += 1
        let inspection = RecordingInspection(
            IngestOutcome(
                recording: recording,
                scaling: .identity(channelCount: recording.channels.count), warnings: []),
            file: file, format: "archive")
        rows.append(Self.row(inspection, recording))
        guard count <= Self.mostDrawn else { return }
        let (spectra, amplitudes) = (RecordingSpectra(recording), ClassAmplitudes(recording))
        let figures = [
            RecordingSignals(recording, name: "signal-\(count)").figure,
            spectra.densities(name: "spectrum-\(count)"),
            spectra.spectrogram(name: "spectrogram-\(count)"),
            amplitudes?.averages(name: "averages-\(count)"),
            amplitudes?.onsets(name: "onsets-\(count)"),
        ].compactMap(\.self)
        sections.append(
            HTMLPage.Section(
                id: "recording-\(count)", title: recording.identity.id,
                content: Self.lead(inspection, recording)
                    + HTMLText.table(Self.channels(inspection), label: "Channels")
                    + figures.map(\.html).joined()))
    }

    /// The page.
    package var html: String {
        let note =
            count > Self.mostDrawn
            ? "<p class=\"note\">The first \(Self.mostDrawn) of \(count) recordings are drawn; name "
                + "others to see them.</p>\n" : ""
        return HTMLPage(
            title: title,
            lead: "\(count, of: "recording"): signals, labels, spectra and findings as they are in "
                + "the archive.",
            sections: [
                HTMLPage.Section(
                    id: "recordings", title: "Recordings",
                    content: HTMLText.table(rows, label: "Recordings") + note)
            ] + sections, software: SoftwareVersion.text,
            source: "\(count, of: "recording")"
        ).html
    }

    /// Writes the page, whole or not at all; a file that is there is replaced.
    ///
    /// - Parameter url: The file.
    /// - Throws: An error that names the file when it cannot be written.
    package func write(to url: URL) throws { try AtomicFile.write(html, to: url) }

    // MARK: Words

    private static func row(_ inspection: RecordingInspection, _ recording: Recording) -> [String] {
        let found = inspection.channels.count {
            $0.nonFiniteSamples > 0 || $0.saturatedSamples > 0 || $0.flatSamples > 0
                || $0.mainsHum.contains(where: \.isPresent)
        }
        return [
            recording.identity.id, inspection.durationSeconds.brief, inspection.rate.hertz.brief,
            "\(inspection.channels.count)",
            NameList(inspection.labels?.classes.map(\.name) ?? [], limit: 8).description,
            "\(found)",
        ]
    }

    private static func lead(
        _ inspection: RecordingInspection, _ recording: Recording
    ) -> String {
        var parts = [
            "\(inspection.sampleCount, of: "sample") in \(inspection.durationSeconds.brief) s",
            "\(inspection.rate.hertz.brief) Hz",
        ]
        if inspection.rate.effectiveHertz < inspection.rate.hertz {
            parts.append("changing \(inspection.rate.effectiveHertz.brief) times a second")
        }
        if inspection.gaps.count > 0 { parts.append("\(inspection.gaps.count, of: "gap")") }
        if let cycles = inspection.labels?.cycles {
            parts.append("\(cycles.completeCycles, of: "complete cycle")")
        }
        let steps = recording.history.map(\.operation)
        parts.append("history: \(NameList(steps))")
        return "<p>\(HTMLText.escaped(parts.joined(separator: " · "), limit: 1_000))</p>\n"
    }

    private static func number(_ value: Double?) -> String {
        value.map(CompactNumber.text) ?? "–"
    }

    private static func channels(_ inspection: RecordingInspection) -> [[String]] {
        [["channel", "unit", "min", "max", "mean", "SD", "missing", "saturated", "flat", "hum"]]
            + inspection.channels.map { channel in
                let hum = channel.mainsHum.filter(\.isPresent).max {
                    $0.levelDecibels < $1.levelDecibels
                }
                return [
                    channel.name, channel.unit, number(channel.minimum),
                    number(channel.maximum), number(channel.mean),
                    number(channel.standardDeviation), "\(channel.nonFiniteSamples)",
                    "\(channel.saturatedSamples)", "\(channel.flatSamples)",
                    hum.map {
                        "\(Int($0.levelDecibels.rounded())) dB at \($0.frequencyHertz.brief) Hz"
                    } ?? "–",
                ]
            }
    }
}
