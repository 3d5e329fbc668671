import Foundation
import TestSupport
import Testing

/// The files that CONTRIBUTING shows are those of the package that `LaboratoryTests` builds and runs.
@Suite("CONTRIBUTING")
struct ContributingTests {
    private static let laboratory = "Tests/LaboratoryPackage"

    private static func files() throws -> [String] {
        let folder = SharedMaterial.packageFolder.appending(path: "\(laboratory)/Sources/mylab")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path())
        return ["Package.swift"] + names.filter { $0.hasSuffix(".swift") }.sorted()
    }

    @Test("every file of the laboratory's package is shown as it is")
    func shown() throws {
        for file in try Self.files() {
            let path =
                file == "Package.swift"
                ? "\(Self.laboratory)/\(file)" : "\(Self.laboratory)/Sources/mylab/\(file)"
            let text = try String(
                contentsOf: SharedMaterial.packageFolder.appending(path: path), encoding: .utf8)
            #expect(
                try CommittedText.isCurrent(
                    "CONTRIBUTING.md", mark: "file", region: file,
                    generated: "`\(path)`:\n\n```swift\n\(text)```\n"),
                "\(file): record it with MYOTASK_RECORD_GOLDENS=1")
        }
    }
}
