private import ErrorReports
private import Foundation

/// A Unix-domain socket that controllers on this machine connect to, and from which each reads
/// ``DecisionBytes``, one after the other.
///
/// A controller that is slow never makes the decoder wait: what it has not taken lies in a ring of
/// its own, in which the oldest record gives way to the newest and is counted.
final class UnixSocketSink: DecisionSink {
    let name: String
    private(set) var droppedCount = 0
    private let path: String
    private let listener: InternetSocket
    private var bytes: DecisionBytes
    private var readers: [RecordRing] = []

    private static let mostReaders = 8

    /// - Parameters:
    ///   - path: The socket's file. A socket that lies there is replaced when nobody listens at it.
    ///   - classCount: Classes.
    /// - Throws: ``DecodingError`` when it cannot be listened at.
    init(_ path: String, classCount: Int) throws(DecodingError) {
        name = "socket:\(path)"
        self.path = path
        bytes = DecisionBytes(classCount: classCount)
        do throws(SocketFault) {
            listener = try InternetSocket.listening(at: path)
        } catch {
            throw DecodingError(
                .unreachable(reason: "cannot be listened at: \(error.reason)"),
                at: "socket:\(path)",
                hint: "name a file that is not there, in a folder that you may write in; the path "
                    + "has at most 100 bytes")
        }
        readers.reserveCapacity(Self.mostReaders)
    }

    func put(_ record: DecisionRecord, _ probabilities: Span<Double>) {
        if readers.count < Self.mostReaders, let reader = listener.accept(until: 0) {
            readers.append(RecordRing(reader, recordSize: bytes.bytes.count))
        }
        bytes.set(record, probabilities, dropped: droppedCount)
        for reader in readers {
            if reader.put(bytes.bytes) { droppedCount += 1 }
            reader.send()
        }
        readers.removeAll { $0.isGone }
    }

    func flush() {}

    func close() {
        // The last record is the neutral one: it is worth a moment.
        let deadline = MonotonicClock.now + 200_000_000
        while readers.contains(where: { $0.isWaiting && !$0.isGone }), MonotonicClock.now < deadline
        {
            MonotonicClock.sleep(until: MonotonicClock.now + 2_000_000)
            for reader in readers { reader.send() }
        }
        readers = []
        _ = unsafe unlink(path)
    }
}

/// What one reader has not taken yet.
private final class RecordRing {
    private static let records = 64

    private let socket: InternetSocket
    private let recordSize: Int
    private var ring: [UInt8]
    private var first = 0
    private var count = 0
    /// Bytes of the first record that are on their way already.
    private var sent = 0
    private(set) var isGone = false

    init(_ socket: consuming InternetSocket, recordSize: Int) {
        self.socket = socket
        self.recordSize = recordSize
        ring = Array(repeating: 0, count: Self.records * recordSize)
    }

    var isWaiting: Bool { count > 0 }

    /// Takes a record.
    ///
    /// - Returns: Whether the oldest gave way.
    func put(_ record: [UInt8]) -> Bool {
        var hasDropped = false
        if count == Self.records {
            // The one of which a part is on its way must follow whole: the next one gives way.
            if sent > 0 { move(first, to: (first + 1) % Self.records) }
            first = (first + 1) % Self.records
            count -= 1
            hasDropped = true
        }
        let place = (first + count) % Self.records * recordSize
        for index in record.indices { ring[place + index] = record[index] }
        count += 1
        return hasDropped
    }

    /// Sends as much as the reader takes.
    func send() {
        while count > 0 {
            let place = first * recordSize
            let went = InternetSocket.send(
                ring, place + sent..<place + recordSize, to: socket.descriptor)
            if went < 0 {
                if errno == EINTR { continue }
                isGone = errno != EAGAIN && errno != EWOULDBLOCK && errno != ENOBUFS
                return
            }
            sent += went
            guard sent == recordSize else { return }
            sent = 0
            first = (first + 1) % Self.records
            count -= 1
        }
    }

    private func move(_ from: Int, to target: Int) {
        for index in 0..<recordSize {
            ring[target * recordSize + index] = ring[from * recordSize + index]
        }
    }
}

extension InternetSocket {
    /// Listens at a path of this machine.
    ///
    /// - Parameter path: The socket's file.
    /// - Returns: The listener.
    /// - Throws: ``SocketFault`` when that is not possible, or somebody listens there already.
    fileprivate static func listening(at path: String) throws(SocketFault) -> InternetSocket {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        guard !bytes.isEmpty, bytes.count <= 100, !bytes.contains(0) else {
            throw SocketFault(errorNumber: ENAMETOOLONG)
        }
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: bytes) }
        let descriptor = socket(AF_UNIX, Self.stream, 0)
        guard descriptor >= 0 else { throw SocketFault(errorNumber: errno) }
        let listener = InternetSocket(descriptor: descriptor)
        makeNonblocking(descriptor)
        // Little waits in the system, where no record can give way to a newer one.
        var size: Int32 = 4_096
        _ = unsafe setsockopt(
            descriptor, SOL_SOCKET, SO_SNDBUF, &size, socklen_t(MemoryLayout<Int32>.size))
        let status = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { plain in
                let length = socklen_t(MemoryLayout<sockaddr_un>.size)
                if unsafe connect(descriptor, plain, length) == 0 { return EADDRINUSE }
                // A socket that nobody listens at is left behind by a process that was killed.
                if errno == ECONNREFUSED { _ = unsafe unlink(path) }
                return unsafe bind(descriptor, plain, length) == 0 && listen(descriptor, 8) == 0
                    ? 0 : errno
            }
        }
        guard status == 0 else { throw SocketFault(errorNumber: status) }
        return listener
    }
}
