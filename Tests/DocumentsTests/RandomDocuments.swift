import Documents
import SeededRandom

/// Values with texts that a format could take for something else.
struct RandomDocuments {
    private var generator: SeededGenerator

    /// What readers of YAML 1.1 or 1.2 take for numbers, truth values, times or nothing.
    static let words = [
        "no", "Yes", "ON", "off", "y", "N", "true", "False", "null", "Null", "~", "", "NO",
        "12", "-3", "+5", "007", "0x1F", "0o17", "1_000", "1:30", "12:30:45", "1e-05", "1e5", ".5",
        "1.", "-.inf", ".NaN", "nan", "inf", "2001-01-01", "2001-01-01T00:00:00Z", "=", "<<",
        "---", "...", "-", "?", ":", "- a", "a: b", "a #b", "#b", " a", "a ", "\ta", "a\n", "a\nb",
        "a:", "[a", "{a", "a]", "a,b", "&a", "*a", "!a", "|", ">", "%a", "@a", "`a", "'a'", "\"",
        "\\n", "e1", "E", "e-1", "a/b.c-d_e", "\u{2028}", "é", "𝄞", "日本", "\u{85}", "\u{7F}",
    ]
    private static let alphabet =
        Array(
            "ab0.e-+:#,[]{}&*!|>'\"%@`\\/ \n\t\r_~?=é𝄞".unicodeScalars)
        + ["\u{0}", "\u{7F}", "\u{85}", "\u{A0}", "\u{2028}", "\u{FFFF}"]

    init(seed: UInt64) {
        generator = SeededGenerator(seed: seed, stream: "documents")
    }

    /// A value of any kind.
    mutating func value(depth: Int = 0) -> DocumentValue {
        switch generator.integer(below: depth < 4 ? 9 : 6) {
        case 0: .null
        case 1: .boolean(generator.integer(below: 2) == 0)
        case 2: .integer(generator.integer(below: 1 << 40) - 1 << 39)
        case 3: .number(number())
        case 4, 5: .string(text())
        case 6: .array((0..<generator.integer(below: 4)).map { _ in value(depth: depth + 1) })
        default:
            .object(
                Set((0..<generator.integer(below: 5)).map { _ in text() }).sorted().map {
                    .init(key: $0, value: value(depth: depth + 1))
                })
        }
    }

    private mutating func text() -> String {
        if generator.integer(below: 2) == 0 {
            return Self.words[generator.integer(below: Self.words.count)]
        }
        var text = String.UnicodeScalarView()
        for _ in 0..<generator.integer(below: 8) {
            text.append(Self.alphabet[generator.integer(below: Self.alphabet.count)])
        }
        return String(text)
    }

    private mutating func number() -> Double {
        let numbers: [Double] = [
            0.1, 20, 1e-5, 1e16, -0.0, .leastNonzeroMagnitude, 1.7e308, 1 / 3, -2.5e-7, 1e22,
        ]
        return numbers[generator.integer(below: numbers.count)]
    }
}
