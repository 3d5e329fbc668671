import CSV
import Testing

@Suite("CSV tokenizer")
struct CSVTokenizerTests {
    /// Splits a whole text into records of fields, feeding it `piece` bytes at a time.
    private func records(_ text: String, piece: Int = .max) throws -> [[String]] {
        let bytes = Array(text.utf8)
        var result: [[String]] = []
        var fields: [CSVTokenizer.Field] = []
        var start = 0
        var end = min(piece, bytes.count)
        while start < bytes.count {
            let isFinal = end == bytes.count
            switch try CSVTokenizer.split(
                bytes.span, from: start, to: end, isFinal: isFinal, fields: &fields)
            {
            case .record(let next, _, _):
                result.append(
                    fields.map {
                        String(
                            decoding: CSVTokenizer.content(of: $0, in: bytes.span), as: UTF8.self)
                    })
                start = next
                if start >= end { end = min(bytes.count, end + min(piece, bytes.count)) }
            case .needsMoreBytes:
                #expect(!isFinal, "a final record is always whole")
                end = min(bytes.count, end + min(piece, bytes.count))
            }
        }
        return result
    }

    @Test(
        "records are split as RFC 4180 says",
        arguments: [
            ("a,b\nc,d\n", [["a", "b"], ["c", "d"]]),
            ("a,b\r\nc,d", [["a", "b"], ["c", "d"]]),
            ("a,b\rc,d\r", [["a", "b"], ["c", "d"]]),
            (",\n", [["", ""]]),
            ("\n\n", [[""], [""]]),
            ("\"\",x\n", [["", "x"]]),
            ("\"a,b\",\"c\"\"d\"\n", [["a,b", "c\"d"]]),
            ("\"two\nlines\",1\n2,3\n", [["two\nlines", "1"], ["2", "3"]]),
            ("\"two\r\nlines\",1\r\n", [["two\r\nlines", "1"]]),
            ("a\"b,\"c\"\n", [["a\"b", "c"]]),
            ("x,\"end\"", [["x", "end"]]),
            ("a,", [["a", ""]]),
        ])
    func examples(text: String, expected: [[String]]) throws {
        #expect(try records(text) == expected)
    }

    @Test("the pieces in which a text arrives do not matter", arguments: 1...12)
    func pieces(piece: Int) throws {
        let text = "a,\"b\"\"\r\n,\",c\r\n\"x\ny\",,\"\"\r\n1,2,3\rlast,\"\"\"\",z"
        #expect(try records(text, piece: piece) == records(text))
        #expect(try records(text).count == 4)
    }

    @Test("quoting every field changes nothing")
    func quoting() throws {
        let rows = [["", "1", "a b"], ["x,y", "\"", "\r\n"], ["\"\"", ",", "\n\"\n"]]
        let text = rows.map { row in
            row.map {
                "\""
                    + $0.split(separator: "\"", omittingEmptySubsequences: false)
                    .joined(separator: "\"\"") + "\""
            }.joined(separator: ",")
        }.joined(separator: "\n")
        #expect(try records(text) == rows)
    }

    @Test("line ends inside and behind a record are counted")
    func lines() throws {
        let bytes = Array("\"a\nb\r\nc\rd\",1\r\nnext".utf8)
        var fields: [CSVTokenizer.Field] = []
        let step = try CSVTokenizer.split(
            bytes.span, from: 0, to: bytes.count, isFinal: true, fields: &fields)
        #expect(step == .record(end: bytes.count - 4, lines: 4, isTerminated: true))
        let last = try CSVTokenizer.split(
            bytes.span, from: bytes.count - 4, to: bytes.count, isFinal: true, fields: &fields)
        #expect(last == .record(end: bytes.count, lines: 0, isTerminated: false))
    }

    @Test(
        "a fault in the quotes is named with its place",
        arguments: [("x,\"open\n", 2), ("\"a\"b,c\n", 3), ("\"a\" ,c\n", 3)])
    func faults(text: String, offset: Int) throws {
        let bytes = Array(text.utf8)
        var fields: [CSVTokenizer.Field] = []
        let fault = #expect(throws: CSVTokenizer.Fault.self) {
            try CSVTokenizer.split(
                bytes.span, from: 0, to: bytes.count, isFinal: true, fields: &fields)
        }
        #expect(fault?.offset == offset)
    }
}
