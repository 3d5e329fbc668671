private import CDeflate

extension RasterImage {
    /// The image as a PNG file.
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
            + Self.chunk("IDAT", Self.deflated(raw)) + Self.chunk("IEND", [])
    }

    private static func chunk(_ name: String, _ body: [UInt8]) -> [UInt8] {
        let named = Array(name.utf8) + body
        let checksum = unsafe libdeflate_crc32(0, named, named.count)
        return word(body.count) + named + word(Int(checksum))
    }

    private static func word(_ value: Int) -> [UInt8] {
        stride(from: 24, through: 0, by: -8).map { UInt8(value >> $0 & 255) }
    }

    private static func deflated(_ raw: [UInt8]) -> [UInt8] {
        guard let compressor = unsafe libdeflate_alloc_compressor(6) else {
            preconditionFailure("no memory for a compressor")
        }
        defer { unsafe libdeflate_free_compressor(compressor) }
        let bound = unsafe libdeflate_zlib_compress_bound(compressor, raw.count)
        return unsafe [UInt8](unsafeUninitializedCapacity: bound) { buffer, initialized in
            initialized = unsafe libdeflate_zlib_compress(
                compressor, raw, raw.count, buffer.baseAddress, bound)
        }
    }
}
