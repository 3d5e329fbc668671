import SeededRandom
import Sharding
import Testing

@Suite("Divisions of work")
struct WorkDivisionTests {
    /// A way to divide.
    enum Way: String, CaseIterable, CustomTestStringConvertible {
        case balanced, contiguous

        var testDescription: String { rawValue }

        func divide(_ bytes: [Int], among count: Int) -> WorkDivision {
            switch self {
            case .balanced: .balanced(bytes, among: count)
            case .contiguous: .contiguous(bytes, among: count)
            }
        }
    }

    /// Lists of sizes: none, equal, empty, one giant, drawn.
    private static func lists(seed: UInt64) -> [[Int]] {
        var generator = SeededGenerator(seed: seed)
        var lists = [[], [0], [5], [0, 0, 0, 0, 0], [1 << 62, 1 << 62, 1 << 62], [-1, 4]]
        for count in [2, 7, 40, 333] {
            lists.append((0..<count).map { _ in generator.integer(below: 1 << 30) })
            lists.append((0..<count).map { _ in 1 << generator.integer(below: 34) })
            lists.append([1 << 40] + (0..<count).map { _ in generator.integer(below: 1_000) })
        }
        return lists
    }

    private static let counts = [1, 2, 3, 16, 100]

    private static func cost(_ bytes: Int) -> Int {
        min(max(0, bytes), 1 << 42) + WorkDivision.bytesPerItem
    }

    @Test("every item is in exactly one part", arguments: Way.allCases, counts)
    func once(way: Way, count: Int) {
        for bytes in Self.lists(seed: 3) {
            let division = way.divide(bytes, among: count)
            let items = Shard.all(of: count).flatMap { division.items(of: $0) }
            #expect(items.sorted() == Array(bytes.indices))
        }
    }

    @Test("the same sizes are divided alike, again and again", arguments: Way.allCases, counts)
    func same(way: Way, count: Int) {
        for bytes in Self.lists(seed: 4) {
            #expect(way.divide(bytes, among: count) == way.divide(bytes, among: count))
        }
    }

    @Test("no part has more than the mean and one item", arguments: Way.allCases, counts)
    func balance(way: Way, count: Int) {
        for bytes in Self.lists(seed: 5) where !bytes.isEmpty {
            let division = way.divide(bytes, among: count)
            let costs = bytes.map(Self.cost)
            let mean = costs.reduce(0, +) / count
            let loads = Shard.all(of: count).map { shard in
                division.items(of: shard).reduce(0) { $0 + costs[$1] }
            }
            #expect((loads.max() ?? 0) <= mean + (costs.max() ?? 0) + 1)
        }
    }

    @Test("parts of equal items differ by one at most", arguments: Way.allCases, counts)
    func equal(way: Way, count: Int) {
        for items in [1, 5, 64, 333] {
            let division = way.divide([Int](repeating: 1_000, count: items), among: count)
            let sizes = Shard.all(of: count).map { division.items(of: $0).count }
            #expect((sizes.max() ?? 0) - (sizes.min() ?? 0) <= 1)
        }
    }

    @Test("a contiguous division in order is the list", arguments: counts)
    func order(count: Int) {
        for bytes in Self.lists(seed: 6) {
            let division = WorkDivision.contiguous(bytes, among: count)
            #expect(division.shards == division.shards.sorted())
        }
    }

    @Test("the largest items are spread before small ones fill up")
    func largest() {
        let division = WorkDivision.balanced([1 << 30, 1, 1, 1, 1 << 30, 1], among: 2)
        #expect(division.shards[0] == 1)
        #expect(division.shards[4] == 2)
        #expect(division.items(of: Shard.all(of: 2)[0]).count == 3)
    }
}
