/// Turns UTF-16 into UTF-8 piece by piece.
package struct UTF16Transcoder: Sendable, Hashable {
    /// Text that is no UTF-16.
    package struct Fault: Error, Hashable {
        /// What is there.
        package let found: String
    }

    /// Whether the first byte of a character counts more.
    package let isBigEndian: Bool
    private var first: UInt8?
    private var high: UInt16?

    /// Starts behind the byte order mark.
    package init(isBigEndian: Bool) {
        self.isBigEndian = isBigEndian
    }

    /// The order of the bytes when a text of UTF-16 has no mark: where the zeros are in what is
    /// mostly ASCII; `nil` when that does not say.
    package static func isBigEndian(_ sample: some Collection<UInt8>) -> Bool? {
        var zeros = (even: 0, odd: 0)
        var isOdd = false
        for byte in sample {
            if byte == 0 {
                if isOdd { zeros.odd += 1 } else { zeros.even += 1 }
            }
            isOdd.toggle()
        }
        let half = sample.count / 2
        guard half >= 2 else { return nil }
        if zeros.odd * 4 >= half * 3, zeros.even == 0 { return false }
        if zeros.even * 4 >= half * 3, zeros.odd == 0 { return true }
        return nil
    }

    /// Appends the characters of a piece that are whole.
    ///
    /// - Parameters:
    ///   - piece: What comes next.
    ///   - bytes: Receives UTF-8.
    /// - Throws: ``Fault`` for half a pair of surrogates.
    package mutating func append(
        _ piece: ArraySlice<UInt8>, to bytes: inout [UInt8]
    ) throws(Fault) {
        for byte in piece {
            guard let first else {
                first = byte
                continue
            }
            self.first = nil
            let unit =
                isBigEndian
                ? UInt16(first) << 8 | UInt16(byte) : UInt16(byte) << 8 | UInt16(first)
            try append(unit, to: &bytes)
        }
    }

    /// The text has ended.
    ///
    /// - Throws: ``Fault`` inside a character.
    package func finish() throws(Fault) {
        guard first == nil, high == nil else { throw Fault(found: "half a character at its end") }
    }

    private mutating func append(_ unit: UInt16, to bytes: inout [UInt8]) throws(Fault) {
        if unit < 0x80, high == nil {
            bytes.append(UInt8(unit))
            return
        }
        var code = UInt32(unit)
        if let high {
            guard UTF16.isTrailSurrogate(unit) else { throw Self.unpaired(high) }
            code = 0x10000 + (UInt32(high) - 0xD800) << 10 + UInt32(unit) - 0xDC00
            self.high = nil
        } else if UTF16.isLeadSurrogate(unit) {
            high = unit
            return
        }
        guard let scalar = Unicode.Scalar(code) else { throw Self.unpaired(unit) }
        if let encoded = UTF8.encode(scalar) { bytes.append(contentsOf: encoded) }
    }

    private static func unpaired(_ unit: UInt16) -> Fault {
        Fault(found: "the half character U+\(String(unit, radix: 16, uppercase: true))")
    }
}
