import Dispatch
private import ErrorReports
import Foundation

#if ReviewServer
    import FlyingFox
    import FlyingSocks
#endif

/// The server that a browser talks to, on 127.0.0.1 only.
package enum LoopbackServer {
    /// The most bytes that a request's body may have.
    static let bodyLimit = 4 << 20

    #if ReviewServer
        /// Serves a page until it is cancelled.
        ///
        /// - Parameters:
        ///   - service: Answers.
        ///   - port: The port; 0 for any free one.
        ///   - ready: Called with the address to open, and with another one whenever one was used.
        /// - Throws: ``PageServerError`` when the port cannot be listened on.
        package static func run(
            _ service: some PageService, port: Int, ready: @escaping @Sendable (String) -> Void
        ) async throws {
            let queue = DispatchQueue(
                label: "myotask.page.requests", qos: .userInitiated, attributes: .concurrent)
            // A collection may take its time.
            let server = HTTPServer(
                address: try .inet(ip4: "127.0.0.1", port: UInt16(port)), timeout: 86_400,
                pool: PromptSockets(),
                logger: .disabled,
                handler: ClosureHTTPHandler { request in
                    let plain: PageRequest
                    do {
                        plain = try await PageRequest(request)
                    } catch is BodyTooLarge {
                        return HTTPResponse(
                            statusCode: .payloadTooLarge,
                            headers: HTTPHeaders([.connection: "close"]))
                    }
                    let response = await withCheckedContinuation { continuation in
                        queue.async {
                            continuation.resume(
                                returning: service.respond(to: plain, welcomed: ready))
                        }
                    }
                    return HTTPResponse(response)
                })
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    do {
                        try await server.run()
                    } catch let error as SocketError {
                        throw PageServerError(.port(port, reason: SystemReason.of(error)))
                    }
                }
                group.addTask {
                    try await server.waitUntilListening()
                    guard case .ip4(_, port: let actual)? = await server.listeningAddress else {
                        throw PageServerError(.port(port, reason: "no address"))
                    }
                    service.access.port = Int(actual)
                    ready(service.access.makeAddress())
                }
                while try await group.next() != nil {}
            }
        }
    #else
        /// There is no server in this program.
        ///
        /// - Throws: ``PageServerError`` that says how to get one.
        package static func run(
            _ service: some PageService, port: Int, ready: @escaping @Sendable (String) -> Void
        ) async throws {
            throw PageServerError(.noServer)
        }
    #endif

    /// Whether the program was built with the server.
    package static var isAvailable: Bool {
        #if ReviewServer
            true
        #else
            false
        #endif
    }
}

#if ReviewServer
    private struct BodyTooLarge: Error {}

    extension PageRequest {
        fileprivate init(_ request: HTTPRequest) async throws {
            var headers: [String: [String]] = [:]
            for (header, value) in request.headers {
                headers[header.rawValue.lowercased(), default: []].append(value)
            }
            var body = Data()
            guard request.bodySequence.count ?? 0 <= LoopbackServer.bodyLimit else {
                throw BodyTooLarge()
            }
            for try await piece in request.bodySequence {
                body += piece
                guard body.count <= LoopbackServer.bodyLimit else { throw BodyTooLarge() }
            }
            // The path as it came: what is encoded or has dots in it names nothing.
            self.init(
                method: request.method.rawValue, path: request.target.path(),
                query: request.target.query(), headers: headers, body: body)
        }
    }

    extension HTTPResponse {
        fileprivate init(_ response: PageResponse) {
            var headers = HTTPHeaders()
            for (name, value) in response.headers { headers[HTTPHeader(name)] = value }
            self.init(
                statusCode: HTTPStatusCode(response.status, phrase: ""), headers: headers,
                body: response.body)
        }
    }
#endif
