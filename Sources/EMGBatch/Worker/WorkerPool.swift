internal import EMGIngest
internal import Foundation
internal import Synchronization

/// Workers that wait for a source, started as they are needed.
final class WorkerPool: Sendable {
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
    private let archive: String
    private let idle = Mutex(Idle())

    /// - Parameters:
    ///   - command: How to start one.
    ///   - archive: The folder of the archive that recordings go to.
    init(_ command: WorkerCommand, archive: String) {
        self.command = command
        self.archive = archive
    }

    /// Has a source converted by a worker of its own for that time.
    func convert(_ source: RecordingSource, progress: (Double) -> Void) -> BatchItem {
        do {
            let worker = try idle.withLock { $0.takeLiving() } ?? WorkerProcess(command)
            let item = try worker.convert(source, into: archive, progress: progress)
            idle.withLock { $0.workers.append(worker) }
            return item
        } catch {
            return BatchItem(
                input: source.url.relativePath, outcome: .refused(reason: "\(error)"))
        }
    }
}
