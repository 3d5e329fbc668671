internal import CSV

/// Reads the rows that nearly every file consists of, plain numbers between commas, without
/// splitting them into fields first. Whatever else stands there it leaves to ``ROAMCells``, which
/// knows the whole grammar and all the faults; where both give a row, it is the same row.
struct ROAMPlainRow: Sendable {
    private let codes: [Int]
    private let powersOfTen: [Double]
    private let channelCount: Int

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
        channelCount = columns.channelNames.count
        var power = 1.0
        var powers: [Double] = []
        for _ in 0...22 {
            powers.append(power)
            power *= 10
        }
        powersOfTen = powers
    }

    /// What a run of plain rows was.
    struct Run {
        /// How many rows were read.
        var count = 0
        /// The first byte behind them.
        var end: Int
        /// How many of them are longer than ``longRow``, and which was the first.
        var longCount = 0
        var firstLong = 0
    }

    /// A row longer than this is noted upon, in bytes.
    static let longRow = 1 << 16

    /// Reads rows for as long as they are plain and complete.
    ///
    /// - Parameters:
    ///   - bytes: What has been read so far, with a zero byte behind it: a zero is no part of any
    ///     number, so that no loop needs to ask for the end.
    ///   - start: The first row's first byte.
    ///   - most: How many rows to read at most; the other three have room for them.
    ///   - samples: Receives the samples row by row, the channels of a row next to each other.
    ///   - labels: Receives the classes.
    ///   - times: Receives the times; 0 without a column of them.
    /// - Returns: How far it came.
    func read(
        _ bytes: [UInt8], from start: Int, atMost most: Int, into samples: inout [Float],
        _ labels: inout [UInt8], _ times: inout [Double]
    ) -> Run {
        unsafe bytes.withUnsafeBufferPointer { bytes in
            unsafe samples.withUnsafeMutableBufferPointer { samples in
                unsafe labels.withUnsafeMutableBufferPointer { labels in
                    unsafe times.withUnsafeMutableBufferPointer { times in
                        var run = Run(end: start)
                        guard let first = bytes.baseAddress, let into = samples.baseAddress
                        else { return run }
                        while run.count < most {
                            var time = 0.0
                            var label: UInt8 = 0
                            guard
                                let next = unsafe row(
                                    first, from: run.end, to: bytes.count,
                                    into: into + run.count * channelCount, &label, &time)
                            else { break }
                            if next - run.end > Self.longRow {
                                if run.longCount == 0 { run.firstLong = run.count }
                                run.longCount += 1
                            }
                            unsafe labels[run.count] = label
                            unsafe times[run.count] = time
                            run.count += 1
                            run.end = next
                        }
                        return run
                    }
                }
            }
        }
    }

    // The rest is the kernel: it reads no byte behind the zero byte at the end, as every loop
    // ends there at the latest.

    /// Reads one row.
    ///
    /// - Returns: Where the next row starts; `nil` when the row is not plain or not complete.
    @inline(__always)
    private func row(
        _ bytes: UnsafePointer<UInt8>, from start: Int, to end: Int,
        into samples: UnsafeMutablePointer<Float>, _ label: inout UInt8, _ time: inout Double
    ) -> Int? {
        let codes = codes.span
        var position = start
        for field in 0..<codes.count {
            let code = codes[field]
            if code >= 0 {
                guard let value = unsafe sample(bytes, at: &position) else { return nil }
                unsafe samples[code] = value
            } else if code == Self.skipped {
                unsafe skip(bytes, at: &position, to: end)
            } else if code == Self.label {
                let digit = unsafe bytes[position] &- UInt8(ascii: "0")
                guard digit <= 2 else { return nil }
                label = digit
                position += 1
            } else {
                guard let value = unsafe decimal(bytes, at: &position) else { return nil }
                time = value
            }
            let isLast = field + 1 == codes.count
            let byte = unsafe bytes[position]
            guard byte == (isLast ? UInt8(ascii: "\n") : UInt8(ascii: ",")) else {
                guard isLast, byte == UInt8(ascii: "\r"),
                    unsafe bytes[position + 1] == UInt8(ascii: "\n")
                else { return nil }
                return position + 2
            }
            position += 1
        }
        return position
    }

    /// Passes over text without quotes and control characters, eight bytes at a time.
    @inline(__always)
    private func skip(_ bytes: UnsafePointer<UInt8>, at position: inout Int, to end: Int) {
        while position + 8 <= end {
            let word = unsafe UnsafeRawPointer(bytes + position).loadUnaligned(as: UInt64.self)
            // A byte of a word is zero when borrowing from it sets its high bit (H. S. Warren,
            // Hacker's Delight, 6–1); bytes above 0x7F end the shortcut, not the field.
            let ones: UInt64 = 0x0101_0101_0101_0101
            let highs: UInt64 = 0x8080_8080_8080_8080
            let comma = word ^ (ones &* UInt64(UInt8(ascii: ",")))
            let quote = word ^ (ones &* UInt64(UInt8(ascii: "\"")))
            let found =
                ((comma &- ones) | (quote &- ones) | (word &- (ones &* 0x20)) | word) & highs
            if found != 0 {
                // The lowest mark is never a false one: borrows run upward.
                position += found.trailingZeroBitCount / 8
                break
            }
            position += 8
        }
        var byte = unsafe bytes[position]
        while byte != UInt8(ascii: ","), byte >= 0x20, byte != UInt8(ascii: "\"") {
            position += 1
            byte = unsafe bytes[position]
        }
    }

    /// A whole number of up to seven digits, which single precision holds exactly; other decimal
    /// numbers by way of ``decimal(_:at:)``.
    @inline(__always)
    private func sample(_ bytes: UnsafePointer<UInt8>, at position: inout Int) -> Float? {
        let start = position
        let isNegative = unsafe bytes[position] == UInt8(ascii: "-")
        if isNegative { position += 1 }
        let first = position
        var value: Int32 = 0
        var digit = unsafe bytes[position] &- UInt8(ascii: "0")
        while digit < 10, position - first < 8 {
            value = value &* 10 &+ Int32(digit)
            position += 1
            digit = unsafe bytes[position] &- UInt8(ascii: "0")
        }
        let count = position - first
        let byte = unsafe bytes[position]
        if count >= 1, count <= 7, byte == UInt8(ascii: ",") || byte < 0x20 {
            return Float(isNegative ? -value : value)
        }
        position = start
        guard byte == UInt8(ascii: "."), let value = unsafe decimal(bytes, at: &position) else {
            return nil
        }
        return Float(value)
    }

    /// A number `[-]digits[.digits]`, correctly rounded: exact as long as the digits make a
    /// number below 2⁵³ and the power of ten is one that `Double` holds (Clinger 1990).
    @inline(__always)
    private func decimal(_ bytes: UnsafePointer<UInt8>, at position: inout Int) -> Double? {
        let start = position
        let isNegative = unsafe bytes[position] == UInt8(ascii: "-")
        if isNegative { position += 1 }
        let first = position
        var digits: UInt64 = 0
        var scale = 0
        var byte = unsafe bytes[position]
        while byte &- UInt8(ascii: "0") < 10, position - first < 19 {
            digits = digits &* 10 &+ UInt64(byte &- UInt8(ascii: "0"))
            position += 1
            byte = unsafe bytes[position]
        }
        guard position > first else { return nil }
        if byte == UInt8(ascii: ".") {
            position += 1
            byte = unsafe bytes[position]
            let point = position
            while byte &- UInt8(ascii: "0") < 10, position - first < 20 {
                digits = digits &* 10 &+ UInt64(byte &- UInt8(ascii: "0"))
                position += 1
                byte = unsafe bytes[position]
            }
            scale = position - point
        }
        guard byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
        else { return nil }
        if digits < 1 << 53 {
            let value = Double(digits) / powersOfTen[scale]
            return isNegative ? -value : value
        }
        return unsafe longDecimal(
            UnsafeBufferPointer(start: bytes + start, count: position - start))
    }

    /// A number with more digits than fit the short way.
    @inline(never)
    private func longDecimal(_ text: UnsafeBufferPointer<UInt8>) -> Double? {
        guard case .decimal(let value) = unsafe CellNumber(Array(text)) else { return nil }
        return value
    }
}
