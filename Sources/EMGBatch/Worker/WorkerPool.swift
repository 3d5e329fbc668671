internal import EMGIngest
internal import Foundation
internal import Synchronization

/// Workers that wait for a source, started as they are needed.
final class WorkerPool: Sendable {
    private struct Idle: @unchecked Sendable {
        var workers: [WorkerProcess] = []
    }

    private let command: WorkerCommand
    private let idle = Mutex(Idle())

    init(_ command: WorkerCommand) {
        self.command = command
    }

    /// Has a source converted by a worker of its own for that time.
    func convert(_ source: RecordingSource, progress: (Double) -> Void) -> BatchItem {
        do {
            let worker = try idle.withLock { $0.workers.popLast() } ?? WorkerProcess(command)
            let item = try worker.convert(source, progress: progress)
            idle.withLock { $0.workers.append(worker) }
            return item
        } catch {
            return BatchItem(
                input: source.url.relativePath, outcome: .refused(reason: "\(error)"))
        }
    }
}
