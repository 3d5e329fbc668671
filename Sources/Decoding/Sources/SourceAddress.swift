package import EMGArchive
package import Foundation

/// Where samples come from, as text.
package enum SourceAddress: Sendable, Hashable {
    /// A recording of an archive.
    case replay(URL)
    /// Packets on standard input.
    case packets
    /// Comma-separated values on standard input.
    case csv
    /// Packets of a program that listens.
    case tcp(HostAndPort)
    /// An amplifier.
    case amplifier(Amplifier, HostAndPort)
    /// A stream of the Lab Streaming Layer by its name.
    case lsl(String)

    /// Amplifiers whose bytes are known.
    package enum Amplifier: String, Sendable, Hashable, CaseIterable {
        case quattrocento
        case muovi
        case muoviPlus = "muovi+"
    }

    /// The forms, for usage texts.
    package static let forms =
        "replay:FILE, stdin, stdin:csv, tcp:HOST:PORT, tcp:quattrocento@HOST[:PORT], "
        + "tcp:muovi@HOST[:PORT], tcp:muovi+@HOST[:PORT] or lsl:NAME"

    /// Reads an address.
    ///
    /// - Parameter text: One of ``forms``.
    /// - Throws: ``DecodingError`` for other text.
    package init(_ text: String) throws(DecodingError) {
        let colon = text.firstIndex(of: ":") ?? text.endIndex
        let rest = text[colon...].dropFirst()
        switch text[..<colon] {
        case "replay" where !rest.isEmpty: self = .replay(URL(filePath: String(rest)))
        case "stdin" where rest.isEmpty: self = .packets
        case "stdin" where rest == "csv": self = .csv
        case "lsl" where !rest.isEmpty: self = .lsl(String(rest))
        case "tcp":
            guard let sign = rest.firstIndex(of: "@") else {
                self = .tcp(try HostAndPort(rest, at: "--from"))
                return
            }
            guard let amplifier = Amplifier(rawValue: String(rest[..<sign])) else {
                throw Self.unknown(text)
            }
            self = .amplifier(
                amplifier,
                try HostAndPort(
                    rest[sign...].dropFirst(), defaultPort: amplifier.port, at: "--from"))
        default:
            throw Self.unknown(text)
        }
    }

    private static func unknown(_ text: String) -> DecodingError {
        DecodingError(.outOfRange(expected: forms, found: text), at: "--from")
    }

    /// Opens the source.
    ///
    /// - Parameters:
    ///   - input: What the bundle was made for: amplifiers are set by it.
    ///   - settings: How.
    /// - Returns: The source.
    /// - Throws: ``DecodingError`` when it cannot be opened; `ArchiveError` for a recording.
    package func open(
        for input: InputDescription, _ settings: SourceSettings
    ) throws -> any SampleSource {
        switch self {
        case .replay(let url):
            return try ReplaySource(
                url, isRealTime: settings.isRealTime,
                chunk: settings.chunk ?? (settings.isRealTime ? nil : input.window.stride))
        case .packets:
            let connection = StandardInput(settings.input)
            return ByteStreamSource(connection, SamplePacketLayout(name: connection.name))
        case .csv:
            let connection = StandardInput(settings.input)
            return ByteStreamSource(connection, CSVLayout(name: connection.name))
        case .tcp(let address):
            let connection = OutgoingConnection(address)
            return ByteStreamSource(connection, SamplePacketLayout(name: connection.name))
        case .amplifier(.quattrocento, let address):
            let connection = OutgoingConnection(address)
            let needed = (settings.channels?.max()).map { $0 + 1 } ?? input.channels.count
            return ByteStreamSource(
                connection,
                try Quattrocento.layout(channels: needed, for: input, at: connection.name))
        case .amplifier(let amplifier, let address):
            let connection = try IncomingConnection(address)
            return ByteStreamSource(
                connection,
                try Muovi.layout(
                    electrodes: amplifier == .muovi ? 32 : 64, for: input, at: connection.name))
        case .lsl(let name):
            return LSLSource(name, try LSLLibrary(settings.lslLibrary))
        }
    }
}

extension SourceAddress.Amplifier {
    fileprivate var port: UInt16 { self == .quattrocento ? Quattrocento.port : Muovi.port }
}

/// How a source is opened.
package struct SourceSettings: Sendable, Hashable {
    /// Whether a recording is replayed as it was measured, or as fast as it is taken.
    package var isRealTime = true
    /// Samples that a replayed recording gives at once; `nil` for what suits it.
    package var chunk: Int?
    /// The numbers of the stream's channels that are wanted, from 0; `nil` for all.
    package var channels: [Int]?
    /// The open file that standard input is.
    package var input: Int32 = STDIN_FILENO
    /// The file of liblsl; `nil` to look for it.
    package var lslLibrary: String?

    /// Creates settings: in real time, of all channels.
    package init() {}
}
