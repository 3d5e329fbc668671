internal import Foundation
private import HDF5
internal import Synchronization

/// Ends this process when a call of libhdf5 gets nowhere.
///
/// Time that the process spends waiting for a slow disk or a busy machine does not count, only
/// its own work: a hang of the library is a loop. A large file has more structures to go through
/// in one call and is given more.
package final class HangWatch: Sendable {
    /// The work that any call may take, in seconds.
    private let leastSeconds: Double
    /// The bytes of a file that allow a second more.
    private static let bytesPerSecond = 100e6
    private static let tickMicroseconds: UInt32 = 100_000

    private let limit: Mutex<Double>

    /// Begins to watch.
    ///
    /// - Parameters:
    ///   - leastSeconds: The work that any call may take, in seconds.
    ///   - tell: Called with the seconds of work before the process ends.
    package init(
        leastSeconds: Double = 3, tell: @escaping @Sendable (_ seconds: Int) -> Void
    ) {
        self.leastSeconds = leastSeconds
        limit = Mutex(leastSeconds)
        Thread.detachNewThread { [self] in
            var last: (answers: Int, seconds: Double)?
            while true {
                usleep(Self.tickMicroseconds)
                guard let answers = Library.answersInUse else {
                    last = nil
                    continue
                }
                let seconds = Self.processorSeconds
                guard let since = last, since.answers == answers else {
                    last = (answers, seconds)
                    continue
                }
                let limit = limit.withLock { $0 }
                guard seconds - since.seconds > limit else { continue }
                tell(Int(limit))
                _exit(1)
            }
        }
    }

    /// A file is worked on from now on.
    package func begin(_ path: String) {
        // A file that cannot be looked at has the least time; reading it tells why.
        let bytes =
            (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? NSNumber)?
            .doubleValue ?? 0
        limit.withLock { $0 = leastSeconds + bytes / Self.bytesPerSecond }
    }

    /// The work of this process so far.
    private static var processorSeconds: Double {
        var time = timespec()
        unsafe clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }
}
