private import Dispatch
import EMGSignal
private import ErrorReports
import Files
import Foundation
import Synchronization

/// Writes what a recorder is given to the disk, on a thread of its own: whoever measures or
/// decodes never waits for it.
///
/// A piece of rows is written as whole lines or not at all. While the disk takes nothing, the piece
/// is kept and tried again each second, and rows wait in memory as long as there is room.
final class RecordingWriter: Sendable {
    /// How often what was written is handed to the disk, and a full one is tried again.
    private static let patience = DispatchTimeInterval.seconds(1)

    private struct Shared: Sendable {
        var queue: RecordingQueue
        var state = RecordingState()
        var segments: [SessionSegment] = []
        /// How often the segments were replaced.
        var segmentsVersion = 0
        var isClosing = false
        var isIdle = false

        /// Whether the thread waits for something to do; it is woken once.
        mutating func wakes() -> Bool {
            defer { isIdle = false }
            return isIdle
        }

        /// Lets the thread be woken, and says whether the end was asked for.
        mutating func awaitsEnd() -> Bool {
            isIdle = true
            return isClosing
        }
    }

    private let shared: Mutex<Shared>
    private let work = DispatchSemaphore(value: 0)
    private let end = DispatchSemaphore(value: 0)
    private let file: any RecordingFile
    private let eventsFile: URL
    private let rate: SamplingRate

    /// Creates a writer and starts its thread.
    ///
    /// - Parameters:
    ///   - file: Where samples go; its header is written.
    ///   - eventsFile: Where the table of events goes.
    ///   - rate: Samples a second.
    ///   - queue: What rows wait in.
    /// - Returns: The writer; its thread ends with ``close()``.
    static func start(
        _ file: any RecordingFile, eventsFile: URL, rate: SamplingRate, queue: RecordingQueue
    ) -> RecordingWriter {
        let writer = RecordingWriter(file, eventsFile: eventsFile, rate: rate, queue: queue)
        Thread.detachNewThread { writer.run() }
        return writer
    }

    private init(
        _ file: any RecordingFile, eventsFile: URL, rate: SamplingRate, queue: RecordingQueue
    ) {
        self.file = file
        self.eventsFile = eventsFile
        self.rate = rate
        shared = Mutex(Shared(queue: queue))
    }

    // MARK: - What comes

    /// How the recording is doing.
    var state: RecordingState {
        shared.withLock { shared in
            var state = shared.state
            state.waitingRows += shared.queue.count
            return state
        }
    }

    /// The number of the next row of the stream.
    var position: Int { shared.withLock { $0.queue.position } }

    /// Takes rows in, never waiting.
    func append(_ rows: Span<Float>) {
        let mustWake = shared.withLock { shared in
            shared.state.droppedRows += shared.queue.append(rows)
            shared.state.nonFiniteRows += Self.nonFiniteRows(rows, shared.queue.channelCount)
            return shared.wakes()
        }
        if mustWake { work.signal() }
    }

    /// Lets numbers of the stream pass that no row came for.
    func skip(_ samples: Int, isDisconnection: Bool) {
        shared.withLock { shared in
            shared.queue.skip(samples)
            if isDisconnection {
                shared.state.disconnects += 1
            } else {
                shared.state.gaps += 1
                shared.state.lostSamples += samples
            }
        }
    }

    /// Replaces the labels.
    func replace(_ segments: [SessionSegment]) {
        let mustWake = shared.withLock { shared in
            shared.segments = segments
            shared.segmentsVersion += 1
            shared.state.segments = segments.count
            return shared.wakes()
        }
        if mustWake { work.signal() }
    }

    /// Asks for the end.
    func close() {
        let mustWake = shared.withLock { shared in
            shared.isClosing = true
            return shared.wakes()
        }
        if mustWake { work.signal() }
    }

    /// Waits until the thread has ended.
    func waitForEnd() {
        end.wait()
        end.signal()
    }

    private static func nonFiniteRows(_ rows: Span<Float>, _ channelCount: Int) -> Int {
        var count = 0
        for row in 0..<rows.count / channelCount {
            var isNumber = true
            for channel in 0..<channelCount {
                isNumber = isNumber && SampleText.isNumber(rows[row * channelCount + channel])
            }
            if !isNumber { count += 1 }
        }
        return count
    }

