/// How the values of a dataset are divided among chunks.
///
/// Chunks are numbered in row-major order. Those at the upper ends reach beyond the dataset: all
/// chunks have the same number of values.
struct ChunkGrid: Sendable, Hashable {
    /// The count of values along each dimension, at least one dimension.
    let shape: [Int]
    /// The count of values of a chunk along each dimension, each at least 1.
    let chunk: [Int]
    /// The count of chunks along each dimension.
    let counts: [Int]

    init(shape: [Int], chunk: [Int]) {
        precondition(shape.count == chunk.count && !shape.isEmpty && !chunk.contains { $0 < 1 })
        self.shape = shape
        self.chunk = chunk
        counts = zip(shape, chunk).map { $0 / $1 + ($0 % $1 == 0 ? 0 : 1) }
    }

    /// The number of values of a chunk.
    var valuesPerChunk: Int { chunk.reduce(1, *) }

    /// The chunks along all dimensions but the first: those of one band of rows.
    var chunksPerBand: Int { counts.dropFirst().reduce(1, *) }

    /// The first value of a chunk.
    func origin(of number: Int) -> [Int] {
        var left = number
        var origin = chunk
        for dimension in chunk.indices.reversed() {
            origin[dimension] = left % counts[dimension] * chunk[dimension]
            left /= counts[dimension]
        }
        return origin
    }

    /// The numbers of the chunks that a block of values touches, in order.
    func chunks(touching start: [Int], count: [Int]) -> [Int] {
        guard !count.contains(0) else { return [] }
        var numbers = [0]
        for dimension in chunk.indices {
            let first = start[dimension] / chunk[dimension]
            let last = (start[dimension] + count[dimension] - 1) / chunk[dimension]
            numbers = numbers.flatMap { number in
                (first...last).map { number * counts[dimension] + $0 }
            }
        }
        return numbers
    }

    /// Visits the values that a chunk and a block have in common, as runs that are contiguous in
    /// both.
    ///
    /// - Parameters:
    ///   - number: The chunk.
    ///   - start: The first value of the block.
    ///   - count: The values of the block along each dimension.
    ///   - body: Gets the position of a run in the chunk, that in the block, and its length.
    func forEachRun(
        of number: Int, start: [Int], count: [Int],
        _ body: (_ inChunk: Int, _ inBlock: Int, _ length: Int) -> Void
    ) {
        let origin = origin(of: number)
        var low = origin
        var extent = origin
        for dimension in chunk.indices {
            low[dimension] = max(origin[dimension], start[dimension])
            let high = min(
                origin[dimension] + chunk[dimension], start[dimension] + count[dimension])
            extent[dimension] = high - low[dimension]
            guard extent[dimension] > 0 else { return }
        }
        // Trailing dimensions that both have in full join into one run with the one before.
        var last = chunk.count - 1
        while last > 0, extent[last] == chunk[last], extent[last] == count[last] { last -= 1 }
        let length = extent[last...].reduce(1, *)
        var position = [Int](repeating: 0, count: last)
        while true {
            var inChunk = 0
            var inBlock = 0
            for dimension in chunk.indices {
                let value = low[dimension] + (dimension < last ? position[dimension] : 0)
                inChunk = inChunk * chunk[dimension] + value - origin[dimension]
                inBlock = inBlock * count[dimension] + value - start[dimension]
            }
            body(inChunk, inBlock, length)
            var dimension = last - 1
            while dimension >= 0 {
                position[dimension] += 1
                if position[dimension] < extent[dimension] { break }
                position[dimension] = 0
                dimension -= 1
            }
            if dimension < 0 { return }
        }
    }
}
