import EMGIngest
import EMGSignal
import Foundation
import TestSupport
import Testing

@Suite("How programs write numbers")
struct NumberWritingTests {
    static let options = ReadOptions(samplingRateHertz: 100)

    @Test(
        "marks of thousands are passed over when the template names them",
        arguments: [
            ("comma", "point", "\"1,234.5\"", 1_234.5),
            ("comma", "point", "\"-12,345,678\"", -12_345_678),
            ("point", "comma", "\"1.234,5\"", 1_234.5), ("point", "comma", "1.234", 1_234),
            ("apostrophe", "point", "1'234.25", 1_234.25), ("apostrophe", "point", "1’234", 1_234),
            ("blank", "point", "1 234.5", 1_234.5), ("blank", "point", "1\u{A0}234", 1_234),
            ("blank", "comma", "\"1\u{202F}234,5\"", 1_234.5), ("comma", "point", "12.5", 12.5),
            ("comma", "point", "\"1,234e-3\"", 1.234),
        ] as [(String, String, String, Float)])
    func thousands(mark: String, decimal: String, cell: String, value: Float) throws {
        let outcome = try TextExport.read(
            "a;b\n1;2\n\(cell);3\n",
            "{delimiter: semicolon, thousands: \(mark), decimal: \(decimal)}",
            options: Self.options)
        #expect(outcome.recording.samples.values == [1, 2, value, 3])
    }

    @Test(
        "groups of other than three digits are no thousands",
        arguments: ["\"1,23\"", "\"1234,567\"", "\"1,2345\"", "\",123\""])
    func wrongGroups(cell: String) throws {
        let fault = try TextExport.fault(
            "a;b\n1;2\n\(cell);3\n", "{delimiter: semicolon, thousands: comma}",
            options: Self.options)
        #expect(fault.location.line == 3 && fault.location.field == "a")
    }

    @Test(
        "the hint names the mark that is there",
        arguments: [("\"1,234.5\"", "comma"), ("1'234", "apostrophe"), ("1 234.5", "blank")])
    func hint(cell: String, mark: String) throws {
        let fault = try TextExport.fault(
            "a;b\n1;2\n\(cell);3\n", "{delimiter: semicolon}", options: Self.options)
        #expect(fault.hint.contains("thousands: \(mark)"))
    }

    @Test("numbers are scaled, all alike or each channel by its own")
    func scale() throws {
        let text = "a,b\n1,2\n3,4\n"
        let alike = try TextExport.read(text, "{scale: 0.5, offset: 1}", options: Self.options)
        #expect(alike.recording.samples.values == [1.5, 2, 2.5, 3])
        #expect(alike.scaling == ADCScaling(scale: [0.5, 0.5], offset: [1, 1]))
        let each = try TextExport.read(
            text, "{scale: [2, 10], offset: [0, -1]}", options: Self.options)
        #expect(each.recording.samples.values == [2, 19, 6, 39])
        let fault = try TextExport.fault(text, "{scale: [1, 2, 3]}", options: Self.options)
        #expect(fault.fault.contains("2 numbers") && fault.hint.contains("scale"))
    }

    @Test("comments behind rows and cells behind the last column")
    func extras() throws {
        let text = "a,b\n1,2\n3,4,# cough, loud\n5,6\n"
        let outcome = try TextExport.read(text, "{row_comment: \"#\"}", options: Self.options)
        #expect(outcome.recording.samples.values == [1, 2, 3, 4, 5, 6])
        let extra = "a,b\n1,2,x,y\n3,4\n5,6,,\n"
        let ignored = try TextExport.read(extra, "{extra_cells: ignore}", options: Self.options)
        #expect(ignored.recording.samples.values == [1, 2, 3, 4, 5, 6])
        let fault = try TextExport.fault(
            "a,b\n1,2\n3,4,x\n", "{channels: [a, b]}", options: Self.options)
        #expect(fault.location.line == 3 && fault.hint.contains("extra_cells"))
    }

    @Test(
        "what no program reads as a number is told from a missing value",
        arguments: ["\u{2212}0.5", "1.5D-03", "0x1F", "True", "\u{661}\u{662}"])
    func noNumbers(cell: String) throws {
        let fault = try TextExport.fault(
            "a,b\n1,2\n\(cell),3\n", "{channels: [a, b]}", options: Self.options)
        #expect(fault.location.line == 3 && fault.location.field == "a")
        #expect(fault.hint.contains("\"missing\"") && !fault.hint.contains("skip_rows"))
    }

    @Test("a table that nothing knows is told how to describe it, and not what ROAM has")
    func unknownTable() throws {
        let text = "time;left;right\n" + (0..<80).map { "\($0);1.5;\($0 % 7)\n" }.joined()
        let error = try TextExport.place(Array(text.utf8)) { url in
            try #require(
                #expect(throws: IngestError.self) { try ReaderRegistry.standard.read(url) })
        }
        #expect(error.hint.contains("docs/formats/delimited.md") && !error.hint.contains("emg*"))
    }

    @Test("no hint names a key that is used already")
    func hints() throws {
        let blanks = try TextExport.fault(
            "a;b\n1;2\n1 234;3\n", "{delimiter: semicolon, thousands: comma}",
            options: Self.options)
        #expect(blanks.hint.contains("thousands: blank") && blanks.hint.contains("not comma"))
        let skipped = try TextExport.fault(
            "a,b\nmV,mV\nx,y\n1,2\n", "{skip_rows: 1}", options: Self.options)
        #expect(skipped.hint.contains("skip_rows: 2"))
        let listed = try TextExport.fault(
            "a,b\nmV,mV\nx,y\n1,2\n", "{header_rows: [names, units]}", options: Self.options)
        #expect(listed.hint.contains("header_rows") && !listed.hint.contains("skip_rows"))
    }

    @Test(
        "a table in another encoding is the same recording",
        arguments: [
            ("latin-1", .isoLatin1), ("cp1252", .windowsCP1252), ("utf-16", .utf16),
            ("utf-8", .utf8),
        ] as [(String, String.Encoding)])
    func encodings(name: String, encoding: String.Encoding) throws {
        let text = "Kan\u{E4}le;Klasse\n\u{B5}V;\n1;\u{F6}ffnen\n2;\n3;ruhe\n"
        let bytes = Array(try #require(text.data(using: encoding)))
        let outcome = try TextExport.read(
            bytes,
            "{encoding: \(name), header_rows: [names, units], label: {column: Klasse, lasts: until_next}}",
            more: "classes: {\u{F6}ffnen: open}", options: Self.options)
        #expect(
            outcome.recording.channels == [Channel(name: "Kan\u{E4}le", unit: "uV")])
        #expect(try TextExport.labels(outcome) == ["open", "open", "ruhe"])
    }
}
