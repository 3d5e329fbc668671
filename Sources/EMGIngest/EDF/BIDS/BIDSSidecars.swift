internal import EMGFormats
internal import EMGSignal
internal import Foundation

/// What the side files of a recording in a BIDS data set say.
struct BIDSSidecars: Sendable {
    /// The files.
    let folder: BIDSFolder
    /// What is said of the channels; `nil` when nothing is.
    let channels: BIDSChannels?
    /// What is said of the whole.
    let description: BIDSDescription

    /// Reads the side files of a recording; `nil` when it has no name of such a data set.
    init?(of url: URL) throws(IngestError) {
        guard let name = BIDSName.recording(url) else { return nil }
        folder = try BIDSFolder(of: url, name: name)
        if let table = folder.channels {
            channels = try BIDSChannels(table)
        } else {
            channels = nil
        }
        description = try BIDSDescription(folder.descriptions)
    }

    /// What a signal is, by the table of channels.
    func kind(of signal: EDFSignal) -> ChannelKind? {
        guard let type = channels?[signal.label]?.type else { return nil }
        return type == BIDS.channelType.emg ? .emg : .other
    }

    /// Whole-length intervals for the channels that the table calls bad, and what is odd in it.
    func notes(
        on part: EDFPart, channels own: [Channel], of header: EDFHeader, hertz: Double,
        sampleCount: Int
    ) -> (quality: [QualityInterval], warnings: [IngestWarning]) {
        var quality: [QualityInterval] = []
        var warnings: [IngestWarning] = []
        if let rate = description.rate, abs(rate.hertz - hertz) > 1e-4 * hertz {
            warnings.append(
                IngestWarning(
                    .rateDisagreement, at: rate.location,
                    message: "SamplingFrequency is \(rate.hertz.brief) Hz, the file's header says "
                        + "\(hertz.brief) Hz: the header counts"))
        }
        guard let channels else { return (quality, warnings) }
        warnings += channels.warnings
        for (index, signal) in part.signals.enumerated() {
            guard let row = channels[signal.label] else {
                warnings.append(
                    IngestWarning(
                        .headerFault, at: SourceLocation(file: channels.file, line: 1),
                        message: "there is no row for the channel \"\(signal.label)\""))
                continue
            }
            if row.isBad {
                quality.append(
                    QualityInterval(
                        range: SampleRange(start: 0, end: sampleCount), channel: index,
                        kind: .markedBad))
                warnings.append(
                    IngestWarning(
                        .markedBad, at: row.location,
                        message: "the channel \"\(row.name)\" is marked as bad"
                            + (row.reason.map { ": \($0)" } ?? "")))
            }
            if let units = row.units, let text = units.text,
                let unit = UnitTable.reading(of: text)?.unit,
                unit != UnitTable.reading(of: own[index].unit)?.unit
            {
                warnings.append(
                    IngestWarning(
                        .headerFault, at: units.location,
                        message: "the unit of \"\(row.name)\" is \(text), the file's header says "
                            + "\(own[index].unit): the header counts"))
            }
        }
        let labels = Set(header.signals.map(\.label))
        for row in channels.rows where !labels.contains(row.name) {
            warnings.append(
                IngestWarning(
                    .headerFault, at: row.location,
                    message: "the file has no channel \"\(row.name)\""))
        }
        return (quality, warnings)
    }
}
