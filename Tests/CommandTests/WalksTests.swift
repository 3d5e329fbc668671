import Foundation
import TestSupport
import Testing

@Suite("docs/walks.md")
struct WalksTests {
    /// A file of a walk.
    private struct Stop {
        let path: String
        let name: String
        let source: String
    }

    /// A table of the page by its mark.
    enum Walk: String, CaseIterable {
        case cutoff = "low_hz"
        case row
    }

    private func text() throws -> String {
        try String(
            contentsOf: SharedMaterial.packageFolder.appending(path: "docs/walks.md"),
            encoding: .utf8)
    }

    private func stops(_ walk: Walk) throws -> [Stop] {
        let mark = "<!-- begin \(walk.rawValue) -->"
        let after = try #require(try text().components(separatedBy: mark).dropFirst().first)
        let table = try #require(after.components(separatedBy: "<!-- end -->").first)
        return try table.matches(of: /\]\(\.\.\/([^)]+)\) \| `(\w+)` \|/).map { match in
            let path = String(match.1)
            let url = SharedMaterial.packageFolder.appending(path: path)
            return Stop(
                path: path, name: String(match.2),
                source: try String(contentsOf: url, encoding: .utf8))
        }
    }

    private func mentions(_ source: String, _ name: String) -> Bool {
        source.split(whereSeparator: { !$0.isLetter && !$0.isNumber && $0 != "_" })
            .contains { $0 == name || $0.hasPrefix("\(name)_") }
    }

    @Test("names each file of a walk once", arguments: Walk.allCases)
    func once(walk: Walk) throws {
        let paths = try stops(walk).map(\.path)
        #expect(Set(paths).count == paths.count)
        #expect(try text().contains("**\(paths.count) files**"))
        // More files than these are a walk that got longer: cut it, or say why here.
        #expect(paths.count <= (walk == .cutoff ? 38 : 25))
    }

    @Test(
        "enters each file by something it declares and a file before it uses",
        arguments: Walk.allCases)
    func links(walk: Walk) throws {
        let stops = try stops(walk)
        #expect(stops.count > 20)
        for (index, stop) in stops.enumerated() {
            let declaration = try Regex(
                "\\b(func|var|let|struct|class|enum|protocol|extension) \(stop.name)\\b"
                    + "|NAME\\(\(stop.name)\\)")
            #expect(stop.source.contains(declaration), "\(stop.path) declares no \(stop.name)")
            guard index > 0 else { continue }
            #expect(
                stops[..<index].contains { mentions($0.source, stop.name) },
                "no file before \(stop.path) uses \(stop.name)")
        }
    }

    @Test("says how many files of the cut-off's walk are the documents'")
    func documents() throws {
        let stops = try stops(.cutoff)
        let count = stops.count { $0.path.hasPrefix("Sources/Documents/") }
        let words = try text().replacing("\n", with: " ")
        #expect(words.contains("\(count) of them in `Documents`"))
        #expect(words.contains("and \(stops.count - count) of its own"))
    }
}
