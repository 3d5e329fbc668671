private import ErrorReports
private import Foundation

/// A socket of the internet protocols that nobody waits for.
struct InternetSocket: ~Copyable {
    /// What a socket is for.
    enum Use {
        /// To connect to a listener.
        case connecting
        /// To listen.
        case listening
        /// To send datagrams to one receiver.
        case datagrams
    }

    /// The socket.
    let descriptor: Int32

    /// Takes over an open socket.
    init(descriptor: Int32) {
        self.descriptor = descriptor
    }

    /// Makes a socket.
    ///
    /// - Parameters:
    ///   - address: The machine and port to connect to, listen at or send to.
    ///   - use: What for. A connection may still be under way when this returns.
    /// - Throws: ``SocketFault`` when the system refuses it.
    init(_ address: HostAndPort, for use: Use) throws(SocketFault) {
        var hints = unsafe addrinfo()
        unsafe hints.ai_family = AF_UNSPEC
        unsafe hints.ai_socktype = use == .datagrams ? Self.datagram : Self.stream
        unsafe hints.ai_flags = use == .listening ? AI_PASSIVE : 0
        var list: UnsafeMutablePointer<addrinfo>?
        let status = unsafe getaddrinfo(address.host, "\(address.port)", &hints, &list)
        guard status == 0, let first = unsafe list else {
            throw SocketFault(reason: unsafe String(cString: gai_strerror(status)))
        }
        defer { unsafe freeaddrinfo(first) }
        var fault = SocketFault(reason: "no address")
        var next: UnsafeMutablePointer<addrinfo>? = unsafe first
        while let entry = unsafe next {
            let descriptor = unsafe socket(
                entry.pointee.ai_family, entry.pointee.ai_socktype, entry.pointee.ai_protocol)
            if descriptor >= 0 {
                if unsafe Self.prepare(descriptor, entry.pointee, for: use) {
                    self.descriptor = descriptor
                    return
                }
                fault = SocketFault(errorNumber: errno)
                _ = Foundation.close(descriptor)
            } else {
                fault = SocketFault(errorNumber: errno)
            }
            unsafe next = entry.pointee.ai_next
        }
        throw fault
    }

    deinit { _ = Foundation.close(descriptor) }

    #if canImport(Glibc)
        static let stream = Int32(SOCK_STREAM.rawValue)
        private static let datagram = Int32(SOCK_DGRAM.rawValue)
    #else
        static let stream = SOCK_STREAM
        private static let datagram = SOCK_DGRAM
    #endif

    private static func prepare(
        _ descriptor: Int32, _ address: addrinfo, for use: Use
    ) -> Bool {
        makeNonblocking(descriptor)
        if use == .listening {
            var yes: Int32 = 1
            _ = unsafe setsockopt(
                descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
            return unsafe bind(descriptor, address.ai_addr, address.ai_addrlen) == 0
                && listen(descriptor, 1) == 0
        }
        return unsafe connect(descriptor, address.ai_addr, address.ai_addrlen) == 0
            || errno == EINPROGRESS
    }

    /// Makes a socket one that nobody waits for, and that no child process keeps open.
    static func makeNonblocking(_ descriptor: Int32) {
        _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    }

    /// Waits until a connection that is under way is there.
    ///
    /// - Parameter deadline: When to come back all the same.
    /// - Returns: Whether it is there.
    /// - Throws: ``SocketFault`` when it was refused.
    borrowing func finishConnecting(until deadline: UInt64) throws(SocketFault) -> Bool {
        var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        guard unsafe poll(&waiting, 1, MonotonicClock.pollMilliseconds(until: deadline)) > 0
        else { return false }
        var fault: Int32 = 0
        var size = socklen_t(MemoryLayout<Int32>.size)
        _ = unsafe getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &fault, &size)
        guard fault == 0 else { throw SocketFault(errorNumber: fault) }
        return true
    }

    /// Waits for somebody who connects.
    ///
    /// - Parameter deadline: When to come back all the same.
    /// - Returns: The connection; `nil` when nobody came.
    borrowing func accept(until deadline: UInt64) -> InternetSocket? {
        var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        guard unsafe poll(&waiting, 1, MonotonicClock.pollMilliseconds(until: deadline)) > 0
        else { return nil }
        let accepted = Foundation.accept(descriptor, nil, nil)
        guard accepted >= 0 else { return nil }
        Self.makeNonblocking(accepted)
        return InternetSocket(descriptor: accepted)
    }

    /// Sends bytes, as far as that goes without waiting.
    ///
    /// - Returns: How many went; -1 for none.
    @discardableResult
    borrowing func send(_ bytes: [UInt8]) -> Int {
        Self.send(bytes, 0..<bytes.count, to: descriptor)
    }

    /// Sends a part of some bytes, as far as that goes without waiting; a receiver that has gone
    /// does not end the process.
    ///
    /// - Returns: How many went; -1 for none.
    static func send(_ bytes: [UInt8], _ range: Range<Int>, to descriptor: Int32) -> Int {
        #if canImport(Glibc)
            let flags = Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT)
        #else
            let flags = MSG_DONTWAIT
        #endif
        return unsafe bytes.withUnsafeBytes { buffer in
            let part = unsafe UnsafeRawBufferPointer(rebasing: buffer[range])
            return unsafe Foundation.send(descriptor, part.baseAddress, part.count, flags)
        }
    }
}

/// Why the system refused a socket.
struct SocketFault: Error {
    /// In a few words.
    let reason: String

    init(reason: String) {
        self.reason = reason
    }

    init(errorNumber: Int32) {
        reason = SystemReason.of(errorNumber: errorNumber)
    }
}
