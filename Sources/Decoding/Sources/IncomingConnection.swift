/// A TCP connection that a device makes to this program.
final class IncomingConnection: ByteConnection {
    let isPersistent = true
    private(set) var problem: String? = "nobody has connected"
    private let address: HostAndPort
    private let listener: InternetSocket
    private var connection: InternetSocket?

    /// Listens.
    ///
    /// - Parameter address: Where.
    /// - Throws: ``DecodingError`` when that is not possible.
    init(_ address: HostAndPort) throws(DecodingError) {
        self.address = address
        do throws(SocketFault) {
            listener = try InternetSocket(address, for: .listening)
        } catch {
            throw DecodingError(
                .unreachable(reason: "cannot be listened at: \(error.reason)"),
                at: "tcp:\(address)",
                hint: "name an address of this machine, 0.0.0.0 for all, and a port that is free")
        }
    }

    var name: String { "tcp:\(address)" }

    func connect(until deadline: UInt64) -> Bool {
        connection = listener.accept(until: deadline)
        guard connection != nil else { return false }
        problem = nil
        return true
    }

    func receive(into buffer: inout ReceiveBuffer, until deadline: UInt64) -> Reception {
        guard let descriptor = connection?.descriptor else { return .closed }
        return buffer.receive(from: descriptor, until: deadline)
    }

    func send(_ bytes: [UInt8]) { _ = connection?.send(bytes) }

    func disconnect() {
        connection = nil
        problem = "the device has closed the connection"
    }
}
