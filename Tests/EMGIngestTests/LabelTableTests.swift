import EMGIngest
import Foundation
import Testing

@Suite("Tables of events")
struct LabelTableTests {
    private static func table(
        _ text: String, _ layout: LabelTableLayout = LabelTableLayout()
    ) throws(IngestError) -> LabelTable {
        try LabelTable(Array(text.utf8), file: "events.csv", layout: layout)
    }

    private static let expected = [
        LabelEvent(start: 0.5, duration: 1.5, name: "open"),
        LabelEvent(start: 3, duration: nil, name: "close, hard"),
    ]

    @Test(
        "columns are found by their names, times in the unit that a name states",
        arguments: [
            "onset,duration,label\n0.5,1.5,open\n3,n/a,\"close, hard\"\n",
            "onset\tduration\ttrial_type\n0.5\t1.5\topen\n3\tn/a\tclose, hard\n",
            "Start;Dauer;Duration;Class\n0,5;9;1,5;open\n3;9;;close, hard\n",
            "gesture,start_ms,end_ms\nopen,500,2000\n\"close, hard\",3000,n/a\n",
            "label,start_sample,length (samples)\nopen,50,150\n\"close, hard\",300,N/A\n",
            "\u{FEFF}Description,Onset [ms],Duration [s]\r\nopen,500,1.5\r\n\"close, hard\",3000,0\r\n",
            "# made by hand\n\nonset,stop,event\n0.5,2,open\n3,,\"close, hard\"\n\n",
            "time,duration_ms,name,value\n0.5,1500,open,1\n3,nan,\"close, hard\",2",
            "sample,end_time,type\n50,2,open\n300,n/a,\"close, hard\"\n",
        ])
    func found(text: String) throws {
        let table = try Self.table(text)
        #expect(table.warnings.isEmpty && table.count == 2)
        #expect(try table.events(rate: 100, seconds: 10) == Self.expected)
    }

    @Test("columns and units can be named")
    func named() throws {
        let text = "t0,t1,was,label\n500,2000,open,1\n3000,n/a,\"close, hard\",2\n"
        let layout = LabelTableLayout(onset: "t0", end: "t1", label: "was", unit: .milliseconds)
        #expect(
            try Self.table(text, layout).events(rate: 100, seconds: 10) == Self.expected)
    }

    @Test("what has no onset or no label is left out, with how many and where the first is")
    func omissions() throws {
        let table = try Self.table(
            "onset,duration,label\nn/a,1,open\n1,1,\n2,1,close\n,1,open\n3,1,n/a\n")
        #expect(table.count == 1)
        #expect(table.warnings.map(\.count) == [2, 2])
        #expect(table.warnings.map(\.location.line) == [2, 3])
        #expect(table.warnings.map(\.location.field) == ["onset", "label"])
    }

    @Test(
        "a fault is refused with line, column and what to do",
        arguments: [
            ("onset,duration,label\n0,1,a\nx,1,b\n", 3, 1, "expected a time, found \"x\""),
            ("onset,duration,label\n0,1,a\n1,-1,b\n", 3, 3, "does not end before it begins"),
            ("onset,duration,label\n0,1e300,a\n", 2, 3, "expected a time or n/a"),
            ("onset,duration,label\n0,1\n", 2, nil, "expected 3 fields, found 2"),
            ("when,duration,label\n0,1,a\n", 1, nil, "--onset-column"),
            ("onset,duration,what\n0,1,a\n", 1, nil, "--label-column"),
            ("onset,label,label\n0,a,b\n", 1, nil, "stands twice"),
            ("", nil, nil, "names of columns"), ("\n\n# only this\n", nil, nil, "names of columns"),
            ("%PDF-1.7\n%âãÏÓ\n", nil, nil, "expected a table of events"),
        ] as [(String, Int?, Int?, String)])
    func faults(text: String, line: Int?, column: Int?, reason: String) throws {
        let error = #expect(throws: IngestError.self) { try Self.table(text) }
        let found = try #require(error)
        #expect(found.location.line == line && found.location.column == column, "\(found)")
        #expect(
            found.description.contains(reason) && found.location.file == "events.csv", "\(found)")
    }

    @Test("a column that was named and is not there is refused")
    func missing() throws {
        let error = #expect(throws: IngestError.self) {
            try Self.table("onset,label\n0,a\n", LabelTableLayout(duration: "length"))
        }
        #expect(error?.kind == .missingColumn(name: "length", found: ["onset", "label"]))
    }

    @Test("an end before the begin is refused where it stands, whatever their units")
    func backwards() throws {
        let table = try Self.table("onset,end_ms,label\n1,2000,a\n3,2500,b\n")
        let error = #expect(throws: IngestError.self) {
            try table.events(rate: 100, seconds: 10)
        }
        #expect(error?.location.line == 3 && error?.location.field == "end_ms")
    }

    @Test("events that mostly lie behind the recording are in another unit, or another's")
    func late() throws {
        let table = try Self.table("onset,duration,label\n0,900,a\n1000,900,b\n2000,900,c\n")
        let error = #expect(throws: IngestError.self) {
            try table.events(rate: 100, seconds: 10)
        }
        let found = try #require(error)
        #expect(found.location.line == 3 && found.hint.contains("--unit ms"), "\(found)")
        #expect(try table.events(rate: 100, seconds: 1_500).count == 3)
    }
}
