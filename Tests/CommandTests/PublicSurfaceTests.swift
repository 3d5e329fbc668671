import Foundation
import TestSupport
import Testing

@Suite("Public surface")
struct PublicSurfaceTests {
    /// What is public is promised to everyone who depends on the library: a declaration is made
    /// public when somebody outside needs it, and the number stays below two thirds of what it was
    /// when kinds were closed. Decoding, labeling and arrays came later and have bounds of their own.
    @Test(
        "at most 1,672 declarations are public, 76 of decoding, 30 of labeling, and 50 of arrays")
    func count() throws {
        let sources = SharedMaterial.packageFolder.appending(path: "Sources")
        let files = try #require(
            FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil))
        let declaration = /\s*(?:@\w+(?:\([^)]*\))?\s+)*public (?!import)/
        var counts: [String: Int] = [:]
        for case let file as URL in files where file.pathExtension == "swift" {
            let module = file.path().dropFirst(sources.path().count)
                .split(separator: "/").first.map(String.init)
            let lines = try String(contentsOf: file, encoding: .utf8)
                .split(separator: "\n")
            counts[module ?? "", default: 0] += lines.count {
                $0.prefixMatch(of: declaration) != nil
            }
        }
        #expect(counts.values.reduce(0, +) >= 1_000, "the declarations were not found")
        let decoding = counts.removeValue(forKey: "Decoding") ?? 0
        #expect((1...76).contains(decoding))
        let labeling = counts.removeValue(forKey: "EMGLabeling") ?? 0
        #expect((1...30).contains(labeling))
        let arrays = counts.removeValue(forKey: "ArrayCollections") ?? 0
        #expect((1...50).contains(arrays))
        #expect(counts.values.reduce(0, +) <= 1_672, "\(counts)")
    }
}
