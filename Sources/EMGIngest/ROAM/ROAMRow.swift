/// One row of a ROAM table.
struct ROAMRow: Sendable {
    /// The samples by channel.
    var samples: [Float]
    /// The class.
    var label: UInt8 = 0
    /// The time in seconds.
    var time = 0.0
}

/// Reads the rows that nearly every file consists of, plain numbers between commas, without
/// splitting them into fields first. Whatever else stands there it leaves to ``ROAMCells``, which
/// knows the whole grammar and all the faults; where both give a row, it is the same row.
struct ROAMPlainRow: Sendable {
    private let codes: [Int]
    private let powersOfTen: [Double]

    private static let skipped = -1
    private static let label = -2
    private static let time = -3

    /// Creates a reader of rows; `nil` when the table has a column it does not know.
    init?(_ columns: ROAMColumns) {
        var codes: [Int] = []
        for role in columns.roles {
            switch role {
            case .ignored: codes.append(Self.skipped)
            case .label: codes.append(Self.label)
            case .time: codes.append(Self.time)
            case .clock: return nil
            case .channel(let index): codes.append(index)
            }
        }
        self.codes = codes
        var power = 1.0
        var powers: [Double] = []
        for _ in 0...22 {
            powers.append(power)
            power *= 10
        }
        powersOfTen = powers
    }

    /// Reads one row.
    ///
    /// - Parameters:
    ///   - bytes: What has been read so far, with a zero byte behind it: a zero is no part of any
    ///     number, so that no loop needs to ask for the end.
    ///   - start: The row's first byte.
    ///   - samples: The row's samples by channel; like the other two of no meaning when `nil` is
    ///     returned.
    ///   - label: The row's class.
    ///   - time: The row's time.
    /// - Returns: Where the next row starts; `nil` when the row is not plain or not complete.
    func read(
        _ bytes: Span<UInt8>, from start: Int, into samples: inout [Float],
        _ label: inout UInt8, _ time: inout Double
    ) -> Int? {
        let codes = codes.span
        var samples = samples.mutableSpan
        var position = start
        for field in 0..<codes.count {
            let code = codes[field]
            if code >= 0 {
                guard let value = sample(bytes, at: &position) else { return nil }
                samples[code] = value
            } else if code == Self.skipped {
                skip(bytes, at: &position)
            } else if code == Self.label {
                let digit = bytes[position] &- UInt8(ascii: "0")
                guard digit <= 2 else { return nil }
                label = digit
                position += 1
            } else {
                guard let value = decimal(bytes, at: &position) else { return nil }
                time = value
            }
            let isLast = field + 1 == codes.count
            guard bytes[position] == (isLast ? UInt8(ascii: "\n") : UInt8(ascii: ",")) else {
                guard isLast, bytes[position] == UInt8(ascii: "\r"),
                    bytes[position + 1] == UInt8(ascii: "\n")
                else { return nil }
                return position + 2
            }
            position += 1
        }
        return position
    }

    /// Passes over text without quotes and control characters.
    @inline(__always)
    private func skip(_ bytes: Span<UInt8>, at position: inout Int) {
        var byte = bytes[position]
        while byte != UInt8(ascii: ","), byte >= 0x20, byte != UInt8(ascii: "\"") {
            position += 1
            byte = bytes[position]
        }
    }

    /// A whole number of up to seven digits, which single precision holds exactly; other decimal
    /// numbers by way of ``decimal(_:at:)``.
    @inline(__always)
    private func sample(_ bytes: Span<UInt8>, at position: inout Int) -> Float? {
        let start = position
        let isNegative = bytes[position] == UInt8(ascii: "-")
        if isNegative { position += 1 }
        let first = position
        var value: Int32 = 0
        var digit = bytes[position] &- UInt8(ascii: "0")
        while digit < 10, position - first < 8 {
            value = value &* 10 &+ Int32(digit)
            position += 1
            digit = bytes[position] &- UInt8(ascii: "0")
        }
        let count = position - first
        let byte = bytes[position]
        if count >= 1, count <= 7, byte == UInt8(ascii: ",") || byte < 0x20 {
            return Float(isNegative ? -value : value)
        }
        position = start
        guard byte == UInt8(ascii: "."), let value = decimal(bytes, at: &position) else {
            return nil
        }
        return Float(value)
    }

    /// A number `[-]digits[.digits]`, correctly rounded: exact as long as the digits make a
    /// number below 2⁵³ and the power of ten is one that `Double` holds (Clinger 1990).
    private func decimal(_ bytes: Span<UInt8>, at position: inout Int) -> Double? {
        let start = position
        let isNegative = bytes[position] == UInt8(ascii: "-")
        if isNegative { position += 1 }
        let first = position
        var digits: UInt64 = 0
        var scale = 0
        var byte = bytes[position]
        while byte &- UInt8(ascii: "0") < 10, position - first < 19 {
            digits = digits &* 10 &+ UInt64(byte &- UInt8(ascii: "0"))
            position += 1
            byte = bytes[position]
        }
        guard position > first else { return nil }
        if byte == UInt8(ascii: ".") {
            position += 1
            byte = bytes[position]
            let point = position
            while byte &- UInt8(ascii: "0") < 10, position - first < 20 {
                digits = digits &* 10 &+ UInt64(byte &- UInt8(ascii: "0"))
                position += 1
                byte = bytes[position]
            }
            scale = position - point
        }
        guard byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
        else { return nil }
        if digits < 1 << 53 {
            let value = Double(digits) / powersOfTen[scale]
            return isNegative ? -value : value
        }
        return longDecimal(bytes, start..<position)
    }

    /// A number with more digits than fit the short way.
    @inline(never)
    private func longDecimal(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Double? {
        let text = [UInt8](capacity: range.count) { output in
            for position in range { output.append(bytes[position]) }
        }
        guard case .decimal(let value) = CellNumber(text) else { return nil }
        return value
    }
}
