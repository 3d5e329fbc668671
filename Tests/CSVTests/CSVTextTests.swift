import CSV
import Documents
import SeededRandom
import Testing

@Suite("CSV that is written")
struct CSVTextTests {
    @Test(
        "a field stands in quotes when it must",
        arguments: [
            ("a b", "a b"), ("", ""), ("a,b", "\"a,b\""), ("a\"b", "\"a\"\"b\""),
            ("a\nb", "\"a\nb\""), ("a\rb", "\"a\rb\""), ("a\r\nb", "\"a\r\nb\""),
            // One character of Swift, and a comma all the same.
            ("a,\u{301}b", "\"a,\u{301}b\""), ("\"\u{301}", "\"\"\"\u{301}\""),
            ("a\u{2028}b", "a\u{2028}b"),
        ])
    func quoting(field: String, written: String) {
        #expect(CSVText.field(field).unicodeScalars.elementsEqual(written.unicodeScalars))
    }

    @Test("a field may stand in quotes in any case")
    func always() {
        #expect(CSVText.field("a", always: true) == "\"a\"")
        #expect(CSVText.field("a\"", always: true) == "\"a\"\"\"")
    }

    @Test("what is no number leaves its field empty")
    func numbers() {
        #expect([0.1, .nan, -.infinity, nil].map(CSVText.number) == ["0.1", "", "", ""])
    }

    @Test("what is written reads as the same fields", arguments: 0..<100)
    func roundTrip(seed: Int) throws {
        var generator = SeededGenerator(seed: UInt64(seed), stream: "csv")
        let alphabet = Array("ab,\"\n\r \té𝄞\u{301}\u{2028}".unicodeScalars)
        let rows = (0..<4).map { _ in
            (0..<3).map { _ in
                String(
                    String.UnicodeScalarView(
                        (0..<generator.integer(below: 6)).map { _ in
                            alphabet[generator.integer(below: alphabet.count)]
                        }))
            }
        }
        let text = rows.map(CSVText.line).joined()
        let table = try CSVTable(bytes: Array(text.utf8), name: "table.csv")
        let read = [table.columns] + table.rows.map(\.fields)
        #expect(read.map { $0.map { Array($0.utf8) } } == rows.map { $0.map { Array($0.utf8) } })
    }
}

@Suite("CSV tables")
struct CSVTableTests {
    @Test("a row knows its line, behind fields of several lines, too")
    func lines() throws {
        let table = try CSVTable(
            bytes: Array("a,b\n\"1\n2\",x\r\n3,y".utf8), name: "table.csv")
        #expect(table.columns == ["a", "b"])
        #expect(table.rows.map(\.line) == [2, 4])
        #expect(table.rows.map(\.fields) == [["1\n2", "x"], ["3", "y"]])
    }

    @Test(
        "a row that is not whole is refused with its line",
        arguments: [
            ("a,b\n1\n", "table.csv:2:1: expected 2 fields, found 1"),
            ("a,b\n1,2\n\n", "table.csv:3:1: expected 2 fields, found 1"),
            ("a,b\n1,\"2\n", "table.csv:2:1: expected a closing quote, found the end of the file"),
            (
                "a,b\n1,\"2\"x\n",
                "table.csv:2:1: expected a comma or the end of the line behind a closing quote, "
                    + "found byte 120"
            ),
        ])
    func faults(text: String, message: String) {
        let error = #expect(throws: DocumentError.self) {
            try CSVTable(bytes: Array(text.utf8), name: "table.csv")
        }
        #expect(
            error?.description
                == "\(message)\n  hint: the file was changed or cut off: write it again")
    }
}
