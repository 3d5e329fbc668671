private import Foundation

/// Bytes that have arrived and are not used yet, in memory that was asked for once: no peer can make
/// it grow.
struct ReceiveBuffer {
    /// Room for the largest packet, several times.
    static let capacity = 1 << 20

    /// Room for bytes, of which those of ``range`` have arrived and are not used yet.
    private(set) var storage = [UInt8](repeating: 0, count: Self.capacity)
    private var start = 0
    private var end = 0

    /// Where in ``storage`` they are.
    var range: Range<Int> { start..<end }
    /// How many there are.
    var count: Int { end - start }
    /// Whether no more fit.
    var isFull: Bool { count == Self.capacity }

    /// Counts bytes as used.
    mutating func drop(_ count: Int) {
        start += count
        if start == end { removeAll() }
    }

    /// Drops all.
    mutating func removeAll() {
        start = 0
        end = 0
    }

    /// What a byte is, counted from the first that is not used yet.
    subscript(_ offset: Int) -> UInt8 { storage[start + offset] }

    /// A whole number of which the least significant byte comes first.
    func littleEndian<Number: FixedWidthInteger>(_ offset: Int, as type: Number.Type) -> Number {
        var number: Number = 0
        for index in 0..<MemoryLayout<Number>.size {
            number |=
                Number(truncatingIfNeeded: storage[start + offset + index]) << Number(8 * index)
        }
        return number
    }

    /// A whole number of which the most significant byte comes first.
    func bigEndian<Number: FixedWidthInteger>(_ offset: Int, as type: Number.Type) -> Number {
        littleEndian(offset, as: type).byteSwapped
    }

    /// Reads from an open file or socket what is there and fits.
    ///
    /// - Returns: What `read` returned.
    mutating func fill(from descriptor: Int32) -> Int {
        if start > 0, Self.capacity - end < Self.capacity / 2 {
            for index in 0..<count { storage[index] = storage[start + index] }
            end = count
            start = 0
        }
        let place = end
        let got = unsafe storage.withUnsafeMutableBytes { storage in
            let room = unsafe UnsafeMutableRawBufferPointer(rebasing: storage[place...])
            return unsafe read(descriptor, room.baseAddress, room.count)
        }
        if got > 0 { end += got }
        return got
    }
}
