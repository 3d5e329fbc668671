/// Where values lie in one block of memory that they share: a place is used again when nothing
/// reads its value any more.
struct CMemory {
    private struct Block {
        let range: Range<Int>
        let owner: Int
    }

    /// Numbers of the whole block so far.
    private(set) var count = 0
    private var blocks: [Block] = []

    /// Takes room for a value: the first that is large enough.
    ///
    /// - Parameters:
    ///   - size: Its numbers.
    ///   - owner: Which value.
    /// - Returns: Its place.
    mutating func take(_ size: Int, for owner: Int) -> Int {
        var start = 0
        var index = 0
        while index < blocks.count, blocks[index].range.lowerBound - start < size {
            start = blocks[index].range.upperBound
            index += 1
        }
        blocks.insert(Block(range: start..<start + size, owner: owner), at: index)
        count = max(count, start + size)
        return start
    }

    /// Gives the room of values back.
    mutating func release(where isDone: (_ owner: Int) -> Bool) {
        blocks.removeAll { isDone($0.owner) }
    }

    /// Hands a value's room on to another one of its size.
    mutating func handOver(from owner: Int, to next: Int) {
        for index in blocks.indices where blocks[index].owner == owner {
            blocks[index] = Block(range: blocks[index].range, owner: next)
        }
    }
}
