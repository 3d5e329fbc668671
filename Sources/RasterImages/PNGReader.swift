private import CDeflate

/// Reads PNG images (ISO/IEC 15948): every color type and depth, interlaced or not.
///
/// Sizes are held against what the compressed bytes can give before memory is taken, and every
/// chunk against its checksum.
struct PNGReader {
    static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

    /// What the header says.
    struct Header {
        var rows = 0
        var columns = 0
        var depth = 0
        var colorType = 0
        var isInterlaced = false

        /// Numbers of a pixel as they are stored.
        var samples: Int { [0: 1, 2: 3, 3: 1, 4: 2, 6: 4][colorType] ?? 1 }
        var bitsPerPixel: Int { samples * depth }

        /// Bytes of a row of some pixels, without the byte of its filter.
        func rowBytes(_ columns: Int) -> Int { (columns * bitsPerPixel + 7) / 8 }
    }

    private let bytes: [UInt8]
    private var header = Header()
    private var palette: [[UInt8]] = []
    /// Of a palette the opacity of each entry; else the color that is transparent.
    private var transparency: [UInt8] = []

    /// A stream of deflate gives at most so many bytes for each of its own.
    private static let largestExpansion = 1_032

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func image() throws(RasterError) -> RasterImage {
        let packed = try readChunks()
        let passes = PNGPass.all(of: header)
        let total = passes.reduce(0) { $0 + $1.rows * (1 + header.rowBytes($1.columns)) }
        guard total <= Self.largestExpansion * packed.count + 64 else {
            throw RasterError(
                expected: "pixels of \(header.columns) × \(header.rows)",
                found: "\(packed.count) bytes, which cannot hold them", byte: 8)
        }
        var raw = try Self.inflate(packed, count: total, at: 8)
        var samples = [UInt8](
            repeating: 0, count: header.rows * header.columns * 4)
        var start = 0
        for pass in passes where pass.rows > 0 && pass.columns > 0 {
            let width = header.rowBytes(pass.columns)
            try PNGFilter.undo(
                in: &raw, from: start, rows: pass.rows, width: width,
                pixelBytes: max(1, header.bitsPerPixel / 8))
            for row in 0..<pass.rows {
                let line = start + row * (width + 1) + 1
                for column in 0..<pass.columns {
                    let place =
                        ((pass.firstRow + row * pass.rowStep) * header.columns + pass.firstColumn
                            + column * pass.columnStep) * 4
                    let pixel = try pixel(raw, line, column)
                    for channel in 0..<4 { samples[place + channel] = pixel[channel] }
                }
            }
            start += pass.rows * (width + 1)
        }
        return onWhite(samples)
    }

    /// Red, green, blue and opacity as an image without opacity; gray when the file is.
    private func onWhite(_ samples: [UInt8]) -> RasterImage {
        let isGray =
            header.colorType == 0 || header.colorType == 4
            || header.colorType == 3 && palette.allSatisfy { $0[0] == $0[1] && $0[1] == $0[2] }
        let channels = isGray ? 1 : 3
        var pixels = [UInt8](repeating: 0, count: header.rows * header.columns * channels)
        for place in 0..<header.rows * header.columns {
            let opacity = Int(samples[4 * place + 3])
            for channel in 0..<channels {
                let value = Int(samples[4 * place + channel])
                pixels[place * channels + channel] = UInt8(
                    (value * opacity + 255 * (255 - opacity) + 127) / 255)
            }
        }
        return RasterImage(
            rows: header.rows, columns: header.columns, channels: channels, pixels: pixels)
    }

    // MARK: Pixels

    /// Red, green, blue and opacity of a pixel of a line.
    private func pixel(
        _ raw: [UInt8], _ line: Int, _ column: Int
    ) throws(RasterError) -> (InlineArray<4, UInt8>) {
        func sample(_ index: Int) -> Int {
            let place = column * header.samples + index
            switch header.depth {
            case 8: return Int(raw[line + place])
            case 16: return Int(raw[line + 2 * place]) << 8 | Int(raw[line + 2 * place + 1])
            default:
                let perByte = 8 / header.depth
                let shift = 8 - header.depth * (place % perByte + 1)
                return Int(raw[line + place / perByte]) >> shift & (1 << header.depth - 1)
            }
        }
        let largest = 1 << header.depth - 1
        func byte(_ value: Int) -> UInt8 {
            header.depth == 8 ? UInt8(value) : UInt8((value * 255 + largest / 2) / largest)
        }
        switch header.colorType {
        case 3:
            let index = sample(0)
            guard index < palette.count else {
                throw RasterError(
                    expected: "a color of the palette's \(palette.count)", found: "color \(index)",
                    byte: 8)
            }
            let color = palette[index]
            return [
                color[0], color[1], color[2],
                index < transparency.count ? transparency[index] : 255,
            ]
        case 0, 4:
            let gray = sample(0)
            let opacity: UInt8 =
                header.colorType == 4
                ? byte(sample(1)) : isTransparent([gray]) ? 0 : 255
            let value = byte(gray)
            return [value, value, value, opacity]
        default:
            let (red, green, blue) = (sample(0), sample(1), sample(2))
            let opacity: UInt8 =
                header.colorType == 6
                ? byte(sample(3)) : isTransparent([red, green, blue]) ? 0 : 255
            return [byte(red), byte(green), byte(blue), opacity]
        }
    }

