package import EMGSignal
package import Foundation
import HDF5

extension RecordingFile {
    /// How many threads compress and decompress when nothing else is said: one a core.
    package static let availableThreads = max(1, ProcessInfo.processInfo.activeProcessorCount)

    /// The header of the file that a recording is written to.
    ///
    /// - Parameters:
    ///   - recording: The recording.
    ///   - scaling: The way back to the numbers of the source; scale 1 and offset 0 when `nil`.
    /// - Returns: Everything but samples, labels and time stamps.
    package static func header(
        of recording: Recording, scaling: SourceScaling? = nil
    ) -> RecordingHeader {
        RecordingHeader(
            identity: recording.identity, channels: recording.channels,
            samplingRate: recording.samplingRate, effectiveRate: recording.effectiveRate,
            sampleCount: recording.sampleCount, classNames: recording.labels?.classNames,
            hasTimeStamps: recording.timeStamps != nil, quality: recording.quality,
            source: recording.source, history: recording.history,
            scaling: scaling ?? .identity(channelCount: recording.samples.channelCount),
            software: SoftwareVersion.text)
    }

    /// Writes a recording that may be larger than memory, atomically: the same bytes as writing
    /// it from memory.
    ///
    /// - Parameters:
    ///   - header: Everything but the rows. ``RecordingHeader/software`` is not looked at: it is
    ///     this software that writes the file.
    ///   - rows: As many as the header says, with labels and time stamps when it says so. They
    ///     are read once, from the first to the last.
    ///   - url: Where; a file that is there is replaced.
    ///   - threads: How many threads compress, at least 1. The bytes do not depend on it.
    /// - Throws: ``RecordingWriteError`` when the rows cannot be read, the recording could not be
    ///   read back as it is, or the file cannot be written; nothing is left behind then.
    package static func write<Rows: RecordingRows>(
        _ header: RecordingHeader, rows: Rows, to url: URL, threads: Int = availableThreads
    ) throws(RecordingWriteError<Rows.Failure>) {
        var block = RowBlock()
        do throws(Rows.Failure) {
            try rows.read(SampleRange(start: 0, end: rows.sampleCount), into: &block)
        } catch {
            throw .rows(error)
        }
        do throws(ArchiveError) {
            try write(Self.recording(header, block), to: url, scaling: header.scaling)
        } catch {
            throw .archive(error)
        }
    }

    private static func recording(
        _ header: RecordingHeader, _ block: RowBlock
    ) throws(ArchiveError) -> Recording {
        do throws(SignalError) {
            return try Recording(
                identity: header.identity, channels: header.channels,
                samplingRate: header.samplingRate, effectiveRate: header.effectiveRate,
                samples: SampleMatrix(
                    values: block.samples, channelCount: header.channels.count),
                labels: try header.classNames.map { (names) throws(SignalError) in
                    try LabelTrack(classNames: names, values: block.labels)
                },
                timeStamps: header.hasTimeStamps ? block.timeStamps : nil,
                quality: header.quality, source: header.source, history: header.history)
        } catch {
            throw ArchiveError(
                .invalid(expected: "a recording", found: "\(error)"), at: Place(file: ""),
                hint: error.hint)
        }
    }
}
