/// What makes volts of a converter's numbers: they are `number · range / 2¹⁶ / gain`. The values
/// are those of the manufacturer's own programs.
struct OTBConversion: Sendable, Hashable {
    /// The converter's range in volts.
    let range: Double
    /// How often the amplifier enlarges.
    let gain: Double
    /// Whether the numbers are voltages at all.
    let isVoltage: Bool

    init(device: String, adapter: String) {
        let device = device.uppercased()
        var isVoltage = true
        switch (device, adapter) {
        case (_, "AdapterControl"), (_, "AdapterQuaternions"):
            (range, gain) = (1, 1)
            isVoltage = false
        case (_, "Direct connection"), (_, "Direct connection to Syncstation Input"),
            ("SYNCSTATION", "AdapterLoadCell"):
            (range, gain) = (5, 0.5)
        case ("QUATTRO", _), ("QUATTROCENTO", _): (range, gain) = (5, 150)
        case ("DUE", _): (range, gain) = (5, 200)
        case ("DUE+", _), ("QUATTRO+", _), ("SYNCSTATION", "Due+"), ("SYNCSTATION", "Quattro+"):
            (range, gain) = (3.3, 202)
        default: (range, gain) = (4.8, 256)
        }
        self.isVoltage = isVoltage
    }
}
