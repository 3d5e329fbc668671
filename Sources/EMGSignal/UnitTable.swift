/// The one table of units: how programs spell them, and how this package does.
///
/// Recordings keep units in the package's spelling, in ASCII: `uV` for each way to write microvolts.
package enum UnitTable {
    /// What a spelling means.
    package struct Reading: Sendable, Hashable {
        /// The unit in this package's spelling; the text itself when it is not known.
        package let unit: String
        /// How sure that is.
        package let certainty: Certainty

        /// How sure a reading is.
        package enum Certainty: Sendable, Hashable {
            /// The table has the spelling.
            case known
            /// The spelling was taken for one of the table, whose first character was lost on the
            /// way through a code page.
            case assumed
            /// The table does not have it.
            case unknown
        }

        /// Whether the table has the spelling, or one that it was taken for.
        package var isKnown: Bool { certainty != .unknown }
        /// Whether it was taken for a spelling whose first character was lost.
        package var isAssumed: Bool { certainty == .assumed }

        /// Creates a reading.
        package init(unit: String, _ certainty: Certainty) {
            self.unit = unit
            self.certainty = certainty
        }
    }

    /// Reads a unit.
    ///
    /// - Parameter text: The unit as a source writes it, possibly in square brackets.
    /// - Returns: What it means; `nil` for a blank text.
    package static func reading(of text: String) -> Reading? {
        var plain = text.normalizedName.trimmed()
        if plain.hasPrefix("["), plain.hasSuffix("]"), plain.count > 2 {
            plain = String(plain.dropFirst().dropLast()).trimmed()
        }
        guard !plain.isEmpty else { return nil }
        if let unit = exact[plain] ?? words[plain.lowercased()] {
            return Reading(unit: unit, .known)
        }
        for sign in microSigns where plain.hasPrefix(sign) {
            let rest = String(plain.dropFirst(sign.count))
            if let unit = exact["u" + rest] ?? words["u" + rest.lowercased()] {
                return Reading(unit: unit, .known)
            }
        }
        for sign in lostMicroSigns where plain.hasPrefix(sign) {
            if ["V", "v"].contains(plain.dropFirst(sign.count)) {
                return Reading(unit: "uV", .assumed)
            }
        }
        return Reading(unit: plain, .unknown)
    }

    /// Whether a unit is of something that is no voltage, count or ratio, and so no EMG.
    package static func isOtherQuantity(_ unit: String) -> Bool { otherQuantities.contains(unit) }

    /// The micro sign, and the Greek letter that looks like it.
    private static let microSigns = ["\u{B5}", "\u{3BC}"]

    /// What becomes of a micro sign: `\u{B5}` of code page 437 or in it, replaced, or UTF-8 taken
    /// for ISO 8859-1.
    private static let lostMicroSigns = [
        "\u{E6}", "\u{2561}", ".", "?", "\u{FFFD}", "\u{C2}\u{B5}", "\u{CE}\u{BC}",
    ]

    /// Spellings in which case counts.
    private static let exact: [String: String] = {
        var table = [
            "uV": "uV", "UV": "uV", "uv": "uV", "uVolt": "uV", "mV": "mV", "mv": "mV", "nV": "nV",
            "nv": "nV", "V": "V", "v": "V", "kV": "kV", "pV": "pV", "a.u.": "a.u.", "au": "a.u.",
            "n.u.": "a.u.", "1": "1", "%": "%", "%MVC": "%MVC", "%mvc": "%MVC", "C": "degC",
            "\u{B0}C": "degC", "\u{B0}": "deg", "\u{B0}/s": "deg/s", "m/s\u{B2}": "m/s^2",
            "m/s2": "m/s^2", "g": "g", "G": "G", "T": "T", "uT": "uT", "N": "N", "Nm": "Nm",
            "kg": "kg", "s": "s", "ms": "ms", "us": "us", "Hz": "Hz", "uS": "uS", "S": "S",
            "\u{3A9}": "ohm", "k\u{3A9}": "kohm", "kOhm": "kohm", "Pa": "Pa", "mmHg": "mmHg",
        ]
        for unit in otherQuantities { table[unit] = unit }
        return table
    }()

    /// Spellings in which case does not count.
    private static let words: [String: String] = [
        "microv": "uV", "microvolt": "uV", "microvolts": "uV", "uvolt": "uV", "uvolts": "uV",
        "milliv": "mV", "mvolt": "mV", "mvolts": "mV", "millivolt": "mV", "millivolts": "mV",
        "nanovolt": "nV", "nanovolts": "nV", "volt": "V", "volts": "V", "count": "count",
        "counts": "count", "adc": "count", "adu": "count", "lsb": "count", "digits": "count",
        "raw": "count", "bit": "count", "bits": "count", "percent": "%", "degc": "degC",
        "deg c": "degC", "celsius": "degC", "degrees": "deg", "degree": "deg", "ohm": "ohm",
        "ohms": "ohm", "boolean": "boolean", "bpm": "bpm", "none": "1", "unitless": "1",
        "no_units": "1",
    ]

    private static let otherQuantities: Set<String> = [
        "g", "m/s^2", "deg", "rad", "deg/s", "rad/s", "dps", "uT", "T", "G", "N", "Nm", "kg",
        "degC", "uS", "S", "ohm", "kohm", "bpm", "Pa", "mmHg", "Hz", "s", "ms", "us", "m", "mm",
        "m/s", "boolean",
    ]
}

extension String {
    /// The text without blanks round it.
    fileprivate func trimmed() -> String {
        var rest = self[...]
        while rest.first?.isWhitespace == true { rest.removeFirst() }
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return String(rest)
    }
}
