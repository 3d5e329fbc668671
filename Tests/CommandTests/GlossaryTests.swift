import Foundation
import TestSupport
import Testing

@Suite("The glossary")
struct GlossaryTests {
    private let page = SharedMaterial.packageFolder.appending(path: "docs/glossary.md")

    @Test("leads to the file where each word's code begins, by the name of its main type")
    func files() throws {
        let links = try String(contentsOf: page, encoding: .utf8)
            .matches(of: /\[(\w+)\]\(\.\.\/(Sources\/[^)]+)\)/)
        #expect(links.count >= 30)
        for link in links {
            let (type, path) = (String(link.1), String(link.2))
            let file = SharedMaterial.packageFolder.appending(path: path)
            #expect(file.deletingPathExtension().lastPathComponent == type, "\(path)")
            let source = try String(contentsOf: file, encoding: .utf8)
            let declaration = try Regex("(struct|enum|class|protocol) \(type)\\b")
            #expect(source.contains(declaration), "\(path) declares no \(type)")
        }
    }

    @Test("has each word once")
    func words() throws {
        let rows = try String(contentsOf: page, encoding: .utf8).split(separator: "\n")
            .filter { $0.hasPrefix("| ") && !$0.hasPrefix("| ---") && !$0.hasPrefix("| word ") }
        let words = rows.flatMap { row in
            row.split(separator: "|")[0].split(separator: ",").map {
                $0.trimmingCharacters(in: .whitespaces)
            }
        }
        #expect(words.count >= 30)
        #expect(Set(words).count == words.count)
    }
}
