import Documents
import Foundation
import Testing

@Suite("JSON that is written")
struct JSONWriterTests {
    private static let sample = DocumentValue.object([
        "b": .integer(1), "a": .array([.number(20), .null]), "none": .array([]),
        "inner": .object(["x": .boolean(true), "y": .string("z"), "empty": .object([])]),
    ])

    @Test("a style lays the same value out in its way")
    func styles() {
        let value = Self.sample
        #expect(
            value.json()
                == #"{"b":1,"a":[20.0,null],"none":[],"inner":{"x":true,"y":"z","empty":{}}}"#)
        #expect(
            value.json(.canonical)
                == #"{"a":[20.0,null],"b":1,"inner":{"empty":{},"x":true,"y":"z"},"none":[]}"#)
        #expect(
            value.json(.spaced)
                == #"{"b": 1, "a": [20.0, null], "none": [], "#
                + #""inner": {"x": true, "y": "z", "empty": {}}}"#)
        #expect(
            value.json(.indented) == """
                {
                  "b": 1,
                  "a": [
                    20.0,
                    null
                  ],
                  "none": [],
                  "inner": {
                    "x": true,
                    "y": "z",
                    "empty": {}
                  }
                }

                """)
        #expect(
            value.json(.sorted) == """
                {
                  "a" : [
                    20.0,
                    null
                  ],
                  "b" : 1,
                  "inner" : {
                    "empty" : {},
                    "x" : true,
                    "y" : "z"
                  },
                  "none" : []
                }

                """)
        #expect(
            value.json(.indented(onOneLine: ["a", "*.empty"], continuing: ["a", "inner.y"])) == """
                {
                  "b": 1, "a": [20.0, null],
                  "none": [],
                  "inner": {
                    "x": true, "y": "z",
                    "empty": {}
                  }
                }

                """)
    }

    @Test("elements of a list stand on one line each where the style says so")
    func rows() {
        let rows = DocumentValue.object(["rows": .array([.integers([1, 2]), .integers([3])])])
        #expect(
            rows.json(.indented(onOneLine: ["rows.*"]))
                == "{\n  \"rows\": [\n    [1, 2],\n    [3]\n  ]\n}\n")
    }

    @Test(
        "a number is the shortest text of the same number",
        arguments: [
            (0.1 as Double, "0.1"), (20, "20.0"), (1e-5, "1e-05"), (1e16, "1e+16"), (-0.0, "-0.0"),
            (.leastNonzeroMagnitude, "5e-324"), (1 / 3, "0.3333333333333333"), (.nan, "null"),
            (.infinity, "null"),
        ])
    func numbers(value: Double, text: String) {
        #expect(DocumentValue.number(value).json() == text)
    }

    @Test(
        "a text has no character that could be read as something else",
        arguments: [
            ("a\"b\\c/d", #""a\"b\\c/d""#), ("\n\r\t", #""\n\r\t""#),
            ("\u{0}\u{8}\u{C}\u{1F}", #""\u0000\u0008\u000c\u001f""#),
            ("\u{7F}\u{80}\u{85}\u{9F}", #""\u007f\u0080\u0085\u009f""#),
            ("\u{2028}\u{2029}\u{FEFF}", #""\u2028\u2029\ufeff""#),
            ("\u{A0}é\u{2027}日𝄞", "\"\u{A0}é\u{2027}日𝄞\""),
        ])
    func quoting(text: String, quoted: String) {
        #expect(DocumentValue.string(text).json() == quoted)
    }

    @Test("characters beyond ASCII are halves of a pair when they need two")
    func ascii() {
        var style = JSONStyle.compact
        style.isASCII = true
        #expect(DocumentValue.string("é𝄞").json(style) == #""\u00e9\ud834\udd1e""#)
    }

    @Test(
        "what is written reads as the same value, here and in another program",
        arguments: [JSONStyle.compact, .canonical, .spaced, .indented, .sorted])
    func roundTrip(style: JSONStyle) throws {
        var values = RandomDocuments(seed: 7)
        for _ in 0..<200 {
            let value = values.value()
            let text = value.json(style)
            let again = try Document(json: text.utf8, name: "again").root
            #expect(again.json(.canonical) == value.json(.canonical), "\(text)")
            #expect(try Self.foundation(text) == Self.foundation(value.json()), "\(text)")
        }
    }

    /// What Foundation reads, as Foundation writes it.
    private static func foundation(_ text: String) throws -> Data {
        try JSONSerialization.data(
            withJSONObject: JSONSerialization.jsonObject(
                with: Data(text.utf8), options: .fragmentsAllowed),
            options: [.sortedKeys, .fragmentsAllowed])
    }
}
