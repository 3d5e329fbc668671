import Decoding
import Foundation
import TestSupport
import Testing

@Suite("myotask bundle")
struct BundleCommandTests {
    /// A folder with a bundle and a control layer.
    private static func folder(control: String) throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        try SampleDecoder("dnn").bundle.write(to: folder.url.appending(path: "b.myodec"))
        try Data(control.utf8).write(to: folder.url.appending(path: "c.yaml"))
        return folder
    }

    @Test func `a bundle gets another control layer and is the same otherwise`() throws {
        let folder = try Self.folder(control: "vote_decisions: 3\nclasses: {open: {}}\n")
        let run = try CommandRun(
            ["bundle", "b.myodec", "--control", "c.yaml", "--output", "d.myodec"], in: folder.url)
        #expect(run.status == 0, "\(run.problems)")
        var made = try DecoderBundle(contentsOf: folder.url.appending(path: "d.myodec"))
        let bundle = try DecoderBundle(contentsOf: folder.url.appending(path: "b.myodec"))
        #expect(made.control.vote == .decisions(3))
        #expect(made.sha256 != bundle.sha256)
        made.control = bundle.control
        #expect(made.sha256 == bundle.sha256)
    }

    @Test(arguments: ["neutral: sleep", "classes: {fist: {}}", "vote_decisions: 0"])
    func `a control layer that does not fit is refused and nothing is written`(
        control: String
    ) throws {
        let folder = try Self.folder(control: control)
        let run = try CommandRun(
            ["bundle", "b.myodec", "--control", "c.yaml", "--output", "d.myodec"], in: folder.url)
        #expect(run.status == 1)
        #expect(
            !FileManager.default.fileExists(
                atPath: folder.url.appending(path: "d.myodec").path()))
    }

    @Test func `its card is shown`() throws {
        let folder = try Self.folder(control: "{}")
        let run = try CommandRun(["bundle", "b.myodec", "--card"], in: folder.url)
        #expect(run.status == 0 && run.output.contains("# A decoder"))
    }
}
