private import CDeflate

extension RasterImage {
    /// The image as a PNG file, its pixels as they are: the same bytes whatever compresses elsewhere.
    package var png: [UInt8] {
        let width = columns * channels
        var raw: [UInt8] = []
        raw.reserveCapacity(rows * (width + 1))
        for row in 0..<rows {
            raw.append(0)
            raw += pixels[row * width..<(row + 1) * width]
        }
        let header = Self.word(columns) + Self.word(rows) + [8, channels == 1 ? 0 : 2, 0, 0, 0]
        return PNGReader.signature + Self.chunk("IHDR", header)
            + Self.chunk("IDAT", Self.stored(raw)) + Self.chunk("IEND", [])
    }

    private static func chunk(_ name: String, _ body: [UInt8]) -> [UInt8] {
        let named = Array(name.utf8) + body
        let checksum = unsafe libdeflate_crc32(0, named, named.count)
        return word(body.count) + named + word(Int(checksum))
    }

    private static func word(_ value: Int) -> [UInt8] {
        stride(from: 24, through: 0, by: -8).map { UInt8(value >> $0 & 255) }
    }

    /// A stream of zlib (RFC 1950) whose blocks are stored as they are (RFC 1951).
    private static func stored(_ raw: [UInt8]) -> [UInt8] {
        let most = 65_535
        var stream: [UInt8] = [0x78, 0x01]
        for start in stride(from: 0, to: raw.count, by: most) {
            let end = min(raw.count, start + most)
            let count = end - start
            stream.append(end == raw.count ? 1 : 0)
            stream += [UInt8(count & 255), UInt8(count >> 8)]
            stream += [UInt8(~count & 255), UInt8(~count >> 8 & 255)]
            stream += raw[start..<end]
        }
        return stream + word(Int(unsafe libdeflate_adler32(1, raw, raw.count)))
    }
}
