package import EMGSignal
package import Foundation
import HDF5

/// One recording in one HDF5 file, format `myotask.recording` version 1.
///
/// The same recording always gives the same bytes. What each dataset and attribute means stands
/// in `schemas/recording-archive.md`; any HDF5 tool can read them.
package enum RecordingFile {
    /// Writes a recording, atomically.
    ///
    /// - Parameters:
    ///   - recording: The recording. Samples that are not finite must lie in a quality interval
    ///     of kind ``EMGSignal/QualityInterval/Kind/nonFinite``.
    ///   - url: Where; a file that is there is replaced.
    ///   - scaling: The way back to the numbers of the source; scale 1 and offset 0 when `nil`.
    /// - Throws: ``ArchiveError`` when the recording could not be read back as it is, or the file
    ///   cannot be written; nothing is left behind then.
    package static func write(
        _ recording: Recording, to url: URL, scaling: ADCScaling? = nil
    ) throws(ArchiveError) {
        let file = url.path(percentEncoded: false)
        let header = header(of: recording, scaling: scaling)
        // Before a folder is made for a recording that will not be written.
        var checks = RowChecks(header, file: file)
        try checks.check(
            samples: recording.samples.values, labels: [],
            timeStamps: recording.timeStamps ?? [], from: 0)
        try checks.finish()
        do throws(RecordingWriteError<Never>) {
            try write(header, rows: recording, to: url)
        } catch {
            switch error {
            case .archive(let error): throw error
            }
        }
    }

    /// Reads a recording, all of it, and makes sure that it is what was written.
    ///
    /// - Parameter url: The file.
    /// - Returns: The recording.
    /// - Throws: ``ArchiveError`` that says what is wrong where.
    package static func read(_ url: URL) throws(ArchiveError) -> Recording {
        let open = try OpenRecording(url)
        let samples: [Float]
        let labels: [UInt8]
        let timeStamps: [Double]
        var targets: [[Float]] = []
        do throws(HDF5Error) {
            let threads = availableThreads
            samples = try open.signal.read(as: Float.self, threads: threads)
            labels = try open.labels?.read(as: UInt8.self, threads: threads) ?? []
            timeStamps = try open.timeStamps?.read(as: Double.self, threads: threads) ?? []
            for target in open.targets {
                targets.append(try target.read(as: Float.self, threads: threads))
            }
        } catch {
            throw ArchiveError(error)
        }
        let recording = try open.contents.recording(
            samples: samples, labels: labels, timeStamps: timeStamps, targets: targets,
            file: open.file)
        var digest = RecordingDigest(open.contents)
        digest.add(samples: samples)
        digest.startLabels()
        digest.add(labels: labels)
        digest.startTimeStamps()
        digest.add(timeStamps: timeStamps)
        for (target, values) in zip(open.contents.targets, targets) {
            digest.startTarget(target)
            digest.add(target: values)
        }
        try open.check(digest)
        return recording
    }

    /// Reads everything but samples, labels, time stamps and targets.
    ///
    /// - Parameter url: The file.
    /// - Returns: The header.
    /// - Throws: ``ArchiveError`` that says what is wrong where. Damage to the samples is not
    ///   noticed.
    package static func readHeader(_ url: URL) throws(ArchiveError) -> RecordingHeader {
        let open = try OpenRecording(url)
        return try open.contents.header(file: open.file)
    }

    /// Reads everything but samples and time stamps: enough to divide a recording into parts.
    ///
    /// - Parameter url: The file.
    /// - Returns: The header and the labels.
    /// - Throws: ``ArchiveError`` that says what is wrong where. Damage to the samples is not
    ///   noticed.
    package static func readMetadata(_ url: URL) throws(ArchiveError) -> RecordingMetadata {
        let open = try OpenRecording(url)
        let header = try open.contents.header(file: open.file)
        let labels: [UInt8]
        do throws(HDF5Error) {
            labels = try open.labels?.read(as: UInt8.self, threads: availableThreads) ?? []
        } catch {
            throw ArchiveError(error)
        }
        return RecordingMetadata(
            header: header, labels: try open.contents.labelTrack(labels, file: open.file))
    }
}
