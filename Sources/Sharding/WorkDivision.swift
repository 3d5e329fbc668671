/// Which part does which item of a list, so that all parts have about as much to do.
///
/// It depends on the items' sizes and on the number of parts alone: processes that see the same
/// list divide it alike without a word between them. Each item is in exactly one part.
package struct WorkDivision: Sendable, Hashable {
    /// The part of each item, from 1.
    package let shards: [Int]
    /// How many parts there are.
    package let count: Int

    /// What an item costs beside its bytes, in bytes: it is opened, and what is made of it is
    /// handed to the disk.
    package static let bytesPerItem = 1 << 16
    /// Sums of sizes that are nonsense must not overflow.
    private static let mostBytes = 1 << 42

    private init(shards: [Int], count: Int) {
        self.shards = shards
        self.count = count
    }

    /// The largest items first, each to the part that has least: no part has more than the mean and
    /// one item.
    ///
    /// - Parameters:
    ///   - bytes: The size of each item, at least 0.
    ///   - count: How many parts there are, at least 1.
    /// - Returns: The division.
    package static func balanced(_ bytes: [Int], among count: Int) -> WorkDivision {
        let costs = bytes.map(cost)
        let order = costs.indices.sorted { (costs[$1], $0) < (costs[$0], $1) }
        var shards = [Int](repeating: 1, count: bytes.count)
        // More parts than items are idle.
        var loads = LoadHeap(count: min(count, max(1, bytes.count)))
        for item in order { shards[item] = loads.add(costs[item]) + 1 }
        return WorkDivision(shards: shards, count: count)
    }

    /// Items that follow each other stay together: the parts in order are the list.
    ///
    /// - Parameters:
    ///   - bytes: The size of each item, at least 0.
    ///   - count: How many parts there are, at least 1.
    /// - Returns: The division; a part's items are neighbors.
    package static func contiguous(_ bytes: [Int], among count: Int) -> WorkDivision {
        let costs = bytes.map { Double(cost($0)) }
        let total = costs.reduce(0, +)
        var before = 0.0
        let shards = costs.map { cost in
            defer { before += cost }
            // The part in which the middle of the item lies.
            return 1 + min(count - 1, Int((before + cost / 2) / total * Double(count)))
        }
        return WorkDivision(shards: shards, count: count)
    }

    /// The items of a part.
    ///
    /// - Parameter shard: One of as many parts as the division has.
    /// - Returns: The items in order, counted from 0.
    package func items(of shard: Shard) -> [Int] {
        precondition(shard.count == count, "a part of \(shard.count) in a division of \(count)")
        return shards.indices.filter { shards[$0] == shard.index }
    }

    private static func cost(_ bytes: Int) -> Int {
        min(max(0, bytes), mostBytes) + bytesPerItem
    }
}

/// How much each part has, with the part that has least on top.
private struct LoadHeap {
    private var loads: [(bytes: Int, shard: Int)]

    init(count: Int) {
        // Ascending: a heap already.
        loads = (0..<count).map { (0, $0) }
    }

    /// Gives bytes to the part that has least, of those the first.
    ///
    /// - Returns: The part, from 0.
    mutating func add(_ bytes: Int) -> Int {
        let shard = loads[0].shard
        loads[0].bytes += bytes
        var place = 0
        while true {
            var least = place
            for child in [2 * place + 1, 2 * place + 2]
            where child < loads.count && loads[child] < loads[least] { least = child }
            guard least != place else { return shard }
            loads.swapAt(place, least)
            place = least
        }
    }
}
