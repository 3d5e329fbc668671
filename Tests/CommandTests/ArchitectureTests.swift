import Foundation
import TestSupport
import Testing

@Suite("ARCHITECTURE.md")
struct ArchitectureTests {
    /// A line of its table: modules that stand together, and what they import.
    private struct Row {
        let modules: [String]
        let imports: [String]
    }

    private func text() throws -> String {
        try String(
            contentsOf: SharedMaterial.packageFolder.appending(path: "ARCHITECTURE.md"),
            encoding: .utf8)
    }

    private func rows() throws -> [Row] {
        try text().split(separator: "\n").filter { $0.hasPrefix("| `") }.map { line in
            let cells = line.split(separator: "|", omittingEmptySubsequences: false)
            return Row(
                modules: cells[1].matches(of: /`(\w+)`/).map { String($0.1) },
                imports: cells[3].matches(of: /`(\w+)`/).map { String($0.1) })
        }
    }

    /// The targets under `Sources`: what the picture is of.
    private func targets() throws -> [PackageManifest.Target] {
        try PackageManifest().targets.filter { $0.path.hasPrefix("Sources/") }
    }

    @Test("has each module once, and no other")
    func modules() throws {
        let declared = try targets().map(\.name)
        #expect(declared.count > 30)
        #expect(try rows().flatMap(\.modules).sorted() == declared.sorted())
    }

    @Test("states what a module imports as Package.swift does")
    func imports() throws {
        let targets = try targets()
        for row in try rows() {
            let declared = Set(
                targets.filter { row.modules.contains($0.name) }.flatMap(\.dependencies))
            #expect(
                declared.subtracting(row.modules).sorted() == row.imports.sorted(),
                "\(row.modules)")
        }
    }

    @Test("has its arrows pointing down only")
    func direction() throws {
        var above: Set<String> = []
        for row in try rows() {
            // The table begins with what everything else stands on.
            for name in row.imports { #expect(above.contains(name), "\(row.modules): \(name)") }
            above.formUnion(row.modules)
        }
    }

    @Test("draws the way of the data through modules that there are")
    func picture() throws {
        let picture = try #require(try text().components(separatedBy: "\n| module").first)
        let declared = Set(try targets().map(\.name))
        let drawn = picture.matches(of: /\b(EMG[A-Z]\w+|MetaLearning|Decoding)\b/)
            .map { String($0.1) }
        #expect(drawn.count >= 6)
        for name in drawn { #expect(declared.contains(name), "\(name)") }
    }

    @Test("no target declares a module that it does not import")
    func unused() throws {
        for target in try PackageManifest().targets where target.kind != "systemLibrary" {
            let folder = SharedMaterial.packageFolder.appending(path: target.path)
            let files = try #require(
                FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil))
            var imported: Set<String> = []
            for case let url as URL in files where url.pathExtension == "swift" {
                let source = try String(contentsOf: url, encoding: .utf8)
                for match in source.matches(of: /(?m)^[@a-zA-Z_ ]*import (\w+)/) {
                    imported.insert(String(match.1))
                }
            }
            // A test target depends on a program to have it built, not to import it.
            let needed = target.dependencies.filter {
                $0 != "MyoTaskMain" && $0 != "AllocationCount"
            }
            let idle = Set(needed).subtracting(imported)
            #expect(idle.isEmpty, "\(target.name)")
        }
    }
}
