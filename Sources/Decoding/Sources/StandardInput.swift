private import Foundation

/// Standard input, or any other open file.
final class StandardInput: ByteConnection {
    let name: String
    let isPersistent = false
    let problem: String? = nil
    private let descriptor: Int32

    init(_ descriptor: Int32 = STDIN_FILENO, name: String = "stdin") {
        self.descriptor = descriptor
        self.name = name
    }

    func connect(until deadline: UInt64) -> Bool { true }

    func receive(into buffer: inout ReceiveBuffer, until deadline: UInt64) -> Reception {
        buffer.receive(from: descriptor, until: deadline)
    }

    func send(_ bytes: [UInt8]) {}

    func disconnect() {}
}

extension ReceiveBuffer {
    /// Waits for bytes of an open file or socket.
    ///
    /// - Parameters:
    ///   - descriptor: The file or socket.
    ///   - deadline: When to come back without any.
    /// - Returns: What happened.
    mutating func receive(from descriptor: Int32, until deadline: UInt64) -> Reception {
        while true {
            var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            let ready = unsafe poll(&waiting, 1, MonotonicClock.pollMilliseconds(until: deadline))
            if ready == 0 { return .nothing }
            if ready < 0 {
                guard errno == EINTR else { return .closed }
                // Whoever waits may want to know of the signal.
                return .nothing
            }
            let count = fill(from: descriptor)
            if count > 0 { return .bytes }
            if count < 0, errno == EINTR || errno == EAGAIN { continue }
            return .closed
        }
    }
}
