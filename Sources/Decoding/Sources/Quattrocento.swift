internal import EMGArchive
internal import EMGSignal

/// OT Bioelettronica's Quattrocento, which this program connects to by Ethernet.
///
/// Source: OT Bioelettronica, Quattrocento configuration protocol 1.7 and MATLAB example 5.0. It is
/// sent 40 bytes: byte 0 has bit 7 set, bit 6 for decimation, bits 4 and 3 for the rate, bits 2 and
/// 1 for the number of channels, bit 0 to begin; byte 39 is a CRC-8 (polynomial 0x8C, least
/// significant bit first) of the others. It sends int16, least significant byte first: electrodes,
/// 16 auxiliary inputs and 8 accessory channels, of which the first counts samples.
enum Quattrocento {
    /// 5 V over 2^16 counts at the gain of 150, in volts.
    private static let volts = 5.0 / 65_536 / 150
    private static let rates = [512.0, 2_048, 5_120, 10_240]
    private static let widths = [120, 216, 312, 408]
    /// 16 auxiliary inputs and 8 accessory channels.
    private static let others = 24
    /// Monopolar, high-pass at 10 Hz, low-pass at 500 Hz, for each of 12 inputs.
    private static let inputSetting: [UInt8] = [0, 0, 0x14]
    /// Where the device listens.
    static let port: UInt16 = 23_456

    /// How its samples lie in bytes, at the bundle's rate and with as many inputs as its channels
    /// need.
    ///
    /// - Parameters:
    ///   - channels: How many electrodes are needed.
    ///   - input: What the bundle was made for: it says the unit and the rate.
    ///   - place: The source, for messages.
    /// - Returns: The layout.
    /// - Throws: ``DecodingError`` for a unit, a rate or a number of channels that it does not have.
    static func layout(
        channels: Int, for input: InputDescription, at place: String
    ) throws(DecodingError) -> AmplifierLayout {
        let hertz = input.samplingRate.hertz
        guard let rate = rates.firstIndex(of: hertz) else {
            throw DecodingError(
                .otherInput(
                    property: "sampling rate", expected: "\(hertz) Hz",
                    found: "512, 2048, 5120 or 10240 Hz"), at: place,
                hint: "train for one of the device's rates")
        }
        guard let size = widths.firstIndex(where: { $0 - others >= channels }) else {
            throw DecodingError(
                .otherInput(
                    property: "channels", expected: "\(channels)",
                    found: "at most \(widths[3] - others)"), at: place)
        }
        let unit = input.channels[0].unit
        let width = widths[size]
        let setting = 1 << 7 | 1 << 6 | UInt8(rate) << 3 | UInt8(size) << 1
        return AmplifierLayout(
            greeting: command(setting | 1), farewell: command(1 << 7), width: width,
            bioChannels: width - others, counter: width - 8, order: .leastSignificantFirst,
            scale: try VoltageUnit.scale(volts: volts, in: unit, at: place), unit: unit,
            samplingRate: input.samplingRate)
    }

    /// The 40 bytes.
    static func command(_ setting: UInt8) -> [UInt8] {
        var bytes = [setting, 0, 0]
        for _ in 0..<12 { bytes += inputSetting }
        return bytes + [checksum(bytes)]
    }

    /// The CRC-8.
    static func checksum(_ bytes: [UInt8]) -> UInt8 {
        var sum: UInt8 = 0
        for byte in bytes {
            sum ^= byte
            for _ in 0..<8 { sum = sum & 1 == 1 ? sum >> 1 ^ 0x8C : sum >> 1 }
        }
        return sum
    }
}
