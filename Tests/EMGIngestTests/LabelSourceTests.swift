import EMGIngest
import EMGSignal
import Foundation
import TestSupport
import Testing

@Suite("Labels that stand in text in their own ways")
struct LabelSourceTests {
    static let options = ReadOptions(samplingRateHertz: 100)

    /// The labels of a column of cells.
    private func labels(
        _ cells: [String], _ label: String, more: String = "", delimited: String = ""
    ) throws -> [String] {
        let text =
            "a,b,m\n"
            + cells.enumerated().map { "\($0.offset),\($0.offset).5,\($0.element)\n" }
            .joined()
        return try TextExport.labels(
            try TextExport.read(
                text, "{channels: [a, b], label: \(label)\(delimited)}", more: more,
                options: Self.options))
    }

    @Test(
        "a label lasts until the next one, or a pair of marks begins and ends it",
        arguments: [
            (["", "fist", "", "", "open", ""], "{column: m, lasts: until_next}", "-fffoo"),
            (
                ["0", "1", "0", "0", "2", "0"], "{column: m, lasts: until_next, idle: [0]}",
                "-11122"
            ),
            (["1", "1", "x", "2", "", "2"], "{column: m, idle: [x]}", "11-2-2"),
            (
                ["", "fist start", "", "fist end", "open start", ""],
                "{column: m, begins: \"{label} start\", ends: \"{label} end\"}", "-ff-oo"
            ),
            (
                ["on fist", "", "off", "cough", "on open", "on rest"],
                "{column: m, begins: \"on {label}\", ends: \"off\"}", "ff--or"
            ),
        ])
    func marks(cells: [String], label: String, expected: String) throws {
        let short = try labels(cells, label).map { $0 == "unlabeled" ? "-" : String($0.prefix(1)) }
        #expect(short.joined() == expected)
    }

    @Test("an end without its begin is told with its line")
    func unmatched() throws {
        let text = "a,m\n1,A start\n2,\n3,B end\n4,A end\n5,A end\n"
        let outcome = try TextExport.read(
            text,
            "{channels: [a], label: {column: m, begins: \"{label} start\", ends: \"{label} end\"}}",
            options: Self.options)
        #expect(try TextExport.labels(outcome) == ["A", "A", "A", "unlabeled", "unlabeled"])
        let told = try #require(outcome.warnings.first { $0.message.contains("not begun") })
        #expect(told.count == 2 && told.location.line == 4)
    }

