private import Documents
private import EMGSignal

/// The packets that `stdin` and `tcp:` read, byte by byte; numbers have their least significant
/// byte first:
///
///     0   4  "EMGS"
///     4   1  version, 1
///     5   1  kind: 0 description, 1 float32, 2 int16, 3 end
///     6   2  channels
///     8   4  samples; for a description the bytes of its text
///     12  8  number of the first sample, from 0
///     20  4  CRC-32 of bytes 0 to 19 and of the contents
///     24  …  contents: samples one after the other, of each all channels; or text
///
/// A description is JSON: `channels`, a list of `name` and `unit`; `sampling_rate_hz`; `scale` and
/// `offset`, by which int16 becomes the channels' units. Each may be left out.
package enum SamplePacket {
    /// The kinds of packets.
    enum Kind: UInt8 {
        case description
        case float32
        case int16
        case end
    }

    static let mark = Array("EMGS".utf8)
    static let version: UInt8 = 1
    static let headBytes = 24
    /// The most values that a packet may have: as many as a block has room for.
    static let mostValues = SampleBlock.capacity
    /// The longest description, in bytes.
    static let longestText = 1 << 18

    /// A packet that says what the stream is.
    ///
    /// - Parameters:
    ///   - stream: The stream.
    ///   - scale: What int16 is multiplied with.
    ///   - offset: What is added then.
    /// - Returns: The bytes.
    package static func description(
        of stream: StreamDescription, scale: Double = 1, offset: Double = 0
    ) -> [UInt8] {
        var members: [DocumentValue.Member] = []
        if let names = stream.names {
            let channels = names.indices.map { index in
                DocumentValue.object(known: [
                    "name": .string(names[index]), "unit": stream.units.map { .string($0[index]) },
                ])
            }
            members.append(.init(key: "channels", value: .array(channels)))
        }
        if let rate = stream.samplingRate {
            members.append(.init(key: "sampling_rate_hz", value: .number(rate.hertz)))
        }
        if scale != 1 { members.append(.init(key: "scale", value: .number(scale))) }
        if offset != 0 { members.append(.init(key: "offset", value: .number(offset))) }
        let text = Array(DocumentValue.object(members).json().utf8)
        return packet(
            .description, channels: stream.channelCount, count: text.count, first: 0, text)
    }

    /// A packet of samples.
    ///
    /// - Parameters:
    ///   - rows: Row-major `[samples × channels]`.
    ///   - channels: Channels of a sample.
    ///   - first: The number of the first sample.
    /// - Returns: The bytes.
    package static func samples(_ rows: [Float], channels: Int, first: Int) -> [UInt8] {
        var contents: [UInt8] = []
        for value in rows { append(value.bitPattern, to: &contents) }
        return packet(
            .float32, channels: channels, count: rows.count / channels, first: first, contents)
    }

    /// A packet of samples of a converter.
    ///
    /// - Parameters:
    ///   - rows: Row-major `[samples × channels]`.
    ///   - channels: Channels of a sample.
    ///   - first: The number of the first sample.
    /// - Returns: The bytes.
    package static func samples(_ rows: [Int16], channels: Int, first: Int) -> [UInt8] {
        var contents: [UInt8] = []
        for value in rows { append(UInt16(bitPattern: value), to: &contents) }
        return packet(
            .int16, channels: channels, count: rows.count / channels, first: first, contents)
    }

    /// The packet behind the last samples.
    ///
    /// - Parameter count: The number that the next sample would have.
    /// - Returns: The bytes.
    package static func end(after count: Int) -> [UInt8] {
        packet(.end, channels: 1, count: 0, first: count, [])
    }

    private static func packet(
        _ kind: Kind, channels: Int, count: Int, first: Int, _ contents: [UInt8]
    ) -> [UInt8] {
        var bytes = mark + [version, kind.rawValue]
        append(UInt16(channels), to: &bytes)
        append(UInt32(count), to: &bytes)
        append(UInt64(first), to: &bytes)
        var sum = CRC32()
        sum.add((bytes + contents).span)
        append(sum.value, to: &bytes)
        return bytes + contents
    }

    private static func append(_ number: some FixedWidthInteger, to bytes: inout [UInt8]) {
        var rest = number
        for _ in 0..<(number.bitWidth / 8) {
            bytes.append(UInt8(truncatingIfNeeded: rest))
            rest >>= 8
        }
    }
}
