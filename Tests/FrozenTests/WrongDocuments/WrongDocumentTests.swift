import Foundation
import Parallel
import Testing

/// What is said about documents with one fault: exact messages and statuses.
@Suite("Frozen: wrong documents")
struct WrongDocumentTests {
    @Test("every key of every schema is refused with the same words as before")
    func messages() throws {
        let workspace = try Workspace()
        let converted = try workspace.transcript(
            ["convert", "sample-data/roam/2024_03_04_p1", "--output", "archive"])
        try #require(converted.contains("[exit 0]"))
        try workspace.write(
            workspace.text(of: "sample-data/experiments/collection.yaml"), to: "collection.yaml")
        try workspace.write("t;a;b\n0;1;2\n1;3;4\n", to: "table.txt")
        var produced: [String: String] = [:]
        for kind in DocumentKind.all {
            produced["\(kind.name).txt"] = try messages(about: kind, in: workspace)
        }
        try GoldenFolder.wrongDocuments.check(produced)
    }

    /// One block for each fault: its name, what is said, the status.
    private func messages(
        about kind: DocumentKind, in workspace: borrowing Workspace
    ) throws -> String {
        let walk = try kind.walk()
        var cases = [("right document", Array(walk.rightDocument.document.utf8))]
        cases += DocumentKind.brokenTexts.map { ($0.name, $0.text) }
        cases += walk.faults.map { ($0.name, Array($0.document.document.utf8)) }
        for (index, item) in cases.enumerated() {
            try workspace.write(Data(item.1), to: "\(kind.name)-\(index)/\(kind.file)")
        }
        let url = workspace.url
        let said = try concurrentMap(
            count: cases.count, threads: ProcessInfo.processInfo.activeProcessorCount
        ) { index in
            try Workspace.complaint(of: kind.arguments, in: url, below: "\(kind.name)-\(index)")
        }
        return zip(cases, said).map { "## \($0.0)\n\($1)" }.joined()
    }

    @Test("the faults reach every key of the schema", arguments: DocumentKind.all)
    func coverage(kind: DocumentKind) throws {
        let walk = try kind.walk()
        let named = walk.faults.map(\.name)
        for path in walk.keyPaths.sorted() {
            #expect(
                named.contains { $0.hasPrefix("\(path) = ") || $0.hasPrefix("\(path)[0] = ") },
                "\(path) has no wrong value")
        }
        #expect(walk.keyPaths.count > 5)
    }
}
