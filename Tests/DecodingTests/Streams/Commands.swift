import Foundation
import Synchronization

/// What a device was sent, from the thread that plays it.
final class Commands: Sendable {
    private let list = Mutex<[[UInt8]]>([])

    var all: [[UInt8]] { list.withLock { $0 } }

    func add(_ bytes: [UInt8]) { list.withLock { $0.append(bytes) } }

    /// Waits until so many are there.
    func wait(for count: Int) {
        while all.count < count { usleep(1_000) }
    }
}
