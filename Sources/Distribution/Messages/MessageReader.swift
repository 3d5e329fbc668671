/// Takes values out of the bytes of a message, in the order that ``MessageWriter`` put them in.
package struct MessageReader: Sendable {
    private let bytes: [UInt8]
    private var position = 0

    /// Begins to read.
    ///
    /// - Parameter bytes: A message.
    package init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// Whether everything was taken out.
    package var isAtEnd: Bool { position == bytes.count }

    /// The next whole number.
    ///
    /// - Throws: ``DistributionError`` when the message ends before it; so do all others.
    package mutating func integer() throws(DistributionError) -> Int {
        Int(Int64(bitPattern: try bits()))
    }

    /// The next number.
    package mutating func number() throws(DistributionError) -> Double {
        Double(bitPattern: try bits())
    }

    /// The next truth value.
    package mutating func truth() throws(DistributionError) -> Bool { try take(1).first != 0 }

    /// The next bytes.
    package mutating func byteArray() throws(DistributionError) -> [UInt8] {
        Array(try take(try count(of: 1)))
    }

    /// The next text.
    package mutating func text() throws(DistributionError) -> String {
        String(decoding: try byteArray(), as: UTF8.self)
    }

    /// The next whole numbers.
    package mutating func integers() throws(DistributionError) -> [Int] {
        let count = try count(of: 8)
        var values: [Int] = []
        values.reserveCapacity(count)
        for _ in 0..<count { values.append(try integer()) }
        return values
    }

    /// The next numbers.
    package mutating func numbers() throws(DistributionError) -> [Double] {
        let count = try count(of: 8)
        var values: [Double] = []
        values.reserveCapacity(count)
        for _ in 0..<count { values.append(try number()) }
        return values
    }

    /// The next numbers of 4 bytes.
    package mutating func floats() throws(DistributionError) -> [Float] {
        let count = try count(of: 4)
        var values: [Float] = []
        values.reserveCapacity(count)
        for _ in 0..<count {
            var bits: UInt32 = 0
            for (place, byte) in try take(4).enumerated() {
                bits |= UInt32(byte) << UInt32(8 * place)
            }
            values.append(Float(bitPattern: bits))
        }
        return values
    }

    /// The next value, when there is one.
    package mutating func optional<Value>(
        _ body: (inout MessageReader) throws(DistributionError) -> Value
    ) throws(DistributionError) -> Value? {
        try truth() ? try body(&self) : nil
    }

    /// A count of elements that the rest of the message can hold.
    private mutating func count(of size: Int) throws(DistributionError) -> Int {
        let count = try integer()
        guard count >= 0, count <= (bytes.count - position) / size else {
            throw DistributionError(
                .malformed(
                    expected: "at most \((bytes.count - position) / size) elements",
                    found: "\(count)"))
        }
        return count
    }

    private mutating func bits() throws(DistributionError) -> UInt64 {
        var bits: UInt64 = 0
        for (place, byte) in try take(8).enumerated() { bits |= UInt64(byte) << UInt64(8 * place) }
        return bits
    }

    private mutating func take(_ count: Int) throws(DistributionError) -> ArraySlice<UInt8> {
        guard count <= bytes.count - position else {
            throw DistributionError(
                .malformed(
                    expected: "\(count) more bytes", found: "\(bytes.count - position)"))
        }
        defer { position += count }
        return bytes[position..<position + count]
    }
}
