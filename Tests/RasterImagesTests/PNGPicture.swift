/// A PNG file of any color type, depth, filter and interlacing, written here byte by byte: what the
/// reader is held against.
struct PNGPicture {
    let rows: Int
    let columns: Int
    let colorType: Int
    let depth: Int
    var isInterlaced = false
    var filter = 0
    var palette: [[UInt8]] = []
    var transparency: [UInt8] = []
    /// Stored numbers of each pixel, `[rows × columns × samples]`.
    let values: [Int]

    var samples: Int { [0: 1, 2: 3, 3: 1, 4: 2, 6: 4][colorType] ?? 0 }

    var bytes: [UInt8] {
        let passes =
            isInterlaced
            ? [
                (0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4), (2, 0, 4, 2),
                (0, 1, 2, 2), (1, 0, 2, 1),
            ] : [(0, 0, 1, 1)]
        let raw = passes.flatMap { pass in
            let ownRows = stride(from: pass.0, to: rows, by: pass.2).map { $0 }
            let ownColumns = stride(from: pass.1, to: columns, by: pass.3).map { $0 }
            return ownColumns.isEmpty ? [] : filtered(ownRows.map { line($0, ownColumns) })
        }
        let header =
            Self.word(columns) + Self.word(rows) + [UInt8(depth), UInt8(colorType), 0, 0]
            + [isInterlaced ? 1 : 0]
        var file: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
        file += Self.chunk("IHDR", header) + Self.chunk("tEXt", Array("a\0b".utf8))
        if !palette.isEmpty { file += Self.chunk("PLTE", palette.flatMap(\.self)) }
        if !transparency.isEmpty { file += Self.chunk("tRNS", transparency) }
        let packed = Self.stored(raw)
        let half = packed.count / 2
        return file + Self.chunk("IDAT", Array(packed[..<half]))
            + Self.chunk("IDAT", Array(packed[half...])) + Self.chunk("IEND", [])
    }

    private func line(_ row: Int, _ columns: [Int]) -> [UInt8] {
        let numbers = columns.flatMap { column in
            (0..<samples).map { values[(row * self.columns + column) * samples + $0] }
        }
        if depth == 8 { return numbers.map { UInt8($0) } }
        if depth == 16 { return numbers.flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] } }
        var bytes = [UInt8](repeating: 0, count: (numbers.count * depth + 7) / 8)
        for (place, number) in numbers.enumerated() {
            let bit = place * depth
            bytes[bit / 8] |= UInt8(number << (8 - depth - bit % 8))
        }
        return bytes
    }

    private func filtered(_ lines: [[UInt8]]) -> [UInt8] {
        let step = max(1, samples * depth / 8)
        return lines.enumerated().flatMap { row, line -> [UInt8] in
            let above = row > 0 ? lines[row - 1] : Array(repeating: 0, count: line.count)
            return [UInt8(filter)]
                + line.indices.map { place in
                    let a = place >= step ? Int(line[place - step]) : 0
                    let b = Int(above[place])
                    let c = place >= step ? Int(above[place - step]) : 0
                    let p = a + b - c
                    let nearest = [a, b, c].min { abs(p - $0) < abs(p - $1) } ?? 0
                    let guess = [0, a, b, (a + b) / 2, nearest][filter]
                    return line[place] &- UInt8(guess)
                }
        }
    }

    static func word(_ value: Int) -> [UInt8] {
        [UInt8(value >> 24 & 255), UInt8(value >> 16 & 255), UInt8(value >> 8 & 255)]
            + [UInt8(value & 255)]
    }

    static func chunk(_ name: String, _ body: [UInt8]) -> [UInt8] {
        let named = Array(name.utf8) + body
        var checksum: UInt32 = 0xffff_ffff
        for byte in named {
            checksum ^= UInt32(byte)
            for _ in 0..<8 {
                checksum = checksum & 1 == 1 ? checksum >> 1 ^ 0xedb8_8320 : checksum >> 1
            }
        }
        return word(body.count) + named + word(Int(~checksum))
    }

    static func stored(_ raw: [UInt8]) -> [UInt8] {
        var (a, b) = (1, 0)
        for byte in raw {
            a = (a + Int(byte)) % 65_521
            b = (b + a) % 65_521
        }
        let count = raw.count
        let head: [UInt8] = [0x78, 0x01, 1, UInt8(count & 255), UInt8(count >> 8)]
        return head + [UInt8(~count & 255), UInt8(~count >> 8 & 255)] + raw + word(b << 16 | a)
    }
}
