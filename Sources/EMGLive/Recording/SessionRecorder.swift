package import Decoding
package import EMGSignal
import Files
import Foundation

/// Records a stream as it comes, before any conditioning: whatever happens, the rows written so far
/// are whole lines that `myotask convert` reads.
///
/// Rows are handed to a thread of their own; nothing here waits for the disk. Each row has the
/// number of its sample, so that what is missing stands in the file. The table of events is
/// replaced as a whole. When the disk is full, rows wait in memory and recording goes on by itself
/// once there is room; rows beyond the memory are dropped, and their numbers left out.
package final class SessionRecorder: Sendable {
    /// How many values may wait for the disk: 32 MB of them.
    package static let queueValues = 1 << 23

    /// Whose recording it is.
    package let identity: RecordingIdentity
    /// Where it lies.
    package let folder: SessionFolder
    /// What is recorded.
    package let stream: RecordedStream
    private let writer: RecordingWriter

    /// Begins a recording.
    ///
    /// - Parameters:
    ///   - identity: Whose it is; the next run, where there is a recording of that name already.
    ///   - folder: Where it goes; made when it is missing.
    ///   - stream: What is recorded.
    ///   - queueValues: How many values may wait for the disk.
    ///   - disk: Where the file of samples is made.
    /// - Throws: `DecodingError` when the folder has recordings of another stream or cannot be
    ///   written to.
    package init(
        _ identity: RecordingIdentity, in folder: SessionFolder, of stream: RecordedStream,
        queueValues: Int = SessionRecorder.queueValues,
        disk: any RecordingDisk = LocalDisk()
    ) throws(DecodingError) {
        self.identity = try folder.next(identity)
        self.folder = folder
        self.stream = stream
        try folder.prepare(for: stream)
        let samples = folder.samples(of: self.identity)
        let file = try DecodingError.wrapping { () throws(FilesError) in
            let file = try disk.makeFile(samples)
            do throws(FilesError) {
                try file.append(Array(SessionFolder.header(of: stream).utf8))
            } catch {
                // An empty file is no recording. Should this fail as well, the first error says
                // what is wrong.
                try? FileManager.default.removeItem(at: samples)
                throw error
            }
            return file
        }
        let channelCount = stream.channels.count
        writer = RecordingWriter.start(
            file, eventsFile: folder.events(of: self.identity), rate: stream.samplingRate,
            queue: RecordingQueue(
                channelCount: channelCount, rowCapacity: max(1, queueValues / channelCount)))
        // A recording has a table of events from its beginning, though an empty one.
        writer.replace([])
    }

    /// How the recording is doing.
    package var state: RecordingState { writer.state }

    /// The number of the next sample of the stream, from 0 at the beginning of the recording.
    package var position: Int { writer.position }

    /// Takes rows as they came.
    ///
    /// - Parameter rows: Whole rows of all channels, row-major.
    package func append(_ rows: Span<Float>) { writer.append(rows) }

    /// Says that the stream lost samples.
    ///
    /// - Parameter samples: How many, at least 0.
    package func lose(_ samples: Int) {
        if samples > 0 { writer.skip(samples, isDisconnection: false) }
    }

    /// Says that the stream was disconnected. How many samples are missing is not known: the
    /// counter passes over one, so that the recording is cut there.
    package func disconnect() { writer.skip(1, isDisconnection: true) }

    /// Replaces the labels of the recording.
    ///
    /// - Parameter segments: The holds that were carried out, in numbers of samples.
    package func label(_ segments: [SessionSegment]) { writer.replace(segments) }

    /// Ends the recording and waits until everything is on the disk. What a full disk does not take
    /// is lost then, and ``state`` says how much.
    ///
    /// - Returns: How it ended.
    @discardableResult
    package func close() -> RecordingState {
        writer.close()
        writer.waitForEnd()
        return state
    }

    deinit { writer.close() }
}
