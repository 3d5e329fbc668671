public import EMGSignal
public import Foundation
import HDF5

/// One recording in one HDF5 file, format `myotask.recording` version 1.
///
/// The same recording always gives the same bytes. What each dataset and attribute means stands
/// in `schemas/recording-archive.md`; any HDF5 tool can read them.
public enum RecordingFile {
    /// Writes a recording, atomically.
    ///
    /// - Parameters:
    ///   - recording: The recording. Samples that are not finite must lie in a quality interval
    ///     of kind ``EMGSignal/QualityInterval/Kind/nonFinite``.
    ///   - url: Where; a file that is there is replaced.
    ///   - scaling: The way back to the numbers of the source; scale 1 and offset 0 when `nil`.
    /// - Throws: ``ArchiveError`` when the recording could not be read back as it is, or the file
    ///   cannot be written; nothing is left behind then.
    public static func write(
        _ recording: Recording, to url: URL, scaling: SourceScaling? = nil
    ) throws(ArchiveError) {
        let file = url.path(percentEncoded: false)
        let contents = RecordingContents(recording, scaling: scaling)
        try contents.checkWritable(file: file)
        try AtomicFile.write(to: url) { (partial) throws(ArchiveError) in
            do throws(HDF5Error) {
                try File.creating(partial) { (file) throws(HDF5Error) in
                    try contents.write(to: file)
                }
            } catch {
                throw ArchiveError(error, file: file)
            }
        }
    }

    /// Reads a recording, all of it, and makes sure that it is what was written.
    ///
    /// - Parameter url: The file.
    /// - Returns: The recording.
    /// - Throws: ``ArchiveError`` that says what is wrong where.
    public static func read(_ url: URL) throws(ArchiveError) -> Recording {
        let file = url.path(percentEncoded: false)
        let contents = try RecordingContents.read(url, .everything)
        let recording = try contents.recording(file: file)
        try contents.verify(file: file)
        return recording
    }

    /// Reads everything but samples, labels and time stamps.
    ///
    /// - Parameter url: The file.
    /// - Returns: The header.
    /// - Throws: ``ArchiveError`` that says what is wrong where. Damage to the samples is not
    ///   noticed.
    public static func readHeader(_ url: URL) throws(ArchiveError) -> RecordingHeader {
        try RecordingContents.read(url, .header)
            .header(file: url.path(percentEncoded: false))
    }

    /// Reads everything but samples and time stamps: enough to divide a recording into parts.
    ///
    /// - Parameter url: The file.
    /// - Returns: The header and the labels.
    /// - Throws: ``ArchiveError`` that says what is wrong where. Damage to the samples is not
    ///   noticed.
    public static func readOutline(_ url: URL) throws(ArchiveError) -> RecordingOutline {
        let file = url.path(percentEncoded: false)
        let contents = try RecordingContents.read(url, .headerAndLabels)
        return RecordingOutline(
            header: try contents.header(file: file), labels: try contents.labels(file: file))
    }
}
