import Documents
import EMGIngest
import Foundation
import TestSupport
import Testing

@Suite("Inspection")
struct RecordingInspectionTests {
    private func inspect(_ text: String, name: String = "2023_03_28_p7/p7_131.csv") throws
        -> RecordingInspection
    {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: name)
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: url)
        return try RecordingInspection.inspect(url, registry: .standard)
    }

    @Test("a good table is described in numbers")
    func good() throws {
        let found = try inspect(TableText().text)
        #expect(found.format == "roam-csv")
        #expect(found.identity == "p7/2023_03_28_p7/131")
        #expect(found.sampleCount == 200)
        #expect(found.durationSeconds == 2)
        #expect(found.rate.hertz == 100 && found.rate.effectiveHertz == 100)
        #expect(found.rate.origin == "time stamps, nearest common rate")
        let labels = try #require(found.labels)
        #expect(labels.classes.map(\.sampleCount) == [120, 40, 40])
        #expect(labels.runs.map(\.label) == ["relax", "open", "relax", "close", "relax"])
        #expect(labels.cycles?.completeCycles == 1)
        let samples = (0..<200).map { row in
            Double(TableText.sample(row, 0, label: [0, 1, 0, 2, 0][row / 40]))
        }
        let mean = samples.reduce(0, +) / 200
        let variance = samples.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 200
        let channel = found.channels[0]
        #expect(channel.minimum == samples.min() && channel.maximum == samples.max())
        #expect(abs(try #require(channel.mean) - mean) < 1e-9)
        #expect(abs(try #require(channel.standardDeviation) - variance.squareRoot()) < 1e-9)
        #expect(found.warnings == [])
    }

    @Test("JSON holds what was found, in snake_case")
    func json() throws {
        var table = TableText(labels: [0, 1, 0, 2, 0, 1])
        table.set(line: 50, column: 2, to: "2.500")
        let found = try inspect(table.text)
        #expect(!found.warnings.isEmpty)
        let root = try Document(json: found.json.utf8, name: "found.json").root
        func value(_ path: DocumentPath.Step...) -> DocumentValue.Content? {
            root.value(at: path)?.content
        }
        #expect(value(.member("sample_count")) == .integer(found.sampleCount))
        #expect(value(.member("duration_s")) == .number(found.durationSeconds))
        #expect(
            value(.member("rate"), .member("effective_hz")) == .number(found.rate.effectiveHertz))
        #expect(
            value(.member("warnings"), .element(0), .member("message"))
                == .string(found.warnings[0].message))
        let names = root.leaves.flatMap(\.path).compactMap { step in
            if case .member(let name) = step { name } else { nil }
        }
        #expect(names.allSatisfy { $0 == $0.lowercased() })
    }

    @Test("a file anywhere may be looked at; what its identity was read as is said")
    func anywhere() throws {
        let found = try inspect(TableText().text, name: "some file.csv")
        #expect(found.identity?.hasSuffix("/some file") == true)
        #expect(found.warnings.map(\.kind) == [.identity])
    }

    @Test("the text for a terminal names what matters and holds no control characters")
    func text() throws {
        var table = TableText(labels: [0, 1, 0, 2, 0, 1])
        table.lines[0] = table.lines[0].replacing("current_task", with: "x\u{1B}[31mred")
        let text = try inspect(table.text).text
        for part in ["p7/2023_03_28_p7/131", "100 Hz", "relax 120", "emg7", "line 202", "tail"] {
            #expect(text.contains(part), "\(part)")
        }
        #expect(
            !text.unicodeScalars.contains {
                $0.properties.generalCategory == .control && $0 != "\n"
            })
    }
}
