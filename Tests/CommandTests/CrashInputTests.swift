import Documents
import Foundation
import TestSupport
import Testing

/// Files that took the program down, hung it, or put memory of the process into an archive.
@Suite("Inputs that crashed")
struct CrashInputTests {
    private static let folder = "cases/crashes"

    private static var files: [String] {
        let names = try? FileManager.default.contentsOfDirectory(
            atPath: SharedMaterial.url(folder).path(percentEncoded: false))
        return (names ?? []).filter { $0.hasSuffix(".h5") }.sorted()
    }

    @Test(
        "each is refused in its own process, with its name, and its neighbors are converted",
        .enabled(
            if: SharedMaterial.isPresent(folder), "needs material that is not in the repository"))
    func refused() throws {
        let folder = try TemporaryFolder()
        let laboratory = try makeLaboratory(in: folder.url)
        let neighbors = try CommandRun(
            ["convert", laboratory.path(), "--output", folder.url.appending(path: "a").path()])
        #expect(neighbors.status == 0)
        let names = Self.files
        #expect(!names.isEmpty)
        for name in names {
            let place = folder.url.appending(path: "a/zz/2020_01_01_zz")
            try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
            try FileManager.default.copyItem(
                at: SharedMaterial.url("\(Self.folder)/\(name)"),
                to: place.appending(path: "zz_\(name)"))
        }
        let target = folder.url.appending(path: "b")
        let run = try CommandRun(
            [
                "convert", folder.url.appending(path: "a").path(), "--output", target.path(),
                "--json",
            ])
        #expect(run.status == 1, "\(run.problems)")
        #expect(try contents(of: target).count == 4)
        // One fault of several files is reported once; the report has each file.
        let report = try Document(json: run.output.utf8, name: "report").cursor.object()
        let items = try report.required("items").array().map { try $0.object() }
        for name in names {
            let own = try items.filter {
                try $0.required("input").string().hasSuffix("zz_\(name)")
            }
            #expect(own.count == 1, "\(name)")
            #expect(try own.first?.required("result").string() == "refused", "\(name)")
            #expect(try own.first?.required("error").object().required("hint") != nil, "\(name)")
        }
        // None of them is left to a worker's death: what is wrong is said.
        #expect(!run.problems.contains("died"), "\(run.problems)")
        let look = try CommandRun(["inspect", folder.url.appending(path: "a").path(), "--json"])
        #expect(look.status == 1)
        #expect(look.output.contains("_p1"))
    }
}
