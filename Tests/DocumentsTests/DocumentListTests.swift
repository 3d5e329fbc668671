import Documents
import Synchronization
import Testing

@Suite("Lists that are made when they are asked for")
struct DocumentListTests {
    private func parse(
        _ text: String, keepingAsText list: String?
    ) throws(DocumentError) -> DocumentValue {
        try Document(json: text.utf8, name: "a.json", keepingAsText: list).root
    }

    @Test("a list that stays text reads as one that does not, with every position")
    func sameValues() throws {
        var documents = RandomDocuments(seed: 3)
        for round in 0..<200 {
            let elements = (0..<round % 7).map { _ in documents.value() }
            let value = DocumentValue.object([
                "before": .strings(["é", "[", "]"]), "tasks": .array(elements), "behind": .null,
                "inner": .object(["tasks": .integers([1, 2])]),
            ])
            for style in [JSONStyle.compact, .spaced, .indented, .sorted] {
                let text = value.json(style)
                let whole = try parse(text, keepingAsText: nil)
                #expect(try parse(text, keepingAsText: "tasks") == whole)
                #expect(try parse(text, keepingAsText: "missing") == whole)
                #expect(try parse(text, keepingAsText: "before") == whole)
            }
        }
    }

    @Test(
        "what is no JSON is refused in the same words as without",
        arguments: [
            "[1 2]", "[{\"a\": 1,}]", "[{\"a\": 1, \"a\": 2}]", "[{\"a\": 1, \"\\u0061\": 2}]",
            "[{\"a\" 1}]", "[01]", "[1.]", "[1e999]", "[1e9999999999]", "[-]", "[\"\t\"]",
            "[\"\\x\"]", "[tru]", "[nul", "[", "[[1, [2]", "[{\"a\": [1}]", "[\"open]", "[1,]",
            "[,]",
        ])
    func sameRefusals(list: String) {
        for text in ["{\"tasks\": \(list)}", "{\n \"é\": 1, \"tasks\":\n  \(list)\n}"] {
            let error = #expect(throws: DocumentError.self) {
                try parse(text, keepingAsText: "tasks")
            }
            let expected = #expect(throws: DocumentError.self) {
                try parse(text, keepingAsText: nil)
            }
            #expect(error == expected, "\(text)")
        }
    }

    @Test("deep nesting in a list that stays text is refused, not a stack overflow")
    func deepNesting() {
        let text = "{\"tasks\": " + String(repeating: "[", count: 100_000)
        #expect(throws: DocumentError.self) { try parse(text, keepingAsText: "tasks") }
    }

    @Test("each element is made once when a list is written, and when its elements are read")
    func madeOnce() throws {
        let made = Mutex([Int](repeating: 0, count: 1_000))
        let list = DocumentValue(
            .array(
                DocumentList(count: 1_000) { index in
                    made.withLock { $0[index] += 1 }
                    return .integer(index)
                }))
        let text = list.json(.sorted)
        #expect(made.withLock { $0.allSatisfy { $0 == 1 } })
        let read = try Document(json: text.utf8, name: "a").cursor.array()
        #expect(try read.map { try $0.integer() } == Array(0..<1_000))
        let cursor = DocumentCursor(value: list, document: "a", path: "$")
        for (index, element) in try cursor.elements().enumerated() {
            #expect(try element.integer() == index)
            #expect(element.path == "$[\(index)]")
        }
        #expect(made.withLock { $0.allSatisfy { $0 == 2 } })
    }

    @Test("a value and where it stands take little memory")
    func layout() {
        #expect(MemoryLayout<DocumentPosition?>.size <= 16)
        #expect(MemoryLayout<DocumentValue>.stride <= 40)
    }
}
