/// Puts values into the bytes of a message between ranks, little-endian, one after the other.
package struct MessageWriter: Sendable {
    /// What was put in so far.
    package private(set) var bytes: [UInt8] = []

    /// An empty message.
    package init() {}

    /// Puts a whole number in, as 8 bytes.
    package mutating func put(_ value: Int) { put(bits: UInt64(bitPattern: Int64(value))) }

    /// Puts a number in, as 8 bytes that keep every bit of it.
    package mutating func put(_ value: Double) { put(bits: value.bitPattern) }

    /// Puts a truth value in.
    package mutating func put(_ value: Bool) { bytes.append(value ? 1 : 0) }

    /// Puts bytes in, behind how many there are.
    package mutating func put(_ values: [UInt8]) {
        put(values.count)
        bytes += values
    }

    /// Puts a text in.
    package mutating func put(_ text: String) { put(Array(text.utf8)) }

    /// Puts whole numbers in, behind how many there are.
    package mutating func put(_ values: [Int]) {
        put(values.count)
        for value in values { put(value) }
    }

    /// Puts numbers in, behind how many there are.
    package mutating func put(_ values: [Double]) {
        put(values.count)
        for value in values { put(value) }
    }

    /// Puts numbers in, behind how many there are, 4 bytes each.
    package mutating func put(_ values: [Float]) {
        put(values.count)
        for value in values {
            for shift in stride(from: UInt32(0), to: 32, by: 8) {
                bytes.append(UInt8(truncatingIfNeeded: value.bitPattern >> shift))
            }
        }
    }

    /// Puts a value in when there is one.
    package mutating func put<Value>(
        _ value: Value?, _ body: (inout MessageWriter, Value) -> Void
    ) {
        put(value != nil)
        if let value { body(&self, value) }
    }

    private mutating func put(bits: UInt64) {
        for shift in stride(from: UInt64(0), to: 64, by: 8) {
            bytes.append(UInt8(truncatingIfNeeded: bits >> shift))
        }
    }
}
