/// Numbers as programs write them, read without the detour over text.
package enum PlainNumber {
    /// `[-]digits[.digits]` with at most 15 digits and 22 decimals, which is exact in double
    /// precision (Clinger 1990); `nil` for everything else.
    @inlinable
    package static func read(
        _ bytes: Span<UInt8>, _ range: Range<Int>, decimalMark: UInt8
    ) -> Double? {
        var position = range.lowerBound
        let end = range.upperBound
        guard position < end, end - position <= 24 else { return nil }
        let isNegative = bytes[position] == UInt8(ascii: "-")
        if isNegative { position += 1 }
        var digits: UInt64 = 0
        var count = 0
        var decimals = 0
        var isFraction = false
        while position < end {
            let byte = bytes[position]
            if byte &- UInt8(ascii: "0") < 10 {
                digits = digits &* 10 &+ UInt64(byte &- UInt8(ascii: "0"))
                count += 1
                if isFraction { decimals += 1 }
            } else if byte == decimalMark, !isFraction {
                isFraction = true
            } else {
                return nil
            }
            position += 1
        }
        guard count > 0, count <= 15 else { return nil }
        var value = Double(digits)
        if decimals > 0 { value /= powers[decimals] }
        return isNegative ? -value : value
    }

    @usableFromInline
    package static let powers: [Double] = (0...22).map { exponent in
        (0..<exponent).reduce(1.0) { power, _ in power * 10 }
    }
}
