import EMGSignal
import Testing

@Suite("The table of units")
struct UnitTableTests {
    static let microvolts = [
        "uV", "\u{B5}V", "\u{3BC}V", "uv", "UV", "\u{B5}v", "microV", "uVolt", "microvolt",
        "MicroVolts", "[uV]", " \u{B5}V ", "\u{3BC}Volt",
    ]

    @Test("every way to write microvolts is uV", arguments: microvolts)
    func microvolt(text: String) {
        let reading = UnitTable.reading(of: text)
        #expect(reading == UnitTable.Reading(unit: "uV", .known))
    }

    @Test(
        "a micro sign that was lost is found again, and said to be assumed",
        arguments: [
            "\u{E6}V", ".V", "?V", "\u{FFFD}V", "\u{C2}\u{B5}V", "\u{CE}\u{BC}V", "\u{2561}V",
        ])
    func lost(text: String) {
        let reading = UnitTable.reading(of: text)
        #expect(reading == UnitTable.Reading(unit: "uV", .assumed))
    }

    @Test(
        "other units keep their meaning",
        arguments: [
            ("mV", "mV"), ("mv", "mV"), ("millivolts", "mV"), ("V", "V"), ("volts", "V"),
            ("count", "count"), ("LSB", "count"), ("a.u.", "a.u."), ("g", "g"), ("G", "G"),
            ("\u{B0}C", "degC"), ("\u{B5}S", "uS"), ("\u{2126}", "ohm"), ("\u{B5}T", "uT"),
        ])
    func others(text: String, unit: String) {
        #expect(UnitTable.reading(of: text)?.unit == unit)
        #expect(UnitTable.reading(of: text)?.isKnown == true)
    }

    @Test(
        "what is not known stays as it is; nothing is no unit", arguments: ["furlong", "MV", "qV"])
    func unknown(text: String) {
        let reading = UnitTable.reading(of: text)
        #expect(reading == UnitTable.Reading(unit: text, .unknown))
        #expect(UnitTable.reading(of: " ") == nil)
    }
}
