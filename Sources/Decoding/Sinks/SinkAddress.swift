package import Foundation

/// Where decisions go, as text.
package enum SinkAddress: Sendable, Hashable {
    /// Lines of JSON on standard output.
    case standardOutput
    /// Lines of JSON in a new file.
    case lines(URL)
    /// A datagram of JSON a decision.
    case udp(HostAndPort)
    /// A datagram of bytes a decision.
    case udpBytes(HostAndPort)
    /// A stream of the Lab Streaming Layer by its name.
    case lsl(String)
    /// A Unix-domain socket that controllers connect to.
    case socket(String)

    /// The forms, for usage texts.
    package static let forms =
        "jsonl, jsonl:FILE, udp:HOST:PORT, udp-bytes:HOST:PORT, socket:PATH or lsl:NAME"

    /// Reads an address.
    ///
    /// - Parameter text: One of ``forms``.
    /// - Throws: ``DecodingError`` for other text.
    package init(_ text: String) throws(DecodingError) {
        let colon = text.firstIndex(of: ":") ?? text.endIndex
        let rest = String(text[colon...].dropFirst())
        switch (text[..<colon], rest.isEmpty) {
        case ("jsonl", true): self = .standardOutput
        case ("jsonl", false): self = .lines(URL(filePath: rest))
        case ("udp", false): self = .udp(try HostAndPort(rest, at: "--to"))
        case ("udp-bytes", false): self = .udpBytes(try HostAndPort(rest, at: "--to"))
        case ("lsl", false): self = .lsl(rest)
        case ("socket", false): self = .socket(rest)
        default:
            throw DecodingError(.outOfRange(expected: Self.forms, found: text), at: "--to")
        }
    }

    /// Opens the sink.
    ///
    /// - Parameters:
    ///   - classNames: The classes in the order of the model's outputs.
    ///   - hasStamps: Whether JSON says when samples arrived and were decided about.
    ///   - lslLibrary: The file of liblsl; `nil` to look for it.
    /// - Returns: The sink.
    /// - Throws: ``DecodingError`` when it cannot be opened.
    package func open(
        classNames: [String], hasStamps: Bool, lslLibrary: String?
    ) throws(DecodingError) -> any DecisionSink {
        let lines = DecisionJSON(classNames: classNames, hasStamps: hasStamps)
        let count = classNames.count
        return switch self {
        case .standardOutput: JSONLinesSink(lines)
        case .lines(let url): try JSONLinesSink(url, lines)
        case .udp(let address): try UDPSink(address, classCount: count, lines: lines)
        case .udpBytes(let address): try UDPSink(address, classCount: count, lines: nil)
        case .socket(let path): try UnixSocketSink(path, classCount: count)
        case .lsl(let name):
            try LSLSink(name, classNames: classNames, LSLLibrary(lslLibrary))
        }
    }
}
