private import PrintableText

/// A machine and a port of it, as `HOST:PORT`; an address with colons stands in brackets.
package struct HostAndPort: Sendable, Hashable, CustomStringConvertible {
    /// The name or address.
    package let host: String
    /// The port, from 0, which is any free one to listen at, to 65,535.
    package let port: UInt16

    /// Reads a machine and a port.
    ///
    /// - Parameters:
    ///   - text: `HOST:PORT`.
    ///   - defaultPort: The port when none is named; `nil` when it must be.
    ///   - place: The option that it stands in, for messages.
    /// - Throws: ``DecodingError`` for other text.
    package init(
        _ text: some StringProtocol, defaultPort: UInt16? = nil, at place: String
    ) throws(DecodingError) {
        var host = text[...]
        var port = defaultPort
        let isBare = text.hasSuffix("]") || !text.contains(":")
        if let colon = text.lastIndex(of: ":"), !isBare {
            host = text[..<colon]
            port = UInt16(text[text.index(after: colon)...])
        }
        if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
        guard let port, !host.isEmpty, host.utf8.count <= 253 else {
            throw DecodingError(
                .outOfRange(
                    expected: defaultPort == nil ? "HOST:PORT" : "HOST or HOST:PORT",
                    found: String(text)), at: place)
        }
        self.host = String(host)
        self.port = port
    }

    package var description: String {
        host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    }
}
