import Foundation

/// Sockets of this machine, for the other end of what is tested: they wait.
enum Loopback {
    #if canImport(Glibc)
        private static let stream = Int32(SOCK_STREAM.rawValue)
        private static let datagram = Int32(SOCK_DGRAM.rawValue)
        private static let flags = Int32(MSG_NOSIGNAL)
    #else
        private static let stream = SOCK_STREAM
        private static let datagram = SOCK_DGRAM
        private static let flags: Int32 = 0
    #endif

    /// A socket that listens at a free port.
    static func listener() throws -> (descriptor: Int32, port: UInt16) {
        let descriptor = try bound(stream, port: 0)
        guard listen(descriptor, 4) == 0 else { throw CocoaError(.fileNoSuchFile) }
        return (descriptor, port(of: descriptor))
    }

    /// A socket that receives datagrams.
    static func receiver() throws -> (descriptor: Int32, port: UInt16) {
        let descriptor = try bound(datagram, port: 0)
        return (descriptor, port(of: descriptor))
    }

    /// A port that nobody listens at.
    static func freePort() throws -> UInt16 {
        let (descriptor, port) = try listener()
        close(descriptor)
        return port
    }

    static func accept(_ listener: Int32) -> Int32 { Foundation.accept(listener, nil, nil) }

    /// Connects to a port, as soon as somebody listens there.
    static func connection(to port: UInt16) -> Int32 {
        while true {
            let descriptor = socket(AF_INET, stream, 0)
            if unsafe withAddress(port, { unsafe connect(descriptor, $0, $1) }) == 0 {
                return descriptor
            }
            close(descriptor)
            usleep(5_000)
        }
    }

    /// Connects to a Unix-domain socket.
    static func connection(to path: String) -> Int32 {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        unsafe withUnsafeMutableBytes(of: &address.sun_path) {
            unsafe $0.copyBytes(from: Array(path.utf8))
        }
        let descriptor = socket(AF_UNIX, stream, 0)
        _ = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        return descriptor
    }

    /// Sends all of it.
    @discardableResult
    static func send(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
        var first = 0
        while first < bytes.count {
            let count = unsafe bytes.withUnsafeBytes { buffer in
                let rest = unsafe UnsafeRawBufferPointer(rebasing: buffer[first...])
                return unsafe Foundation.send(descriptor, rest.baseAddress, rest.count, flags)
            }
            guard count > 0 else { return false }
            first += count
        }
        return true
    }

    /// Receives so many bytes, or fewer when the other end closes.
    static func receive(_ count: Int, from descriptor: Int32) -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count < count {
            let part = datagram(count - bytes.count, from: descriptor)
            if part.isEmpty { break }
            bytes += part
        }
        return bytes
    }

    /// Receives what comes at once.
    static func datagram(_ most: Int, from descriptor: Int32) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: most)
        let count = unsafe bytes.withUnsafeMutableBytes {
            unsafe recv(descriptor, $0.baseAddress, $0.count, 0)
        }
        return Array(bytes.prefix(max(0, count)))
    }

    private static func bound(_ kind: Int32, port: UInt16) throws -> Int32 {
        let descriptor = socket(AF_INET, kind, 0)
        guard unsafe withAddress(port, { unsafe bind(descriptor, $0, $1) }) == 0 else {
            throw CocoaError(.fileNoSuchFile)
        }
        return descriptor
    }

    private static func port(of descriptor: Int32) -> UInt16 {
        var address = sockaddr_in()
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        _ = unsafe withUnsafeMutablePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe getsockname(descriptor, $0, &size)
            }
        }
        return UInt16(bigEndian: address.sin_port)
    }

    private static func withAddress(
        _ port: UInt16, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
    ) -> Int32 {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }
}
