package import EMGIngest
internal import ErrorReports
package import Foundation
internal import Synchronization

/// Processes that read strangers' files for this one, started as they are needed.
///
/// What brings the native parser of a format down ends one of them and costs the one file. A
/// worker that served before and dies is not held against the file: it is given to a new one.
package final class SourceWorkers: SourceExaminer {
    private struct Idle: @unchecked Sendable {
        var workers: [WorkerProcess] = []

        /// A worker that can be given work; those that died while they waited are forgotten, so
        /// that no file is blamed for it.
        mutating func takeLiving() -> WorkerProcess? {
            while let worker = workers.popLast() {
                if worker.isRunning { return worker }
            }
            return nil
        }
    }

    private let command: WorkerCommand
    private let idle = Mutex(Idle())

    /// Creates workers; none is started yet.
    ///
    /// - Parameter command: How to start one.
    package init(_ command: WorkerCommand) {
        self.command = command
    }

    /// Has a file looked into.
    package func examine(_ url: URL) throws(IngestError) -> SourceFinding {
        let path = url.relativePath
        guard
            case .found(let source, let warnings, let isFromPlace) = try perform(
                .examine(path: path), on: path),
            let found = source.source(at: url)
        else { throw misunderstood(path) }
        return SourceFinding(source: found, warnings: warnings, isFromPlace: isFromPlace)
    }

    /// Has a source inspected.
    ///
    /// - Parameter source: A source that a search found.
    /// - Returns: What ``RecordingInspection`` tells of its parts.
    /// - Throws: ``IngestError`` as that does, or because the parser did not survive the file.
    package func inspect(
        _ source: RecordingSource
    ) throws(IngestError) -> [RecordingInspection] {
        let path = source.url.relativePath
        let job = WorkerJob.inspect(WorkerSource(source))
        guard case .inspected(let parts) = try perform(job, on: path) else {
            throw misunderstood(path)
        }
        return parts
    }

    /// Has a source converted.
    ///
    /// - Parameters:
    ///   - source: What to convert.
    ///   - archive: The folder of the archive that the recordings go to.
    ///   - progress: Called now and then with the part that is done, from 0 to 1.
    /// - Returns: What came of it.
    /// - Throws: `MachineFault` when it says nothing of the source.
    func convert(
        _ source: RecordingSource, into archive: String, progress: (Double) -> Void
    ) throws(MachineFault) -> BatchItem {
        let path = source.url.relativePath
        do throws(IngestError) {
            let job = WorkerJob.convert(WorkerSource(source), archive: archive)
            guard case .converted(let item) = try perform(job, on: path, progress: progress) else {
                throw misunderstood(path)
            }
            return item
        } catch {
            if let fault = error.machineFault { throw fault }
            return BatchItem(input: path, outcome: .refused(ErrorReport(error)))
        }
    }

    /// Has a job done by a worker of its own for that time.
    private func perform(
        _ job: WorkerJob, on path: String, progress: (Double) -> Void = { _ in }
    ) throws(IngestError) -> WorkerAnswer {
        let answer = try answer(to: job, on: path, progress: progress)
        if case .failed(let error) = answer { throw error }
        return answer
    }

    private func answer(
        to job: WorkerJob, on path: String, progress: (Double) -> Void
    ) throws(IngestError) -> WorkerAnswer {
        if let used = idle.withLock({ $0.takeLiving() }) {
            do throws(WorkerEnd) {
                return try answer(of: used, to: job, progress: progress)
            } catch {
                // Who died may have been ailing since the file before.
                if error.isHang { throw error.fault(of: path) }
            }
        }
        let worker: WorkerProcess
        do {
            worker = try WorkerProcess(command)
        } catch {
            throw IngestError(
                MachineFault(error, .reading, at: path) ?? MachineFault(.process, at: path))
        }
        do throws(WorkerEnd) {
            return try answer(of: worker, to: job, progress: progress)
        } catch {
            throw error.fault(of: path)
        }
    }

    private func answer(
        of worker: WorkerProcess, to job: WorkerJob, progress: (Double) -> Void
    ) throws(WorkerEnd) -> WorkerAnswer {
        let answer = try worker.perform(job, progress: progress)
        idle.withLock { $0.workers.append(worker) }
        return answer
    }

    private func misunderstood(_ path: String) -> IngestError {
        WorkerEnd(reason: "it gave another answer than asked for", isHang: false).fault(of: path)
    }
}
