import EMGSignal
import Testing

@Suite("Names in one form")
struct NameNormalizationTests {
    /// Texts and their form C, by Unicode's NormalizationTest.txt.
    static let forms: [(String, String)] = [
        ("p7", "p7"), ("mu\u{308}ller", "m\u{FC}ller"), ("m\u{FC}ller", "m\u{FC}ller"),
        ("e\u{301}", "\u{E9}"), ("A\u{30A}", "\u{C5}"), ("\u{212B}", "\u{C5}"),
        ("\u{2126}", "\u{3A9}"), ("\u{1112}\u{1161}\u{11AB}", "\u{D55C}"),
        // Marks are ordered before they compose; compatibility characters stay.
        ("q\u{307}\u{323}", "q\u{323}\u{307}"), ("a\u{323}\u{302}", "\u{1EAD}"),
        ("\u{B5}V", "\u{B5}V"), ("\u{FB01}", "\u{FB01}"), ("\u{958}", "\u{915}\u{93C}"),
    ]

    @Test("names are composed, code point by code point", arguments: forms)
    func composed(text: String, expected: String) {
        #expect(Array(text.normalizedName.unicodeScalars) == Array(expected.unicodeScalars))
        #expect(text.normalizedName.normalizedName == text.normalizedName)
    }

    @Test("a patient is one in whichever form a file system writes the name")
    func onePatient() throws {
        let one = try RecordingIdentity(
            patient: "mu\u{308}ller", session: "s\u{E9}ance", condition: "e\u{301}", run: "o\u{308}"
        )
        let other = try RecordingIdentity(
            patient: "m\u{FC}ller", session: "se\u{301}ance", condition: "\u{E9}", run: "\u{F6}")
        #expect(Array(one.id.utf8) == Array(other.id.utf8))
    }
}
