import Foundation

/// A command that serves a page, such as `myotask review`, in a process of its own.
public final class RunningPage {
    /// The port that it listens on.
    public let port: Int
    /// The address that was printed, with its token.
    public let address: String
    private let process: Process

    /// Starts it and waits for its address.
    ///
    /// - Parameter arguments: The command's name and what stands behind it.
    /// - Throws: When it cannot be started, or says something else than its address.
    public init(_ arguments: [String]) throws {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = try CommandRun.executable()
        process.arguments = arguments
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        try process.run()
        var text = ""
        while !text.contains("\n") {
            let piece = pipe.fileHandleForReading.availableData
            guard !piece.isEmpty else { break }
            text += String(decoding: piece, as: UTF8.self)
        }
        guard let address = text.split(separator: " ").last?.trimmingCharacters(in: .newlines),
            let port = URL(string: address)?.port
        else { throw CocoaError(.fileReadUnknown, userInfo: ["output": text]) }
        self.address = address
        self.port = port
        self.process = process
    }

    /// For signals.
    public var processIdentifier: Int32 { process.processIdentifier }

    /// The token of the address.
    public var token: String { String(address.split(separator: "=").last ?? "") }

    /// Ends the server as a crash of the machine would.
    public func kill() {
        Foundation.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    deinit {
        if process.isRunning { kill() }
    }

    /// Sends bytes as they are and reads what comes back until the server closes.
    public func exchange(_ request: String) throws -> String {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        let status = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard status == 0 else { throw CocoaError(.fileReadUnknown) }
        var limit = timeval(tv_sec: 20, tv_usec: 0)
        unsafe setsockopt(
            descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit,
            socklen_t(MemoryLayout<timeval>.size))
        let bytes = Array(request.utf8)
        _ = unsafe send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
        var answer: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = unsafe recv(descriptor, &buffer, buffer.count, 0)
            guard count > 0 else { break }
            answer += buffer[..<count]
        }
        return String(decoding: answer, as: UTF8.self)
    }

    /// A request with the given headers beside those of every one; the answer's status.
    public func status(_ line: String, _ headers: [String] = [], host: String? = nil) throws -> Int
    {
        let answer = try exchange(
            ([line + " HTTP/1.1", "Host: \(host ?? "127.0.0.1:\(port)")", "Connection: close"]
                + headers).joined(separator: "\r\n") + "\r\n\r\n")
        return answer.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
    }

    /// The cookie for the token, which is used up.
    public func cookie() throws -> String {
        let answer = try exchange(
            "GET /?token=\(token) HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\nConnection: close\r\n\r\n")
        let line = answer.split(separator: "\r\n").first {
            $0.lowercased().hasPrefix("set-cookie:")
        }
        return line.map {
            String($0.dropFirst(11).split(separator: ";")[0]).trimmingCharacters(in: .whitespaces)
        } ?? ""
    }
}
