/// What a dataset is, apart from its values.
package struct DatasetDescription: Sendable, Hashable {
    /// The count along each dimension, slowest first; empty for a single value.
    package let shape: [Int]
    /// The type of its values.
    package let type: StoredType
    /// The shape of a chunk; `nil` when it is stored in one piece.
    package let chunkShape: [Int]?
    /// The numbers of its filters, in the order of writing.
    package let filters: [Int]
    /// The bytes it takes in the file.
    package let storedBytes: Int
    /// The chunks that were never written; `nil` when all are there.
    package let unwritten: UnwrittenChunks?
    /// How its chunks can be read outside libhdf5; `nil` when only the library can.
    let storage: ChunkStorage?

    /// Whether its chunks are read as they are stored, and decompressed, checked and converted
    /// outside the library's lock; otherwise libhdf5 does all of it.
    package var isDecodedHere: Bool { storage != nil }

    /// How many values it has.
    package var count: Int { shape.reduce(1, *) }

    /// Makes sure that a block lies within the dataset and may be read.
    ///
    /// - Returns: How many values it has.
    func checkBlock<Value: Element>(
        of type: Value.Type, start: [Int], count: [Int], limits: ReadLimits, at place: Place
    ) throws(HDF5Error) -> Int {
        precondition(
            start.count == shape.count && count.count == shape.count
                && zip(zip(start, count), shape).allSatisfy {
                    $0.0 >= 0 && $0.1 >= 0 && $0.0 <= $1 - $0.1
                }, "block at \(start) of \(count) is outside \(shape)")
        try checkHolds(type, at: place)
        let total = count.contains(0) ? 0 : count.reduce(1, *)
        // The product fits: the whole dataset's byte count has been checked.
        let bytes = total * MemoryLayout<Value>.stride
        guard bytes <= limits.bytes else {
            throw HDF5Error(.storage(.tooLarge(bytes: bytes, limit: limits.bytes)), at: place)
        }
        return total
    }

    /// Makes sure that a type holds every stored value exactly.
    func checkHolds<Value: Element>(_: Value.Type, at place: Place) throws(HDF5Error) {
        guard Value.numberType.holds(type) else {
            throw HDF5Error(
                .unexpectedType(expected: Value.numberType.name, found: "\(type)"), at: place)
        }
    }
}
