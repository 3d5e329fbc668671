import EMGArchive
import EMGIngest
import EMGSignal
import Foundation
import HDF5
import TestSupport
import Testing

@Suite("Targets named by templates")
struct TemplateTargetTests {
    private static let table = """
        t,emg1,emg2,thumb,wrist x,force
        0,1,2,0.5,-1,9
        0.01,3,4,,-2,8
        0.02,5,6,1.5,nan,7
        0.03,7,8,2.5,-4,6

        """

    private func read(_ template: String, _ table: String = Self.table) throws -> IngestOutcome {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "p1_a.csv")
        try Data(table.utf8).write(to: url)
        let reader = try #require(
            DelimitedReader(SourceTemplate(template, document: "t.yaml", name: "t")))
        return try ReaderConformance.check(reader, url)
    }

    @Test("columns of a table, empty and not-a-number cells as unknown")
    func delimited() throws {
        let outcome = try read(
            """
            identity: {session: day}
            delimited:
              channels: ["emg*"]
              time: {column: t}
              targets:
                - {name: angles, columns: [thumb, "wrist*"], unit: deg}
                - {name: grip, columns: [force], unit: N}
            """)
        let targets = outcome.recording.targets
        #expect(
            targets.map(\.description) == [
                try TargetDescription(
                    name: "angles", unit: "deg", dimensions: ["thumb", "wrist x"]),
                try TargetDescription(name: "grip", unit: "N", dimensions: ["grip"]),
            ])
        let expected: [Float] = [0.5, -1, .nan, -2, 1.5, .nan, 2.5, -4]
        #expect(targets[0].values.values.map(\.bitPattern) == expected.map(\.bitPattern))
        #expect(targets[1].values.values == [9, 8, 7, 6])
        #expect(outcome.recording.samples.values == [1, 2, 3, 4, 5, 6, 7, 8])
        #expect(outcome.warnings.allSatisfy { $0.kind != .unusedColumn })
        let step = try #require(outcome.recording.history.last)
        #expect(
            step.parameters["targets"]
                == .list([.text("angles/thumb"), .text("angles/wrist x"), .text("grip")]))
    }

    @Test(
        "what does not fit is refused",
        arguments: [
            "[{name: a, columns: [none]}]", "[{name: a, columns: [emg1]}]",
            "[{name: a, columns: [t]}]", "[{name: a, columns: [thumb, thumb]}]",
            "[{name: a/b, columns: [thumb]}]", "[{name: a, columns: [thumb], dimensions: [x, y]}]",
            "[{name: a, columns: []}]", "[{name: a}]", "[{columns: [thumb]}]",
            "[{name: a, columns: [thumb]}, {name: a, columns: [force]}]",
        ])
    func refused(targets: String) throws {
        #expect(throws: (any Error).self) {
            try read(
                """
                rate_hz: 100
                identity: {session: day}
                delimited:
                  channels: ["emg*"]
                  time: {column: t}
                  targets: \(targets)
                """)
        }
    }

    @Test("a cell of a target that is no number is refused with its place")
    func badCell() throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "p1_a.csv")
        try Data("emg1,thumb\n1,2\n3,x4\n".utf8).write(to: url)
        let template = """
            rate_hz: 100
            delimited: {channels: [emg1], targets: [{name: a, columns: [thumb]}]}
            """
        let reader = try #require(
            DelimitedReader(SourceTemplate(template, document: "t.yaml", name: "t")))
        let error = #expect(throws: IngestError.self) { try reader.read(url) }
        #expect(error?.location.line == 3)
        #expect(error?.location.field == "thumb")
    }

    @Test("datasets of an HDF5 file, cut to the samples' length")
    func hdf5() throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "a.h5")
        try File.creating(url) { (file) throws(HDF5Error) in
            try file.createDataset("/emg", values: HDF5Fixture.floats(300, 2), shape: [300, 2])
            try file.createDataset(
                "/angles", values: (0..<298 * 3).map { Double($0) / 4 }, shape: [298, 3])
            try file.createDataset("/force", values: (0..<300).map { Int16($0) }, shape: [300])
        }
        let recording = try HDF5Fixture.read(
            url,
            template: """
                rate_hz: 100
                hdf5:
                  samples: /emg
                  axis: samples-first
                  targets:
                    - {name: angles, dataset: /angles, unit: rad, dimensions: [a, b, c]}
                    - {name: force, dataset: /force}
                """
        ).recording
        #expect(recording.sampleCount == 298)
        #expect(
            recording.targets.map(\.description.columnNames) == [
                ["angles/a", "angles/b", "angles/c"], ["force"],
            ])
        #expect(recording.targets[0].values.values == (0..<298 * 3).map { Float($0) / 4 })
        #expect(recording.targets[1].values.values == (0..<298).map(Float.init))
    }

    @Test("Ninapro's glove, whichever level and compression; another name by a template")
    func matlab() throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "S7_E2_A1.mat")
        // Column after column, as MATLAB stores them.
        var values: [Double] = []
        for angle in 0..<2 {
            for row in 0..<300 { values.append(Double(row + 1_000 * angle) / 8) }
        }
        values[307] = .nan
        for isCompressed in [false, true] {
            var file = MATLABFileBytes.ninapro()
            file.elements.append(file.matrix("glove", 300, 2, .double, values))
            if isCompressed { file.elements = file.elements.map { file.compressed($0) } }
            try Data(file.bytes).write(to: url)
            let recording = try MATLABReader().read(url).recording
            let target = try #require(recording.targets.first)
            #expect(target.description.columnNames == ["glove/glove0", "glove/glove1"])
            for row in 0..<300 {
                #expect(target.values[row, 0] == Float(row) / 8)
                let second = target.values[row, 1]
                #expect(row == 7 ? second.isNaN : second == Float(row + 1_000) / 8)
            }
            func targets(_ template: String) throws -> [TargetDescription] {
                let template = try SourceTemplate(
                    "matlab: {targets: \(template)}", document: "t.yaml", name: "t")
                guard case .matlab(let layout) = template.layout else { return [] }
                return try MATLABReader(template, layout: layout).read(url).recording.targets
                    .map(\.description)
            }
            #expect(try targets("[]").isEmpty)
            #expect(
                try targets("[{name: hand, variable: glove, unit: deg, dimensions: [a, b]}]")
                    .flatMap(\.columnNames) == ["hand/a", "hand/b"])
            #expect(throws: IngestError.self) { try targets("[{name: hand, variable: none}]") }
        }
    }

    @Test("targets outlive spooling to a file and the archive")
    func spooled() throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "p1_a.csv")
        var text = "emg1,emg2,force\n"
        for row in 0..<5_000 { text += "\(row % 91),\(row % 13),\(row % 57)\n" }
        try Data(text.utf8).write(to: url)
        let reader = try #require(
            DelimitedReader(
                SourceTemplate(
                    """
                    rate_hz: 100
                    identity: {session: day}
                    delimited:
                      channels: ["emg*"]
                      targets: [{name: force, columns: [force], unit: N}]
                    """, document: "t.yaml", name: "t")))
        var bytes: [Data] = []
        for budget in [1 << 30, 1 << 10] {
            var ingestion = Ingestion(reader: reader, options: ReadOptions())
            ingestion.memoryBudget = budget
            let taken = try #require(try ingestion.take(url).first)
            let place = folder.url.appending(path: "\(budget).h5")
            try RecordingFile.write(taken.header, rows: taken.rows, to: place)
            bytes.append(try Data(contentsOf: place))
            let target = try #require(try RecordingFile.read(place).targets.first)
            #expect(target.values.values == (0..<5_000).map { Float($0 % 57) })
        }
        #expect(bytes[0] == bytes[1])
    }
}
