internal import CFFTW3

/// Numbers at an address that FFTW's vector code likes.
///
/// Plans are made for aligned buffers only: the same transform on unaligned ones takes more than
/// three times as long.
@safe
struct AlignedBuffer<Number: BinaryFloatingPoint & SIMDScalar & BitwiseCopyable>: ~Copyable {
    /// The memory; valid as long as the buffer.
    let pointer: UnsafeMutablePointer<Number>
    /// How many numbers.
    let count: Int

    /// Allocates `count` zeros, at least 1.
    init(count: Int) {
        precondition(count >= 1, "a buffer holds at least 1 number, got \(count)")
        guard let memory = unsafe fftw_malloc(count * MemoryLayout<Number>.stride) else {
            preconditionFailure("no memory for a transform buffer of \(count) numbers")
        }
        let pointer = unsafe memory.bindMemory(to: Number.self, capacity: count)
        unsafe pointer.initialize(repeating: 0, count: count)
        unsafe self.pointer = pointer
        self.count = count
    }

    /// Lends the numbers in pairs, as complex numbers.
    mutating func withPairs<Result, Failure: Error>(
        _ body: (inout MutableSpan<SIMD2<Number>>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let pairs = unsafe UnsafeMutableRawPointer(pointer).assumingMemoryBound(
            to: SIMD2<Number>.self)
        var span = unsafe MutableSpan(_unsafeStart: pairs, count: count / 2)
        return try body(&span)
    }

    deinit {
        unsafe fftw_free(pointer)
    }

    /// Lends the numbers for reading and writing.
    mutating func withNumbers<Result, Failure: Error>(
        _ body: (inout MutableSpan<Number>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        var span = unsafe MutableSpan(_unsafeStart: pointer, count: count)
        return try body(&span)
    }
}
