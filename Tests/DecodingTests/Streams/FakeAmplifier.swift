import Foundation

/// What amplifiers of OT Bioelettronica send, made from their protocols: int16 of all channels,
/// sample after sample, with a counter.
struct FakeAmplifier: Sendable {
    let width: Int
    let counter: Int
    let isBigEndian: Bool

    static let muovi = FakeAmplifier(width: 38, counter: 37, isBigEndian: true)
    static let muoviPlus = FakeAmplifier(width: 70, counter: 69, isBigEndian: true)

    /// One of the Quattrocento's sizes: 120, 216, 312 or 408 channels.
    static func quattrocento(width: Int) -> FakeAmplifier {
        FakeAmplifier(width: width, counter: width - 8, isBigEndian: false)
    }

    /// Samples of the first channels; the others send their own number.
    ///
    /// - Parameters:
    ///   - rows: Row-major counts.
    ///   - channels: Channels of them.
    ///   - first: The counter's first value.
    /// - Returns: The bytes.
    func bytes(_ rows: [Int16], channels: Int, first: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        for row in 0..<rows.count / channels {
            for channel in 0..<width {
                let value =
                    channel == counter
                    ? Int16(truncatingIfNeeded: first + row)
                    : channel < channels ? rows[row * channels + channel] : Int16(channel)
                let pattern = UInt16(bitPattern: value)
                let pair = [UInt8(pattern >> 8), UInt8(pattern & 255)]
                bytes += isBigEndian ? pair : pair.reversed()
            }
        }
        return bytes
    }
}
