import EMGIngest
import EMGSignal
import Foundation
import TestSupport
import Testing

@Suite("inspect shows what convert reads")
struct InspectionAgreementTests {
    /// A table that the reader of ROAM tables takes, too, but otherwise: two channels of whole
    /// numbers, one of them missing a sample for a while.
    private func table(_ name: String = "2022_02_02_p31/p31_111.csv", in folder: URL) throws -> URL
    {
        var lines = ["gt,time_elapsed,emg0,emg1"]
        for row in 0..<300 {
            let gap = (100..<103).contains(row) ? "" : "\(row * 7 % 50)"
            lines.append("\(row / 100),\(Double(row) / 200),\(row * 3 % 40 + 1),\(gap)")
        }
        let url = folder.appending(path: name)
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: url)
        return url
    }

    private static let template = """
        name: mine
        unit: mV
        classes: {0: rest, 1: fist, 2: pinch}
        delimited:
          channels: [emg1]
          time: {column: time_elapsed, unit: s}
          label: gt
        """

    /// Options that are not those of nobody, by the name of what they say.
    private static let options: [String: ReadOptions] = {
        let mine = try? SourceTemplate(template, document: "t.yaml", name: "t")
        return [
            "nothing": ReadOptions(),
            "missing": ReadOptions(missing: .markAsMissing),
            "unit": ReadOptions(unit: "uV", missing: .markAsMissing),
            "rate": ReadOptions(samplingRateHertz: 400, missing: .markAsMissing),
            "repair": ReadOptions(repairSeconds: 0.1),
            "patient": ReadOptions(
                identity: IdentityOverride(patient: "anna"), missing: .markAsMissing),
            "identity": ReadOptions(
                identity: IdentityOverride(patient: "a", session: "b", condition: "c", run: "2"),
                missing: .markAsMissing),
            "format": ReadOptions(format: "roam-csv", missing: .markAsMissing),
            "template": ReadOptions(missing: .markAsMissing, template: mine),
            "template and its format": ReadOptions(
                format: "mine", missing: .markAsMissing, template: mine),
            "template, refused": ReadOptions(template: mine),
            "layout": ReadOptions(
                missing: .markAsMissing, layout: SourceLayout("session/patient_condition")),
            "parts": ReadOptions(missing: .markAsMissing, parts: .all),
        ]
    }()

    @Test("of a table, with every option", arguments: options.keys.sorted())
    func everyOption(name: String) throws {
        let folder = try TemporaryFolder()
        let url = try table(in: folder.url)
        let options = try #require(Self.options[name])
        let shown = try InspectionAgreement.check(url, options: options)
        #expect(try InspectionAgreement.check(folder.url, options: options) == shown)
        if name.hasPrefix("template"), let found = shown.first {
            #expect(found.format == "mine")
            #expect(found.channels.map(\.name) == ["emg1"] && found.channels[0].unit == "mV")
            #expect(found.labels?.classes.map(\.name).sorted() == ["fist", "pinch", "rest"])
        }
        #expect(shown.isEmpty == ["nothing", "template, refused"].contains(name))
    }

    @Test(
        "of a source with parts, all of them and one by name",
        arguments: [ReadOptions.PartSelection.main, .all, .named("100Hz")])
    func parts(selection: ReadOptions.PartSelection) throws {
        let folder = try TemporaryFolder()
        var file = EDFBytes.standard()
        file.signals.append(EDFBytes.Signal(label: "ACC", dimension: "g", samples: 100))
        file.numbers.append((0..<1_000).map { $0 % 90 })
        let url = try file.write("p7_a.edf", to: folder)
        let shown = try InspectionAgreement.check(url, options: ReadOptions(parts: selection))
        switch selection {
        case .main: #expect(shown.count == 1)
        case .all:
            #expect(Set(shown.map(\.part)).count == 2)
            #expect(shown.map(\.rate.hertz) == [200, 100])
        case .named: #expect(shown.allSatisfy { $0.rate.hertz == 100 })
        }
    }

    @Test("of a MATLAB file by a template, with and without the name of the format")
    func matlab() throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "p1_a.mat")
        try Data(MATLABFileBytes.ninapro().bytes).write(to: url)
        let template = try SourceTemplate(
            "name: mymat\nunit: uV\nrate_hz: 1000\nmatlab: {emg: emg}", document: "m.yaml",
            name: "m")
        for format in [nil, "mymat"] {
            let shown = try InspectionAgreement.check(
                url, options: ReadOptions(format: format, template: template))
            #expect(shown.map(\.format) == ["mymat"])
            #expect(shown.map(\.rate.hertz) == [1_000])
        }
    }

    @Test("of an HDF5 file by a template, with and without its name as format")
    func hdf5() throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "p1_a.h5")
        try HDF5Fixture.writeNWB(to: url)
        let template = try SourceTemplate(
            "name: myh5\nrate_hz: 500\nhdf5: {samples: /acquisition/emg/data}", document: "h.yaml",
            name: "h")
        for format in [nil, "myh5", "hdf5"] {
            let shown = try InspectionAgreement.check(
                url, options: ReadOptions(format: format, template: template))
            #expect(shown.map(\.format) == ["hdf5"])
            #expect(shown.map(\.rate.hertz) == [500])
        }
    }

    @Test("quality intervals stand in the text, some of many")
    func qualityInText() throws {
        let folder = try TemporaryFolder()
        let url = try table(in: folder.url)
        let shown = try InspectionAgreement.check(
            url, options: ReadOptions(missing: .markAsMissing))
        let text = try #require(shown.first).text
        #expect(text.contains("quality (samples)"))
        #expect(text.contains("non-finite, emg1: 100..<103"))
    }
}
