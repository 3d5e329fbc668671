import CSV
import Testing

@Suite("Numbers in cells")
struct CellNumberTests {
    @Test(
        "whole numbers are exact",
        arguments: [
            ("0", 0), ("42", 42), (" 42 ", 42), ("\t7", 7), ("+42", 42), ("-17", -17),
            ("007", 7), ("9223372036854775807", Int64.max), ("-9223372036854775808", Int64.min),
        ])
    func integers(text: String, value: Int64) {
        #expect(CellNumber(Array(text.utf8)) == .integer(value))
    }

    @Test(
        "decimal numbers are those of the language's own parser",
        arguments: [
            "1.5", ".5", "5.", "-0.25", "1e3", "2.5E-3", "0.12000000000000001", "1e-400",
            "2.0308692450000001",
        ])
    func decimals(text: String) throws {
        let expected = try #require(
            Double(text.hasSuffix(".") ? text + "0" : text.hasPrefix(".") ? "0" + text : text))
        #expect(CellNumber(Array(text.utf8)) == .decimal(expected))
    }

    @Test(
        "numbers too large for any type are said to be",
        arguments: ["9223372036854775808", "1e309"])
    func tooLarge(text: String) {
        #expect(CellNumber(Array(text.utf8)) == .tooLarge)
    }

    @Test(
        "missing values are inferred from faults",
        arguments: ["", "nan", "NaN", "inf", "-inf", "+Infinity"])
    func missing(text: String) {
        #expect(CellNumber(Array(text.utf8)) == .missing)
    }

    @Test(
        "what is no number is refused",
        arguments: [
            " ", "0x1F", "3,5", "1_000", "٤٢", "\u{FF14}\u{FF12}", "4\u{0}2", "--5", "+-5", "1e",
            "e5", ".",
            "-", "1.2.3", "1 2", "true", "None", "nanx", "1e+", "५",
        ])
    func invalid(text: String) {
        #expect(CellNumber(Array(text.utf8)) == .invalid)
    }
}
