#if ReviewServer
    internal import FlyingFox
    internal import FlyingSocks
    private import Foundation

    /// Sockets that send at once what they are given.
    ///
    /// A response is written in two pieces, head and body. Otherwise the kernel keeps the second until
    /// the first is acknowledged, which the other side delays by 40 ms (RFC 896 with RFC 1122, 4.2.3.2):
    /// no page would be answered thirty times a second.
    struct PromptSockets: AsyncSocketPool {
        private let pool: any AsyncSocketPool

        /// Wraps the server's own sockets.
        init(_ pool: some AsyncSocketPool = HTTPServer.defaultPool()) { self.pool = pool }

        func prepare() async throws { try await pool.prepare() }

        func run() async throws { try await pool.run() }

        func suspendSocket(
            _ socket: Socket, untilReadyFor events: Socket.Events
        ) async throws {
            // Whoever is answered has been waited for; one that cannot be told is slower only.
            try? socket.setValue(
                true, for: BoolSocketOption(level: Int32(IPPROTO_TCP), name: TCP_NODELAY))
            try await pool.suspendSocket(socket, untilReadyFor: events)
        }
    }
#endif
