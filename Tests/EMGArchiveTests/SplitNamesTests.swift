import EMGArchive
import Synchronization
import Testing

/// Counts how often ids are compared.
private let comparisons = Mutex(0)

private struct CountedID: Hashable {
    let number: Int

    static func == (left: Self, right: Self) -> Bool {
        comparisons.withLock { $0 += 1 }
        return left.number == right.number
    }

    func hash(into hasher: inout Hasher) { hasher.combine(number) }
}

@Suite("Splits of tasks", .serialized)
struct SplitNamesTests {
    @Test("each task has the name of its split")
    func names() {
        let splits = CollectionManifest.Partition(
            train: ["a", "b"], validation: ["c"], test: ["d"]
        ).names
        #expect(
            ["a", "b", "c", "d"].map { splits[$0] } == ["train", "train", "validation", "test"])
    }

    /// A table of all tasks asks for each: a search through the lists would compare a quarter of a
    /// million times for a thousand tasks.
    @Test("a table of tasks takes a few comparisons a task", arguments: [1_000, 10_000])
    func work(count: Int) {
        let ids = (0..<count).map(CountedID.init)
        comparisons.withLock { $0 = 0 }
        let splits = SplitNames(
            train: Array(ids.prefix(count / 2)), validation: Array(ids.dropFirst(count * 3 / 4)))
        let names = ids.map { splits[$0] }
        #expect(names.count { $0 == "train" } == count / 2)
        #expect(names.count { $0 == "test" } == count / 4)
        #expect(comparisons.withLock { $0 } <= 20 * count)
    }
}
