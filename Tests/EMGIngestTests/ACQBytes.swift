import Foundation

/// An AcqKnowledge file put together by the layout of its revision, as `bioread` documents it.
struct ACQBytes {
    struct Channel {
        var name: String
        var unit = "mV"
        var divider = 1
        /// Integers of 16 bits, otherwise real numbers.
        var isInteger = true
        var count: Int
    }

    struct Marker {
        var tick: Int
        var text: String
        var channel = -1
        var style = "flag"
    }

    var revision = 132
    var isBigEndian = false
    var sampleTime = 0.5
    var isCompressed = false
    var channels = [
        Channel(name: "EMG biceps", count: 1_200),
        Channel(name: "EMG triceps", isInteger: false, count: 1_200),
        Channel(name: "Force", unit: "N", divider: 3, count: 400),
    ]
    var markers = [
        Marker(tick: 0, text: "Segment 1", style: "apnd"), Marker(tick: 300, text: "rest"),
        Marker(tick: 500, text: "spike", channel: 1), Marker(tick: 700, text: "fist"),
        Marker(tick: 900, text: "Segment 2", style: "apnd"),
    ]
    /// Bytes between what belongs to other programs and the types.
    var shift = 0

    var isNew: Bool { revision >= 61 }

    static func number(_ row: Int, _ channel: Int) -> Int {
        (row * 7_919 + channel * 104_729) % 60_001 - 30_000
    }

    func scale(_ channel: Int) -> Double { 0.001 * Double(channel + 1) }
    func offset(_ channel: Int) -> Double { 0.5 * Double(channel) }

    /// The sample that a number stands for.
    func sample(_ row: Int, _ channel: Int) -> Float {
        let number = Double(Self.number(row, channel))
        return channels[channel].isInteger
            ? Float(number * scale(channel) + offset(channel)) : Float(number / 8)
    }

    func integer(_ value: Int, _ count: Int) -> [UInt8] {
        let bytes = littleEndian([value], bytes: count)
        return isBigEndian ? bytes.reversed() : bytes
    }

    func real(_ value: Double) -> [UInt8] {
        integer(Int(bitPattern: UInt(value.bitPattern)), 8)
    }

    private func text(_ text: String, _ count: Int) -> [UInt8] {
        Array(text.utf8) + Array(repeating: 0, count: count - text.utf8.count)
    }

    private static func put(_ field: [UInt8], _ place: Int, in bytes: inout [UInt8]) {
        bytes.replaceSubrange(place..<place + field.count, with: field)
    }

    private var graph: [UInt8] {
        var bytes = [UInt8](repeating: 0, count: isNew ? 2_400 : 2_000)
        Self.put(integer(revision, 4), 2, in: &bytes)
        Self.put(integer(bytes.count, 4), 6, in: &bytes)
        Self.put(integer(channels.count, 2), 10, in: &bytes)
        Self.put(real(sampleTime), 16, in: &bytes)
        if isNew {
            Self.put(integer(isCompressed ? 1 : 0, 4), 972, in: &bytes)
            if revision >= 124 { Self.put(integer(1, 2), 2_398, in: &bytes) }
        } else {
            Self.put(integer(isCompressed ? 1 : 0, 4), 1_936, in: &bytes)
        }
        if revision >= 124 { bytes += integer(40, 4) + Array(repeating: 1, count: 36) }
        return bytes
    }

    private func header(_ index: Int) -> [UInt8] {
        let channel = channels[index]
        var bytes = [UInt8](repeating: 0, count: 254)
        Self.put(integer(254, 4), 0, in: &bytes)
        Self.put(integer(index + 1, 2), 4, in: &bytes)
        Self.put(text(channel.name, 40), 6, in: &bytes)
        Self.put(text(channel.unit, 20), 68, in: &bytes)
        Self.put(integer(channel.count, 4), 88, in: &bytes)
        Self.put(real(scale(index)), 92, in: &bytes)
        Self.put(real(offset(index)), 100, in: &bytes)
        Self.put(integer(channel.divider, 2), isNew ? 152 : 250, in: &bytes)
        return bytes
    }

    private func stored(_ row: Int, _ channel: Int, isCompressed: Bool = false) -> [UInt8] {
        let number = Self.number(row, channel)
        let bytes =
            channels[channel].isInteger ? integer(number, 2) : real(Double(number) / 8)
        // Compressed samples are little-endian in every file.
        return isCompressed && isBigEndian ? bytes.reversed() : bytes
    }

