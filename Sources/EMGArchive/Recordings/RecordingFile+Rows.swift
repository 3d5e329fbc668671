package import EMGSignal
import Files
package import Foundation
import HDF5
import PrintableText

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
        of recording: Recording, scaling: ADCScaling? = nil
    ) -> RecordingHeader {
        RecordingHeader(recording, scaling: scaling)
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
        let file = url.path(percentEncoded: false)
        let contents = RecordingContents(header)
        do throws(ArchiveError) {
            try contents.checkWritable(file: file)
            guard rows.sampleCount == header.sampleCount else {
                throw RecordingContents.invalid(
                    "\(header.sampleCount, of: "sample")", "\(rows.sampleCount)",
                    RecordingNames.signal, in: file)
            }
        } catch {
            throw .archive(error)
        }
        let partial = try archiving(Rows.self) { () throws(ArchiveError) in
            try ArchiveError.wrapping { () throws(FilesError) in try PartialFile(for: url) }
        }
        let writer = try archiving(Rows.self) { () throws(ArchiveError) in
            do throws(HDF5Error) {
                return try RecordingWriter(
                    header, contents, to: partial.url, path: file, threads: threads)
            } catch {
                throw ArchiveError(error, file: file)
            }
        }
        var block = RowBlock()
        let blockRows = RecordingLayout.blockRows(channelCount: header.channels.count)
        for start in stride(from: 0, to: header.sampleCount, by: blockRows) {
            let range = SampleRange(
                start: start, end: min(start + blockRows, header.sampleCount))
            do throws(Rows.Failure) {
                try rows.read(range, into: &block)
            } catch {
                throw .rows(error)
            }
            do throws(ArchiveError) {
                try writer.append(block, count: range.count)
            } catch {
                throw .archive(error)
            }
        }
        do throws(ArchiveError) {
            try writer.finish()
        } catch {
            throw .archive(error)
        }
        do throws(FilesError) {
            try partial.commit()
        } catch {
            throw .archive(ArchiveError(error))
        }
    }

    private static func archiving<Rows: RecordingRows, Value: ~Copyable>(
        _ rows: Rows.Type, _ body: () throws(ArchiveError) -> Value
    ) throws(RecordingWriteError<Rows.Failure>) -> Value {
        do throws(ArchiveError) {
            return try body()
        } catch {
            throw .archive(error)
        }
    }
}
