/// Takes the values of a chunk out of a block of rows, as bytes in the order of files.
enum ChunkGather {
    /// The bytes of a chunk; beyond the dataset, where a chunk reaches at its ends, they are 0.
    ///
    /// - Parameters:
    ///   - number: The chunk.
    ///   - grid: How the dataset is divided.
    ///   - values: The block is a part of them.
    ///   - start: The first value of the block among `values`.
    ///   - blockStart: The first value of the block in the dataset.
    ///   - blockCount: The values of the block along each dimension.
    /// - Returns: Little-endian numbers.
    static func bytes<Value: Element>(
        of number: Int, _ grid: ChunkGrid, _ values: [Value], from start: Int,
        blockStart: [Int], blockCount: [Int]
    ) -> [UInt8] {
        let width = MemoryLayout<Value>.stride
        let size = grid.valuesPerChunk * width
        precondition(start + blockCount.reduce(1, *) <= values.count)
        return unsafe [UInt8](unsafeUninitializedCapacity: size) { buffer, initialized in
            guard let room = buffer.baseAddress else { return }
            let target = UnsafeMutableRawPointer(room)
            unsafe values.withUnsafeBytes { source in
                guard let source = source.baseAddress else { return }
                let origin = grid.origin(of: number)
                let reachesBeyond = grid.chunk.indices.contains {
                    origin[$0] + grid.chunk[$0] > blockStart[$0] + blockCount[$0]
                }
                if reachesBeyond {
                    unsafe target.initializeMemory(as: UInt8.self, repeating: 0, count: size)
                }
                grid.forEachRun(of: number, start: blockStart, count: blockCount) {
                    inChunk, inBlock, length in
                    unsafe (target + inChunk * width).copyMemory(
                        from: source + (start + inBlock) * width, byteCount: length * width)
                }
            }
            #if !_endian(little)
                unsafe NumberFormat.swap(target, count: grid.valuesPerChunk, width: width)
            #endif
            initialized = size
        }
    }
}