    private var interleaved: [UInt8] {
        var bytes: [UInt8] = []
        var rows = channels.map { _ in 0 }
        for tick in 0..<(channels.map { $0.count * $0.divider }.max() ?? 0) {
            for (index, channel) in channels.enumerated()
            where tick.isMultiple(of: channel.divider) && rows[index] < channel.count {
                bytes += stored(rows[index], index)
                rows[index] += 1
            }
        }
        return bytes
    }

    private var markerBytes: [UInt8] {
        var bytes: [UInt8]
        if isNew {
            let extra = (revision >= 121 ? 8 : 0) + (revision >= 128 ? 8 : 0)
            bytes = integer(0, 4) + integer(markers.count + 1, 4) + integer(markers.count, 4)
            bytes += [UInt8](repeating: 0, count: 13 + extra)
        } else {
            bytes = integer(0, 4) + integer(markers.count, 4)
        }
        for marker in markers {
            let words = Array(marker.text.utf8) + [0]
            bytes += integer(marker.tick, 4)
            if isNew {
                bytes += integer(0, 4) + integer(marker.channel, 2) + text(marker.style, 4)
                bytes += [UInt8](
                    repeating: 0, count: revision >= 128 ? 16 : revision >= 121 ? 8 : 0)
                bytes += integer(words.count, 2)
            } else {
                bytes += [UInt8](repeating: 0, count: revision >= 36 ? 6 : 4)
                bytes += integer(words.count - (revision >= 36 ? 1 : 0), 2)
            }
            bytes += words
        }
        return bytes
    }

    private var journal: [UInt8] {
        guard !isNew else { return integer(24, 4) + Array(repeating: 6, count: 20) }
        var bytes: [UInt8] = []
        if revision >= 41 { bytes += [UInt8](repeating: 0, count: 84 + 28 * markers.count) }
        return bytes + [0x44, 0x33, 0x22, 0x11] + integer(1, 2) + integer(5, 4)
            + Array("notes".utf8)
    }

    private var compressed: [UInt8] {
        var bytes: [UInt8]
        if isNew {
            bytes = [UInt8](repeating: 0, count: 24) + integer(3, 4) + integer(2, 4)
            bytes += [UInt8](repeating: 0, count: 20 + (revision >= 108 ? 6 : 0))
            bytes += Array("abcde".utf8)
        } else {
            bytes = [UInt8](repeating: 0, count: 34) + integer(4, 4) + Array("text".utf8)
        }
        for (index, channel) in channels.enumerated() {
            let raw = (0..<channel.count).flatMap { stored($0, index, isCompressed: true) }
            let packed = zlibStored(raw)
            bytes += [UInt8](repeating: 0, count: 44) + integer(3, 4) + integer(2, 4)
            bytes += integer(raw.count, 4) + integer(packed.count, 4)
            bytes += Array("lab".utf8) + Array("mV".utf8) + packed
        }
        return bytes
    }

    /// Where samples begin.
    var dataStart: Int {
        graph.count + 254 * channels.count + 10 + shift + 4 * channels.count
    }

    var bytes: [UInt8] {
        var bytes = graph
        for index in channels.indices { bytes += header(index) }
        bytes += integer(10, isNew ? 4 : 2) + Array(repeating: 7, count: isNew ? 6 : 8)
        bytes += Array(repeating: 0x11, count: shift)
        for channel in channels {
            bytes += integer(channel.isInteger ? 2 : 8, 2) + integer(channel.isInteger ? 2 : 1, 2)
        }
        if !isCompressed { bytes += interleaved }
        return bytes + markerBytes + journal + (isCompressed ? compressed : [])
    }
}

/// A zlib stream of blocks that are stored as they are (RFC 1950, 1951).
func zlibStored(_ bytes: [UInt8]) -> [UInt8] {
    var stream: [UInt8] = [0x78, 0x01]
    for start in stride(from: 0, to: max(1, bytes.count), by: 65_535) {
        let block = bytes[start..<min(bytes.count, start + 65_535)]
        stream.append(block.endIndex == bytes.count ? 1 : 0)
        stream += littleEndian([block.count, ~block.count], bytes: 2) + block
    }
    var (low, high) = (1, 0)
    for byte in bytes {
        low = (low + Int(byte)) % 65_521
        high = (high + low) % 65_521
    }
    return stream + littleEndian([high << 16 | low], bytes: 4).reversed()
}
