/// A TCP connection that this program makes to a device or another program.
final class OutgoingConnection: ByteConnection {
    let isPersistent = true
    private(set) var problem: String?
    private let address: HostAndPort
    private var attempt: InternetSocket?
    private var backOff = BackOff()

    init(_ address: HostAndPort) {
        self.address = address
    }

    var name: String { "tcp:\(address)" }

    func connect(until deadline: UInt64) -> Bool {
        if attempt == nil {
            guard backOff.wait(until: deadline) else { return false }
            do throws(SocketFault) {
                attempt = try InternetSocket(address, for: .connecting)
            } catch {
                problem = error.reason
                return false
            }
        }
        do throws(SocketFault) {
            guard try attempt?.finishConnecting(until: deadline) == true else { return false }
            problem = nil
            backOff.reset()
            return true
        } catch {
            problem = error.reason
            attempt = nil
            return false
        }
    }

    func receive(into buffer: inout ReceiveBuffer, until deadline: UInt64) -> Reception {
        guard let descriptor = attempt?.descriptor else { return .closed }
        return buffer.receive(from: descriptor, until: deadline)
    }

    func send(_ bytes: [UInt8]) { _ = attempt?.send(bytes) }

    func disconnect() {
        attempt = nil
        problem = "the other end has closed the connection"
    }
}