    @Test(
        "the bits of a trigger channel and the level of a line are labels",
        arguments: [
            (["0", "257", "258", "256"], "{column: m, mask: 255}", ["0", "1", "2", "0"]),
            (["0", "16", "48", "15"], "{column: m, mask: 240}", ["0", "1", "3", "0"]),
            (
                ["65280.0", "65281", "65283", "65280"], "{column: m, mask: 3}",
                ["0", "1", "3", "0"]
            ),
            (["0.01", "4.9", "5.02", "-0.1"], "{column: m, above: 2.5}", ["0", "1", "1", "0"]),
        ])
    func codes(cells: [String], label: String, expected: [String]) throws {
        #expect(try labels(cells, label) == expected)
        #expect(
            try labels(cells, label, more: "unlabeled: [0]")
                == expected.map { $0 == "0" ? "unlabeled" : $0 })
    }

    @Test(
        "a code that is no whole number is refused with its place", arguments: ["1.5", "x", "-1"])
    func badCode(cell: String) throws {
        let fault = try TextExport.fault(
            "a,m\n1,0\n2,\(cell)\n", "{channels: [a], label: {column: m, mask: 3}}",
            options: Self.options)
        #expect(fault.location.line == 3 && fault.location.field == "m")
    }

    @Test(
        "what lasts fewer rows than it may is no label",
        arguments: [
            ("0001000", 2, "0000000"), ("0011100", 2, "0011100"), ("0000222", 3, "0000222"),
            ("0004666", 2, "0000666"), ("1000000", 2, "0000000"), ("0000001", 2, "0000000"),
            ("0012233", 2, "0002233"),
        ])
    func debouncing(cells: String, shortest: Int, expected: String) throws {
        let found = try labels(
            cells.map(String.init), "{column: m, mask: 7, shortest_rows: \(shortest)}")
        #expect(found.joined() == expected)
    }

    @Test("debouncing is the same whatever the size of blocks")
    func blocks() throws {
        let cells = (0..<900).map { row in
            row % 97 == 5 ? "7" : row % 300 < 150 ? "0" : "1"
        }
        let found = try labels(cells, "{column: m, shortest_rows: 20}")
        #expect(found == (0..<900).map { $0 % 300 < 150 ? "0" : "1" })
    }

    @Test("comments behind rows are labels that last until the next")
    func comments() throws {
        let text = "a\tb\n1\t2\n3\t4\t#* fist\n5\t6\n7\t8\t#2 open\n9\t1\n"
        let outcome = try TextExport.read(
            text, "{row_comment: \"#\", label: {lasts: until_next}}", options: Self.options)
        #expect(
            try TextExport.labels(outcome) == ["unlabeled", "fist", "fist", "open", "open"])
    }

    @Test("a column of labels that a pattern names may be missing")
    func optional() throws {
        let outcome = try TextExport.read(
            "a,b\n1,2\n3,4\n", "{label: \"Activity*\"}", options: Self.options)
        #expect(outcome.recording.labels == nil)
        let fault = try TextExport.fault(
            "a,b\n1,2\n3,4\n", "{label: Activity}", options: Self.options)
        #expect(fault.kind.name == "missing-column")
    }

    static let rows = "t,a\n" + (0..<10).map { "\(100 + Double($0) / 10),\($0)\n" }.joined()

    @Test(
        "tables of events beside the text have the columns that the template names",
        arguments: [
            ("start,stop,gesture\n0.2,0.5,fist\n", ""),
            ("begin (ms);length (ms);name\n200;300;fist\n", ""),
            ("a,b,c\n0.2,0.3,fist\n", ", onset: a, duration: b, label: c"),
            ("a,b,c\n2,5,fist\n", ", onset: a, end: b, label: c, unit: samples"),
            ("a,b,c\n100.2,100.5,fist\n", ", onset: a, end: b, label: c, on_clock: true"),
        ])
    func beside(table: String, more: String) throws {
        let outcome = try TextExport.read(
            Self.rows, "{time: {column: t}, events: {file: \"{name}_marks.csv\"\(more)}}",
            options: ReadOptions(samplingRateHertz: 10), sides: ["p1_a_marks.csv": table])
        #expect(
            try TextExport.labels(outcome).map { $0 == "fist" ? 1 : 0 }
                == [0, 0, 1, 1, 1, 0, 0, 0, 0, 0])
        #expect(EventTable(outcome.recording.history)?.rows.count == 1)
    }

    @Test("a table of events within the text")
    func within() throws {
        let text =
            "Events\nTime (s),Name,Length (s)\n0.1,fist,0.2\n0.5,open,0.1\n\nData\n" + Self.rows
        let outcome = try TextExport.read(
            text,
            "{starts_at: \"t,a\", time: {column: t}, events: {starts_at: \"Time (s),Name*\", "
                + "onset: Time (s), label: Name, duration: Length (s)}}")
        #expect(
            try TextExport.labels(outcome).map { String($0.prefix(1)) }.joined() == "uffuuouuuu")
        let fault = try TextExport.fault(
            text.replacing("0.5,open", with: "soon,open"),
            "{starts_at: \"t,a\", time: {column: t}, events: {starts_at: \"Time (s),Name*\", "
                + "onset: Time (s), label: Name, duration: Length (s)}}")
        #expect(fault.location.line == 4 && fault.location.field == "Time (s)")
        let none = try TextExport.read(
            Self.rows, "{time: {column: t}, events: {starts_at: Marks}}")
        #expect(none.recording.labels == nil)
        #expect(none.warnings.contains { $0.message.contains("no table of events in the file") })
    }
}
