import EMGTasks
import Testing

@Suite("Many patterns of task ids")
struct TaskPatternIndexTests {
    private static let ids = ["p1", "p2", "p10"].flatMap { patient in
        ["a", "b-1"].flatMap { session in
            ["111", "131", "131-2"].map { "\(patient)/\(session)/\($0)" }
        }
    }
    private static let texts = [
        "p1", "p1*", "p?", "p2/a", "*/a", "*/*/131", "p10/b-1/131-2", "p10/b-1/131*", "*", "p3",
        "p1/c", "*/?/1?1", "*/*/151", "p2/*/111",
    ]

    @Test("an id is fitted by those patterns together that fit it one by one")
    func sameAsOneByOne() throws {
        let patterns = try Self.texts.map { try #require(TaskPattern($0)) }
        for first in patterns {
            for second in patterns {
                let index = TaskPatternIndex([first, second])
                for id in Self.ids + ["p1/a", "p1/a/111/x"] {
                    #expect(
                        index.fits(id) == (first.fits(id) || second.fits(id)),
                        "\(first), \(second), \(id)")
                }
                let unfitting = [first, second].first { pattern in
                    !Self.ids.contains { pattern.fits($0) }
                }
                #expect(index.firstUnfitting(Self.ids) == unfitting)
            }
        }
    }

    @Test("a list may name each of a hundred thousand tasks")
    func longList() throws {
        let ids = (0..<100_000).map { "p\($0 / 8)/day\($0 % 8 / 2)/11\($0 % 2)" }
        let index = TaskPatternIndex(try ids.map { try #require(TaskPattern($0)) })
        #expect(ids.allSatisfy(index.fits))
        #expect(!index.fits("p0/day0/112"))
        #expect(index.firstUnfitting(ids) == nil)
        #expect(index.firstUnfitting(ids.dropLast())?.text == ids.last)
    }
}
