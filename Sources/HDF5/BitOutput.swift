/// Bits into memory, lowest first.
@safe struct BitOutput {
    /// This many bytes beyond the last are overwritten.
    static let overhang = 8

    private let base: UnsafeMutableRawPointer
    private(set) var byteCount = 0
    private var pending: UInt64 = 0
    private var pendingCount: UInt64 = 0

    init(_ base: UnsafeMutablePointer<UInt8>) {
        unsafe self.base = UnsafeMutableRawPointer(base)
    }

    /// Adds bits without writing them: no more than 56 between two flushes.
    @inline(__always)
    mutating func add(_ bits: UInt64, count: UInt64) {
        pending |= bits &<< pendingCount
        pendingCount &+= count
    }

    /// Adds a code word that stands above its length.
    @inline(__always)
    mutating func add(_ word: UInt32) {
        add(UInt64(word &>> 8), count: UInt64(word & 0xFF))
    }

    /// Adds and writes a code word that stands above its length.
    @inline(__always)
    mutating func write(_ word: UInt32) {
        add(word)
        flush()
    }

    /// Writes whole bytes.
    @inline(__always)
    mutating func flush() {
        unsafe base.storeBytes(of: pending.littleEndian, toByteOffset: byteCount, as: UInt64.self)
        byteCount &+= Int(pendingCount &>> 3)
        pending &>>= pendingCount & 0x38
        pendingCount &= 7
    }

    /// Adds and writes bits, at most 56.
    mutating func write(_ bits: UInt64, count: UInt64) {
        add(bits, count: count)
        flush()
    }

    /// Fills the last byte.
    mutating func align() {
        pendingCount = (pendingCount + 7) & ~7
        flush()
    }

    /// Copies bytes; the last byte has been filled.
    mutating func copy(_ source: UnsafePointer<UInt8>, count: Int) {
        unsafe (base + byteCount).copyMemory(from: source, byteCount: count)
        byteCount += count
    }
}