    private func isTransparent(_ color: [Int]) -> Bool {
        guard transparency.count == 2 * color.count else { return false }
        return color.indices.allSatisfy {
            color[$0] == Int(transparency[2 * $0]) << 8 | Int(transparency[2 * $0 + 1])
        }
    }

    // MARK: Chunks

    /// Reads the chunks up to the end, and gives the compressed pixels.
    private mutating func readChunks() throws(RasterError) -> [UInt8] {
        var (place, packed) = (8, [UInt8]())
        var isFirst = true
        while true {
            guard place + 12 <= bytes.count else {
                throw RasterError(
                    expected: "a chunk of a PNG image", found: "the end of the file", byte: place)
            }
            let length = word(at: place)
            let name = String(decoding: bytes[place + 4..<place + 8], as: UTF8.self)
            guard length <= bytes.count - place - 12 else {
                throw RasterError(
                    expected: "a chunk within the file",
                    found: "\(name) of \(length) bytes, \(bytes.count - place - 12) are left",
                    byte: place)
            }
            let body = place + 8..<place + 8 + length
            guard checksum(place + 4..<body.upperBound) == UInt32(word(at: body.upperBound)) else {
                throw RasterError(
                    expected: "the chunk's own checksum", found: "another one", byte: place)
            }
            guard isFirst == (name == "IHDR") else {
                throw RasterError(
                    expected: isFirst ? "the header IHDR" : "one header alone", found: name,
                    byte: place)
            }
            isFirst = false
            switch name {
            case "IHDR": try readHeader(body)
            case "PLTE":
                guard length % 3 == 0, (3...768).contains(length) else {
                    throw RasterError(
                        expected: "1 to 256 colors", found: "\(length) bytes", byte: place)
                }
                palette = stride(from: body.lowerBound, to: body.upperBound, by: 3).map {
                    Array(bytes[$0..<$0 + 3])
                }
            case "tRNS": transparency = Array(bytes[body])
            case "IDAT": packed += bytes[body]
            case "IEND":
                guard !packed.isEmpty, header.colorType != 3 || !palette.isEmpty else {
                    throw RasterError(
                        expected: packed.isEmpty ? "pixels (IDAT)" : "a palette (PLTE)",
                        found: "the end of the image", byte: place)
                }
                return packed
            default:
                // The case of the first letter says whether an image makes sense without a chunk.
                if bytes[place + 4] & 0x20 == 0 {
                    throw RasterError(
                        expected: "chunks that are known", found: name, byte: place,
                        hint: "save it as a plain PNG")
                }
            }
            place = body.upperBound + 4
        }
    }

    private mutating func readHeader(_ body: Range<Int>) throws(RasterError) {
        guard body.count == 13 else {
            throw RasterError(
                expected: "a header of 13 bytes", found: "\(body.count)", byte: body.lowerBound)
        }
        let place = body.lowerBound
        (header.columns, header.rows) = (word(at: place), word(at: place + 4))
        (header.depth, header.colorType) = (Int(bytes[place + 8]), Int(bytes[place + 9]))
        header.isInterlaced = bytes[place + 12] == 1
        guard (1...1 << 24).contains(header.columns), (1...1 << 24).contains(header.rows),
            header.rows * header.columns <= RasterImage.largestArea
        else {
            throw RasterError(
                expected: "1 to \(RasterImage.largestArea) pixels",
                found: "\(header.columns) × \(header.rows)", byte: place)
        }
        let depths: [Int: [Int]] = [
            0: [1, 2, 4, 8, 16], 2: [8, 16], 3: [1, 2, 4, 8], 4: [8, 16], 6: [8, 16],
        ]
        guard depths[header.colorType]?.contains(header.depth) == true, bytes[place + 10] == 0,
            bytes[place + 11] == 0, bytes[place + 12] <= 1
        else {
            throw RasterError(
                expected: "a color type and depth of PNG",
                found: "type \(header.colorType) of \(header.depth) bits", byte: place + 8)
        }
    }

    private func word(at place: Int) -> Int {
        bytes[place..<place + 4].reduce(0) { $0 << 8 | Int($1) }
    }

    private func checksum(_ range: Range<Int>) -> UInt32 {
        unsafe bytes.withUnsafeBytes { buffer in
            unsafe libdeflate_crc32(
                0, buffer.baseAddress.map { unsafe $0 + range.lowerBound }, range.count)
        }
    }

    /// Unpacks a stream of zlib into exactly as many bytes.
    private static func inflate(
        _ packed: [UInt8], count: Int, at byte: Int
    ) throws(RasterError) -> [UInt8] {
        guard let decompressor = unsafe libdeflate_alloc_decompressor() else {
            throw RasterError(expected: "memory to unpack", found: "none", byte: byte)
        }
        defer { unsafe libdeflate_free_decompressor(decompressor) }
        var result = LIBDEFLATE_BAD_DATA
        let raw = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            result = unsafe libdeflate_zlib_decompress(
                decompressor, packed, packed.count, buffer.baseAddress, count, nil)
            initialized = result == LIBDEFLATE_SUCCESS ? count : 0
        }
        guard result == LIBDEFLATE_SUCCESS else {
            throw RasterError(
                expected: "\(count) bytes of packed pixels",
                found: result == LIBDEFLATE_BAD_DATA ? "a damaged stream" : "another number",
                byte: byte)
        }
        return raw
    }
}
