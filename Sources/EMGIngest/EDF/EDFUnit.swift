/// Physical dimensions as people write them, and as this package does.
enum EDFUnit {
    /// The unit of a header's dimension, in the spelling of this package; what is not known stays
    /// as it is. `nil` for a blank field.
    static func normalized(_ dimension: String) -> String? {
        let text = dimension.trimmingPrefix("[").prefix { $0 != "]" }
        if text.isEmpty { return nil }
        switch text {
        case "uV", "\u{B5}V", "\u{3BC}V", "uv", "\u{B5}v", "\u{3BC}v", "UV", "microV", "uVolt":
            return "uV"
        case "mV", "mv", "milliV", "mVolt": return "mV"
        case "nV", "nv": return "nV"
        case "V", "v", "Volt", "volt", "Volts", "volts": return "V"
        default: break
        }
        switch text.lowercased() {
        case "microvolt", "microvolts", "\u{B5}volt", "uvolts": return "uV"
        case "millivolt", "millivolts": return "mV"
        case "nanovolt", "nanovolts": return "nV"
        case "count", "counts", "adc", "adu", "lsb", "a.u.", "au", "digits", "raw", "bit", "bits":
            return text == "au" || text == "a.u." ? "a.u." : "count"
        default: return String(text)
        }
    }

    /// How many volts a unit is; `nil` for anything but voltages.
    static func volts(_ unit: String) -> Double? {
        switch unit {
        case "V": 1
        case "mV": 1e-3
        case "uV": 1e-6
        case "nV": 1e-9
        default: nil
        }
    }
}