    // MARK: - The thread

    /// What the thread knows.
    private struct Progress {
        var piece = RecordingPiece()
        var writtenVersion = 0
        var lastFlush = DispatchTime.now()
        var isFlushed = true
        /// Whether the disk did not take what was handed to it last.
        var isRefused = false
    }

    private func run() {
        var progress = Progress()
        while true {
            let isClosing = shared.withLock { shared in
                shared.isIdle = false
                return shared.isClosing
            }
            let isTaken = writeAll(&progress)
            if isClosing { break }
            wait(isTaken: isTaken, &progress)
        }
        finish(&progress)
        end.signal()
    }

    /// Waits for more to do; on a disk that takes nothing, for a while.
    private func wait(isTaken: Bool, _ progress: inout Progress) {
        guard isTaken else {
            // Only an end is a reason to try again before.
            let deadline = DispatchTime.now() + Self.patience
            while !shared.withLock({ $0.awaitsEnd() }), DispatchTime.now() < deadline {
                _ = work.wait(timeout: deadline)
            }
            return
        }
        let hasWork = shared.withLock { shared in
            shared.isIdle = true
            return shared.queue.count > 0 || shared.isClosing
                || shared.segmentsVersion > progress.writtenVersion
        }
        if hasWork { return }
        if progress.isFlushed {
            work.wait()
        } else if work.wait(timeout: progress.lastFlush + Self.patience) == .timedOut {
            flush(&progress)
        }
    }

    /// Writes everything that waits.
    ///
    /// - Returns: Whether the disk took it.
    private func writeAll(_ progress: inout Progress) -> Bool {
        while true {
            if progress.piece.count == 0 { takePiece(&progress) }
            guard progress.piece.count > 0 else { break }
            do throws(FilesError) {
                try file.append(progress.piece.text)
            } catch {
                note(error)
                return false
            }
            let rows = progress.piece.settle()
            progress.isFlushed = false
            shared.withLock { shared in
                shared.state.writtenRows += rows
                shared.state.waitingRows = 0
            }
            if progress.lastFlush + Self.patience < .now() { flush(&progress) }
        }
        guard writeEvents(&progress) else { return false }
        if !progress.isRefused {
            shared.withLock { shared in
                shared.state.fault = nil
                shared.state.remedy = ""
                shared.state.phase = .recording
            }
        }
        return true
    }

    private func takePiece(_ progress: inout Progress) {
        shared.withLock { shared in
            progress.piece.take(from: &shared.queue)
            shared.state.waitingRows = progress.piece.count
        }
        progress.piece.write()
    }

    /// Writes the table of events behind the rows that it tells of.
    private func writeEvents(_ progress: inout Progress) -> Bool {
        let (segments, version) = shared.withLock { ($0.segments, $0.segmentsVersion) }
        guard version > progress.writtenVersion else { return true }
        do throws(FilesError) {
            try AtomicFile.write(
                SessionEventsText.table(
                    segments, from: progress.piece.firstSample ?? 0, rate: rate),
                to: eventsFile)
        } catch {
            note(error)
            return false
        }
        progress.writtenVersion = version
        shared.withLock { $0.state.writtenSegments = segments.count }
        return true
    }

    private func flush(_ progress: inout Progress) {
        progress.lastFlush = .now()
        do throws(FilesError) {
            try file.flush()
            (progress.isFlushed, progress.isRefused) = (true, false)
        } catch {
            progress.isRefused = true
            note(error)
        }
    }

    /// What is wrong with the disk, as the page says it.
    private func note(_ error: FilesError) {
        shared.withLock { shared in
            shared.state.phase = .waiting
            shared.state.fault =
                error.machineFault?.description ?? "\(error.location): \(error.fault)"
            shared.state.remedy = error.machineFault == nil ? error.hint : "free space there"
        }
    }

    /// Counts what could not be written when the recording ended.
    private func finish(_ progress: inout Progress) {
        if !progress.isFlushed { flush(&progress) }
        shared.withLock { shared in
            shared.state.droppedRows += progress.piece.count + shared.queue.count
            shared.state.waitingRows = 0
            shared.queue.removeAll()
            shared.state.phase = .closed
        }
    }
}
