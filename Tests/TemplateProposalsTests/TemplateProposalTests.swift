import EMGIngest
import EMGSignal
import Foundation
import TemplateProposals
import TestSupport
import Testing

@Suite("Templates proposed from files")
struct TemplateProposalTests {
    /// The whole file as the proposed template reads it.
    private static func read(
        _ url: URL, _ template: SourceTemplate
    ) throws -> (metadata: StreamMetadata, block: RowBlock, notes: StreamNotes) {
        let reader = try #require(template.reader)
        var options = ReadOptions(missing: .markAsMissing, template: template)
        options.samplingRateHertz = nil
        let stream = try #require(try reader.open(url, options: options).first)
        var block = RowBlock()
        while try stream.read(into: &block, atMost: 1_000) {}
        return (stream.metadata, block, try stream.finish())
    }

    @Test("a file is read as it is meant by what was proposed", arguments: UnknownFile.all)
    func reading(_ file: UnknownFile) throws {
        let folder = try TemporaryFolder()
        let url = try file.write(to: folder.url)
        let proposal = try TemplateProposal(of: url, name: "lab")
        let template = try SourceTemplate(proposal.yaml, document: "lab.yaml", name: "lab")
        let (about, block, notes) = try Self.read(url, template)
        #expect(about.channels.count == file.channels, "\(proposal.yaml)")
        #expect(block.samples.count == file.rows * file.channels, "\(proposal.yaml)")
        if let names = file.names {
            #expect(about.channels.map(\.name) == names, "\(proposal.yaml)")
        }
        #expect(about.channels[0].unit == file.unit, "\(proposal.yaml)")
        let isWhole = file.unit == "count" && file.name == "labels.csv"
        for row in [0, 1, file.rows - 1] {
            let expected = UnknownFile.signal(row, 1) * (isWhole ? 100 : 1)
            let found = Double(block.samples[row * file.channels + 1])
            #expect(abs(found - expected) < (isWhole ? 1 : 0.001), "\(proposal.yaml)")
        }
        if about.hasTimeStamps {
            let span = try #require(block.timeStamps.last) - block.timeStamps[0]
            let rate = Double(file.rows - 1) / span
            #expect(abs(rate - (file.rate ?? 0)) < 0.02 * rate, "\(proposal.yaml)")
        } else if case .declared(let rate, _) = about.rate {
            #expect(rate.hertz == file.rate, "\(proposal.yaml)")
        } else {
            #expect(file.rate == nil, "\(proposal.yaml)")
            #expect(proposal.doubts.contains { $0.contains("rate") })
        }
        if let classes = file.classes {
            let found: [String] =
                if case .classes(let names) = about.labels { names } else { notes.classNames ?? [] }
            #expect(found.filter { $0 != "unlabeled" }.sorted() == classes, "\(proposal.yaml)")
        } else {
            #expect(about.labels == .none, "\(proposal.yaml)")
        }
    }

    @Test("the first rows are shown as they are read, with time, channels and label")
    func preview() throws {
        let folder = try TemporaryFolder()
        let file = try #require(UnknownFile.all.first { $0.name == "labels.csv" })
        let url = try file.write(to: folder.url)
        let proposal = try TemplateProposal(of: url, name: "lab")
        let template = try SourceTemplate(proposal.yaml, document: "lab.yaml", name: "lab")
        let preview = try TemplatePreview(of: url, by: template, rows: 3)
        #expect(preview.head == ["row", "time (s)", "ch0 (count)", "ch1 (count)", "label"])
        #expect(preview.rows.count == 3 && preview.rows.allSatisfy { $0.count == 5 })
        #expect(preview.hiddenChannels == 0)
    }

    @Test(
        "what has no table of numbers is refused with what it is",
        arguments: [
            ("prose.txt", "Dear all,\nthe data are on the other disk.\nYours\n"),
            ("empty.csv", ""), ("names.csv", "name,age\nAnna,old\nBert,young\n"),
        ])
    func refused(name: String, text: String) throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: name)
        try Data(text.utf8).write(to: url)
        let error = #expect(throws: IngestError.self) { try TemplateProposal(of: url, name: "x") }
        #expect(error?.description.contains(name) == true)
    }

    @Test("names that YAML would take for something else are in quotes")
    func quoting() throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appending(path: "odd.csv")
        let rows = (0..<50).map { "\($0 % 7).5,\($0 % 5).25\n" }.joined()
        try Data(("\"no: #1\",\"yes 'x'\"\n" + rows).utf8).write(to: url)
        let proposal = try TemplateProposal(of: url, name: "no")
        let template = try SourceTemplate(proposal.yaml, document: "odd.yaml", name: "odd")
        #expect(template.name == "no")
        #expect(try TemplatePreview(of: url, by: template).rows.count == 5)
    }
}
