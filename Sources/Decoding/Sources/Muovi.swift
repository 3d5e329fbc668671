internal import EMGArchive
internal import EMGSignal

/// OT Bioelettronica's Muovi and Muovi+, which connect to this program over Wi-Fi.
///
/// Source: OT Bioelettronica, Muovi TCP communication protocol 2.4 and MATLAB example 3.0. The
/// device is sent one byte: bit 3 is 1 for EMG, bits 2 and 1 are the mode, bit 0 is 1 to begin and
/// 0 to stop. For EMG it sends 2,000 samples a second of int16, most significant byte first:
/// electrodes, 4 channels of the orientation, buffer and trigger, and a counter of samples.
enum Muovi {
    /// Channels behind the electrodes.
    private static let accessories = 6
    /// 286.1 nV a count at the gain of 8, in volts.
    private static let volts = 286.1e-9
    /// EMG, all electrodes, gain 8.
    private static let command: UInt8 = 1 << 3
    private static let hertz = 2_000.0
    /// Where the device connects to.
    static let port: UInt16 = 54_321

    /// How its samples lie in bytes.
    ///
    /// - Parameters:
    ///   - electrodes: 32, or 64 for the Muovi+.
    ///   - input: What the bundle was made for: it says the unit.
    ///   - place: The source, for messages.
    /// - Returns: The layout.
    /// - Throws: ``DecodingError`` for a unit that it does not have.
    static func layout(
        electrodes: Int, for input: InputDescription, at place: String
    ) throws(DecodingError) -> AmplifierLayout {
        let unit = input.channels[0].unit
        let width = electrodes + accessories
        return AmplifierLayout(
            greeting: [command | 1], farewell: [command], width: width, bioChannels: electrodes,
            counter: width - 1, order: .mostSignificantFirst,
            scale: try VoltageUnit.scale(volts: volts, in: unit, at: place), unit: unit,
            samplingRate: try SamplingRate.of(hertz, at: place))
    }
}

extension SamplingRate {
    /// A rate that a device has.
    static func of(_ hertz: Double, at place: String) throws(DecodingError) -> SamplingRate {
        do throws(SignalError) {
            return try SamplingRate(hertz: hertz)
        } catch {
            throw DecodingError(
                .outOfRange(expected: "a rate in hertz", found: "\(hertz)"), at: place)
        }
    }
}
