/// A datagram a decision, to one receiver: JSON or ``DecisionBytes``.
///
/// A datagram that the system does not take at once, or that nobody receives, is counted as dropped
/// and never waited for.
final class UDPSink: DecisionSink {
    let name: String
    private(set) var droppedCount = 0
    private let socket: InternetSocket
    private var lines: DecisionJSON?
    private var bytes: DecisionBytes

    /// - Parameters:
    ///   - address: The receiver.
    ///   - classCount: Classes.
    ///   - lines: How JSON is written; `nil` for bytes.
    /// - Throws: ``DecodingError`` for an address that is none.
    init(_ address: HostAndPort, classCount: Int, lines: DecisionJSON?) throws(DecodingError) {
        name = "udp:\(address)"
        self.lines = lines
        bytes = DecisionBytes(classCount: classCount)
        do throws(SocketFault) {
            socket = try InternetSocket(address, for: .datagrams)
        } catch {
            throw DecodingError(.unreachable(reason: error.reason), at: "udp:\(address)")
        }
    }

    func put(_ record: DecisionRecord, _ probabilities: Span<Double>) {
        lines?.removeAll()
        lines?.append(record, probabilities)
        bytes.set(record, probabilities, dropped: droppedCount)
        if socket.send(lines?.bytes ?? bytes.bytes) < 0 { droppedCount += 1 }
    }

    func flush() {}

    func close() {}
}
