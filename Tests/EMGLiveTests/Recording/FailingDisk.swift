import EMGLive
import Files
import Foundation
import Synchronization

/// A disk that has room for some bytes only, and is slow or stuck when a test says so.
final class FailingDisk: RecordingDisk {
    private struct Room {
        var bytes: Int
        var attempts = 0
        var refusals = 0
    }

    private let room: Mutex<Room>
    private let gate = NSCondition()
    private let isHeld = Mutex(false)

    init(room bytes: Int = .max) { room = Mutex(Room(bytes: bytes)) }

    /// How often a record was refused.
    var refusals: Int { room.withLock { $0.refusals } }

    /// Makes room.
    func free(_ bytes: Int) { room.withLock { $0.bytes = bytes } }

    /// Makes every record wait, or lets them go on.
    func hold(_ held: Bool) {
        gate.lock()
        isHeld.withLock { $0 = held }
        gate.broadcast()
        gate.unlock()
    }

    func makeFile(_ url: URL) throws(FilesError) -> any RecordingFile {
        FailingFile(disk: self, file: try AppendedFile(url, isNew: true))
    }

    fileprivate func take(_ count: Int, at url: URL) throws(FilesError) {
        gate.lock()
        while isHeld.withLock({ $0 }) { gate.wait() }
        gate.unlock()
        let hasRoom = room.withLock { room in
            room.attempts += 1
            guard count <= room.bytes else {
                room.refusals += 1
                return false
            }
            room.bytes -= count
            return true
        }
        guard hasRoom else { throw FilesError(.writing, errorNumber: ENOSPC, at: url) }
    }
}

private struct FailingFile: RecordingFile {
    let disk: FailingDisk
    let file: AppendedFile

    func append(_ record: [UInt8]) throws(FilesError) {
        try disk.take(record.count, at: file.url)
        try file.append(record)
    }

    func flush() throws(FilesError) { try file.flush() }
}
