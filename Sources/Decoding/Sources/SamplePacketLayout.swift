private import Documents
private import EMGSignal

/// Samples in ``SamplePacket``s.
///
/// A packet that is damaged costs its own samples: what follows is found by the mark, and the
/// numbers say how many are missing.
struct SamplePacketLayout: PacketLayout {
    let greeting: [UInt8] = []
    let farewell: [UInt8] = []
    private(set) var stream: StreamDescription?
    private let name: String
    private var scale = 1.0
    private var offset = 0.0
    private var next: Int?

    /// - Parameter name: The source, for messages.
    init(name: String) {
        self.name = name
    }

    mutating func reset() {
        stream = nil
        next = nil
        (scale, offset) = (1, 0)
    }

    mutating func take(
        from buffer: inout ReceiveBuffer, isEnd: Bool, into block: inout SampleBlock
    ) throws(DecodingError) -> LayoutStep {
        guard skipToMark(in: &buffer, isEnd: isEnd) == 0 else {
            return .fault(.malformed(missing: 0))
        }
        guard buffer.count >= SamplePacket.headBytes else { return rest(of: &buffer, isEnd) }
        guard let head = Head(buffer) else { return damaged(&buffer) }
        guard buffer.count >= head.bytes else { return rest(of: &buffer, isEnd) }
        guard head.isWhole(in: buffer) else { return damaged(&buffer) }
        switch head.kind {
        case .end: return .ended
        case .description:
            let isFirst = stream == nil
            do throws(DecodingError) {
                try describe(head, buffer)
            } catch {
                if isFirst { throw error }
                return damaged(&buffer)
            }
            buffer.drop(head.bytes)
            return .described
        case .float32, .int16:
            guard let stream else {
                // Nobody said what the stream is: it has that many channels.
                self.stream = StreamDescription(channelCount: head.channels)
                return .described
            }
            guard stream.channelCount == head.channels else { return damaged(&buffer) }
            if let next, head.first > next {
                self.next = head.first
                return .fault(.gap(missing: head.first - next))
            }
            if let next, head.first < next {
                // The sender began anew.
                self.next = head.first
                return .fault(.malformed(missing: 0))
            }
            fill(&block, head, buffer)
            next = head.first + head.count
            buffer.drop(head.bytes)
            return .samples
        }
    }

    /// Drops what is in front of a mark.
    ///
    /// - Returns: How many bytes that were.
    private func skipToMark(in buffer: inout ReceiveBuffer, isEnd: Bool) -> Int {
        var skipped = 0
        while skipped < buffer.count {
            let length = min(SamplePacket.mark.count, buffer.count - skipped)
            var isMark = true
            for index in 0..<length where buffer[skipped + index] != SamplePacket.mark[index] {
                isMark = false
            }
            if isMark { break }
            skipped += 1
        }
        if skipped > 0 { buffer.drop(skipped) }
        return skipped
    }

    private func rest(of buffer: inout ReceiveBuffer, _ isEnd: Bool) -> LayoutStep {
        guard isEnd, buffer.count > 0 else { return .needsMoreBytes }
        buffer.removeAll()
        return .fault(.malformed(missing: 0))
    }

    /// Looks for the next mark behind one that no packet follows.
    private func damaged(_ buffer: inout ReceiveBuffer) -> LayoutStep {
        buffer.drop(1)
        _ = skipToMark(in: &buffer, isEnd: false)
        return .fault(.malformed(missing: 0))
    }

    private mutating func describe(
        _ head: Head, _ buffer: ReceiveBuffer
    ) throws(DecodingError) {
        let first = buffer.range.lowerBound + SamplePacket.headBytes
        let text = Array(buffer.storage[first..<first + head.count])
        let read: SampleDescription
        do throws(DocumentError) {
            read = try SampleDescription(Document(json: text, name: name).cursor)
        } catch {
            throw DecodingError(
                .malformed(
                    expected: "a description of the stream", found: error.description), at: name,
                hint: "docs/decoding/streams.md says what stands in it")
        }
        guard read.channels.isEmpty || read.channels.count == head.channels else {
            throw DecodingError(
                .malformed(
                    expected: "\(head.channels) channels in the description",
                    found: "\(read.channels.count)"), at: name)
        }
        (scale, offset) = (read.scale, read.offset)
        let isNamed = !read.channels.isEmpty
        let units = read.channels.compactMap(\.unit)
        stream = StreamDescription(
            channelCount: head.channels, names: isNamed ? read.channels.map(\.name) : nil,
            units: isNamed && units.count == read.channels.count ? units : nil,
            samplingRate: read.samplingRate)
        next = nil
    }

    private func fill(_ block: inout SampleBlock, _ head: Head, _ buffer: ReceiveBuffer) {
        block.begin(channelCount: head.channels)
        block.packetCount = 1
        var place = SamplePacket.headBytes
        for _ in 0..<head.count * head.channels {
            if head.kind == .float32 {
                block.append(Float(bitPattern: buffer.littleEndian(place, as: UInt32.self)))
                place += 4
            } else {
                let number = Double(buffer.littleEndian(place, as: Int16.self))
                block.append(Float(number * scale + offset))
                place += 2
            }
        }
    }
}

/// What stands in front of a packet's contents, checked against what a packet may be.
private struct Head {
    let kind: SamplePacket.Kind
    let channels: Int
    let count: Int
    let first: Int
    /// Bytes of the whole packet.
    let bytes: Int

    init?(_ buffer: ReceiveBuffer) {
        guard buffer[4] == SamplePacket.version, let kind = SamplePacket.Kind(rawValue: buffer[5])
        else { return nil }
        self.kind = kind
        channels = Int(buffer.littleEndian(6, as: UInt16.self))
        count = Int(buffer.littleEndian(8, as: UInt32.self))
        let first = buffer.littleEndian(12, as: UInt64.self)
        guard (1...SampleBlock.mostChannels).contains(channels), first < 1 << 62 else { return nil }
        self.first = Int(first)
        let contents: Int
        switch kind {
        case .end:
            guard count == 0 else { return nil }
            contents = 0
        case .description:
            guard count <= SamplePacket.longestText else { return nil }
            contents = count
        case .float32, .int16:
            guard count > 0, count * channels <= SamplePacket.mostValues else { return nil }
            contents = count * channels * (kind == .float32 ? 4 : 2)
        }
        bytes = SamplePacket.headBytes + contents
    }

    /// Whether the checksum is right.
    func isWhole(in buffer: ReceiveBuffer) -> Bool {
        let start = buffer.range.lowerBound
        var sum = CRC32()
        let bytes = buffer.storage.span
        sum.add(bytes.extracting(start..<start + 20))
        sum.add(bytes.extracting(start + SamplePacket.headBytes..<start + self.bytes))
        return sum.value == buffer.littleEndian(20, as: UInt32.self)
    }
}
