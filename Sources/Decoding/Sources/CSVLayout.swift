private import CSV

/// Samples as comma-separated values: a line with the names of the channels, then a line a sample.
///
/// An empty cell, `nan` and `inf` are values that are not there. A line that is no sample costs that
/// sample.
struct CSVLayout: PacketLayout {
    /// The longest line, in bytes.
    private static let longestLine = 1 << 17

    let greeting: [UInt8] = []
    let farewell: [UInt8] = []
    private(set) var stream: StreamDescription?
    private let name: String
    private var fields: [CSVTokenizer.Field] = []
    private var row: [Float] = []
    private var line = 1

    /// - Parameter name: The source, for messages.
    init(name: String) {
        self.name = name
    }

    mutating func reset() {
        stream = nil
        line = 1
    }

    mutating func take(
        from buffer: inout ReceiveBuffer, isEnd: Bool, into block: inout SampleBlock
    ) throws(DecodingError) -> LayoutStep {
        guard let stream else {
            guard let end = try record(in: buffer, isEnd) else { return try rest(&buffer, isEnd) }
            self.stream = try head(in: buffer)
            row = Array(repeating: 0, count: fields.count)
            buffer.drop(end)
            return .described
        }
        var count = 0
        while true {
            let end: Int?
            do throws(DecodingError) {
                end = try record(in: buffer, isEnd)
            } catch {
                if count > 0 { return .samples }
                dropLine(of: &buffer)
                return .fault(.malformed(missing: 1))
            }
            guard let end else { break }
            if isBlank(buffer) {
                buffer.drop(end)
                continue
            }
            guard readRow(in: buffer, count: stream.channelCount) else {
                if count > 0 { return .samples }
                buffer.drop(end)
                return .fault(.malformed(missing: 1))
            }
            if count == 0 {
                block.begin(channelCount: stream.channelCount)
            } else if block.room == 0 {
                return .samples
            }
            block.append(row.span)
            block.packetCount += 1
            count += 1
            buffer.drop(end)
        }
        if count > 0 { return .samples }
        return try rest(&buffer, isEnd)
    }

    /// Finds the fields of the next line.
    ///
    /// - Returns: How many bytes it takes; `nil` when it is not whole.
    private mutating func record(
        in buffer: ReceiveBuffer, _ isEnd: Bool
    ) throws(DecodingError) -> Int? {
        let range = buffer.range
        guard !range.isEmpty else { return nil }
        do throws(CSVTokenizer.Fault) {
            let step = try CSVTokenizer.split(
                buffer.storage.span, from: range.lowerBound, to: range.upperBound, isFinal: isEnd,
                fields: &fields)
            guard case .record(let end, let lines, _) = step else { return nil }
            line += lines
            return end - range.lowerBound
        } catch {
            throw DecodingError(
                .malformed(expected: error.expected, found: error.found), at: "\(name):\(line)")
        }
    }

    private mutating func rest(
        _ buffer: inout ReceiveBuffer, _ isEnd: Bool
    ) throws(DecodingError) -> LayoutStep {
        guard buffer.count > Self.longestLine else { return .needsMoreBytes }
        guard stream != nil else {
            throw DecodingError(
                .malformed(
                    expected: "a first line with the names of the channels",
                    found: "more than \(Self.longestLine) bytes without an end of line"),
                at: "\(name):1")
        }
        dropLine(of: &buffer)
        return .fault(.malformed(missing: 1))
    }

    /// Drops what lies in front of the next line, or everything.
    private func dropLine(of buffer: inout ReceiveBuffer) {
        var length = 0
        while length < buffer.count, buffer[length] != UInt8(ascii: "\n") { length += 1 }
        buffer.drop(min(length + 1, buffer.count))
    }

    private func isBlank(_ buffer: ReceiveBuffer) -> Bool {
        fields.count == 1 && fields[0].range.isEmpty
    }

    private func head(in buffer: ReceiveBuffer) throws(DecodingError) -> StreamDescription {
        guard fields.count <= SampleBlock.mostChannels else {
            throw DecodingError(
                .malformed(
                    expected: "at most \(SampleBlock.mostChannels) channels",
                    found: "\(fields.count)"), at: "\(name):1")
        }
        let cells = fields.map { Array(buffer.storage[$0.range]) }
        let names = cells.map { cell in
            var text = cell[...]
            // What some programs write in front of UTF-8.
            if text.starts(with: [0xEF, 0xBB, 0xBF]) { text = text.dropFirst(3) }
            while text.first == UInt8(ascii: " ") { text.removeFirst() }
            while text.last == UInt8(ascii: " ") { text.removeLast() }
            return String(decoding: text, as: UTF8.self)
        }
        let areNumbers = cells.allSatisfy { cell in
            switch CellNumber(cell) {
            case .integer, .decimal, .tooLarge: true
            case .missing, .invalid: false
            }
        }
        guard !areNumbers, names.allSatisfy({ !$0.isEmpty }) else {
            throw DecodingError(
                .malformed(
                    expected: "a first line with the names of the channels",
                    found: names.prefix(8).joined(separator: ",")), at: "\(name):1",
                hint: "write the channels' names into the first line, separated by commas")
        }
        return StreamDescription(channelCount: names.count, names: names)
    }

    private mutating func readRow(in buffer: ReceiveBuffer, count: Int) -> Bool {
        guard fields.count == count else { return false }
        let bytes = buffer.storage.span
        for index in 0..<count {
            let range = fields[index].range
            if let plain = PlainNumber.read(bytes, range, decimalMark: UInt8(ascii: ".")) {
                row[index] = Float(plain)
                continue
            }
            switch CellNumber(buffer.storage[range]) {
            case .integer(let whole): row[index] = Float(whole)
            case .decimal(let number): row[index] = Float(number)
            case .missing: row[index] = .nan
            case .tooLarge, .invalid: return false
            }
        }
        return true
    }
}
