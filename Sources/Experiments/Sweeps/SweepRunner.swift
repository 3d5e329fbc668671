private import ErrorReports
private import Files
package import Foundation
package import MetaLearning
package import Sharding

/// Does the runs of a sweep's part one after the other; those that are finished are left alone,
/// those that were stopped go on.
package struct SweepRunner: Sendable {
    /// The points.
    package let list: SweepList
    /// Where their folders are.
    package let folder: URL
    /// Which of them are done here.
    package let shard: Shard

    /// What happens to a point.
    package enum Event: Sendable {
        /// It is finished already.
        case skipped(SweepPoint)
        /// It begins, or goes on.
        case started(SweepPoint, isResumed: Bool)
        /// Its training goes on.
        case training(SweepPoint, TrainingEvent)
        /// It is finished.
        case finished(SweepPoint, TrainingResult)
        /// It could not be finished; the others go on.
        case failed(SweepPoint, any Error)
    }

    /// Creates a runner.
    ///
    /// - Parameters:
    ///   - list: The points.
    ///   - folder: Where their folders are; made when it is missing.
    ///   - shard: Which of them are done here.
    package init(_ list: SweepList, in folder: URL, shard: Shard = .whole) {
        self.list = list
        self.folder = folder
        self.shard = shard
    }

    /// Does what is not done yet and writes the table.
    ///
    /// - Parameters:
    ///   - stop: Asks to stop after the step that is being taken.
    ///   - show: Called as things happen.
    ///   - session: Gives the session of a point: begins its run in a folder, or resumes it there.
    /// - Returns: The table of all points, those of other parts as far as they are done.
    /// - Throws: `TrainingStop` when it was stopped, or an error that concerns every point.
    package func run(
        stop: StopFlag = StopFlag(), show: @escaping @Sendable (Event) -> Void = { _ in },
        session: (_ index: Int, _ folder: URL, _ isResumed: Bool) throws -> TrainingSession
    ) throws -> SweepTable {
        try list.write(to: folder)
        for (index, point) in list.points.enumerated() where shard.contains(index) {
            let place = folder.appending(path: point.folder, directoryHint: .isDirectory)
            if TrainingRun.isFinished(place) {
                show(.skipped(point))
                continue
            }
            let isResumed = FileManager.default.fileExists(
                atPath: place.path(percentEncoded: false))
            do {
                let session = try session(index, place, isResumed)
                show(.started(point, isResumed: isResumed))
                let result = try session.train(stop: stop) { show(.training(point, $0)) }
                show(.finished(point, result))
            } catch let error as TrainingStop {
                throw error
            } catch {
                // The next run would fail of the same, and nothing is wrong with this one.
                if MachineFault.behind(error) != nil { throw error }
                show(.failed(point, error))
            }
            if stop.isRaised { throw TrainingStop(moment: "after run \(point.id)") }
        }
        return try collect()
    }

    /// Writes the table of what is done so far.
    ///
    /// - Returns: The table.
    /// - Throws: An error when a run's file is damaged or the table cannot be written.
    package func collect() throws -> SweepTable {
        // The parts of a sweep end at any time: whoever writes last must have seen all others.
        let lock = try ExclusiveLock(waitingFor: folder)
        defer { withExtendedLifetime(lock) {} }
        let table = try SweepTable.read(list, in: [folder])
        try table.write(to: folder)
        return table
    }
}
