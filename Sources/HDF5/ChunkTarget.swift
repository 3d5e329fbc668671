/// Room for the values of a block, which several threads fill: each another part.
@safe struct ChunkTarget<Value: Element>: @unchecked Sendable {
    private let buffer: UnsafeMutableBufferPointer<Value>

    fileprivate init(_ buffer: UnsafeMutableBufferPointer<Value>) {
        unsafe self.buffer = buffer
    }

    /// Stores a run of a chunk's values.
    ///
    /// - Parameters:
    ///   - chunk: The bytes of the chunk.
    ///   - format: What its numbers are.
    ///   - first: The first of them.
    ///   - position: Where they go.
    ///   - count: How many.
    func store(
        _ chunk: [UInt8], _ format: NumberFormat, from first: Int, at position: Int, count: Int
    ) {
        precondition(first >= 0 && (first + count) * format.width <= chunk.count)
        checkRoom(at: position, count: count)
        unsafe chunk.withUnsafeBytes { source in
            guard let source = source.baseAddress, let target = unsafe buffer.baseAddress
            else { return }
            unsafe format.convert(
                source + first * format.width, count: count, into: target + position)
        }
    }

    /// Stores one value over and over.
    func store(_ value: Value, at position: Int, count: Int) {
        checkRoom(at: position, count: count)
        guard let target = unsafe buffer.baseAddress else { return }
        unsafe (target + position).initialize(repeating: value, count: count)
    }

    private func checkRoom(at position: Int, count: Int) {
        let room = unsafe buffer.count
        precondition(position >= 0 && count >= 0 && position + count <= room)
    }
}

extension Array where Element: HDF5.Element {
    /// An array whose values `body` stores, every one of them unless it throws.
    static func filled(
        count: Int, _ body: (ChunkTarget<Element>) throws(HDF5Error) -> Void
    ) throws(HDF5Error) -> [Element] {
        var failure: HDF5Error?
        let values = unsafe [Element](unsafeUninitializedCapacity: count) { buffer, initialized in
            do throws(HDF5Error) {
                let room = unsafe UnsafeMutableBufferPointer(rebasing: buffer[..<count])
                try body(unsafe ChunkTarget(room))
                initialized = count
            } catch {
                failure = error
                initialized = 0
            }
        }
        if let failure { throw failure }
        return values
    }
}
