/// Converts from volts to the unit that a bundle was made for.
enum VoltageUnit {
    private static let perVolt = ["V": 1.0, "mV": 1e3, "uV": 1e6, "nV": 1e9]

    /// What a count of a converter is in a unit.
    ///
    /// - Parameters:
    ///   - volts: What it is in volts.
    ///   - unit: The unit: one of voltage, or `count` for the numbers as they are.
    ///   - place: The source, for messages.
    /// - Returns: The factor.
    /// - Throws: ``DecodingError`` for another quantity.
    static func scale(
        volts: Double, in unit: String, at place: String
    ) throws(DecodingError) -> Double {
        if unit == "count" { return 1 }
        guard let factor = perVolt[unit] else {
            throw DecodingError(
                .otherInput(
                    property: "unit", expected: unit, found: "volts of an amplifier"), at: place,
                hint: "an amplifier gives V, mV, uV, nV or count")
        }
        return volts * factor
    }
}
