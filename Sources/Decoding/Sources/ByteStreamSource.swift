/// A source whose samples come as bytes: a way that they come, and how samples lie in them.
final class ByteStreamSource<Layout: PacketLayout>: SampleSource {
    private let connection: any ByteConnection
    private var layout: Layout
    private var buffer = ReceiveBuffer()
    private var isConnected = false
    private var isAtEnd = false
    private var arrival: UInt64 = 0

    init(_ connection: any ByteConnection, _ layout: Layout) {
        self.connection = connection
        self.layout = layout
    }

    var name: String { connection.name }
    var stream: StreamDescription? { layout.stream }
    var problem: String? { connection.problem }

    func read(
        into block: inout SampleBlock, until deadline: UInt64
    ) throws(DecodingError) -> SourceEvent {
        guard try connect(until: deadline) else { return .nothing }
        while true {
            let step = try layout.take(from: &buffer, isEnd: isAtEnd, into: &block)
            switch step {
            case .described: return .described
            case .samples:
                block.arrival = arrival
                return .samples
            case .fault(.disconnected): return lose()
            case .fault(let fault): return .fault(fault)
            case .ended: return .ended
            case .needsMoreBytes: break
            }
            if isAtEnd { return lose() }
            if buffer.isFull {
                // A packet has room in the buffer: this is none.
                buffer.removeAll()
                return .fault(.malformed(missing: 0))
            }
            switch connection.receive(into: &buffer, until: deadline) {
            case .bytes: arrival = MonotonicClock.now
            case .nothing: return .nothing
            // What has arrived is looked at once more, as all that there is.
            case .closed: isAtEnd = true
            }
        }
    }

    func close() {
        guard isConnected else { return }
        if !layout.farewell.isEmpty { connection.send(layout.farewell) }
        connection.disconnect()
        isConnected = false
    }

    private func connect(until deadline: UInt64) throws(DecodingError) -> Bool {
        if isConnected { return true }
        guard try connection.connect(until: deadline) else { return false }
        isConnected = true
        isAtEnd = false
        buffer.removeAll()
        layout.reset()
        if !layout.greeting.isEmpty { connection.send(layout.greeting) }
        return true
    }

    private func lose() -> SourceEvent {
        connection.disconnect()
        guard connection.isPersistent else { return .ended }
        isConnected = false
        return .fault(.disconnected)
    }
}
