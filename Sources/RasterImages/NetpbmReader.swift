/// Reads Netpbm's portable gray and pixel maps: plain (P2, P3) and raw (P5, P6), up to 16 bits.
struct NetpbmReader {
    private let bytes: [UInt8]
    private var place = 2

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func image() throws(RasterError) -> RasterImage {
        let kind = bytes[1]
        let isPlain = kind == UInt8(ascii: "2") || kind == UInt8(ascii: "3")
        guard isPlain || kind == UInt8(ascii: "5") || kind == UInt8(ascii: "6") else {
            throw RasterError(
                expected: "P2, P3, P5 or P6", found: "P\(Character(Unicode.Scalar(kind)))", byte: 0,
                hint: "bitmaps and other kinds are not read: save it as PGM, PPM or PNG")
        }
        let channels = kind == UInt8(ascii: "2") || kind == UInt8(ascii: "5") ? 1 : 3
        let columns = try number("the width", in: 1...1 << 24)
        let rows = try number("the height", in: 1...1 << 24)
        guard rows * columns <= RasterImage.largestArea else {
            throw RasterError(
                expected: "at most \(RasterImage.largestArea) pixels",
                found: "\(columns) × \(rows)", byte: 2)
        }
        let largest = try number("the largest value", in: 1...65_535)
        let count = rows * columns * channels
        func scaled(_ value: Int) -> UInt8 { UInt8((value * 255 + largest / 2) / largest) }
        var pixels: [UInt8] = []
        if isPlain {
            // A number takes two bytes at least.
            guard bytes.count - place >= 2 * count - 1 else { throw cut(count) }
            pixels.reserveCapacity(count)
            for _ in 0..<count { pixels.append(scaled(try number("a pixel", in: 0...largest))) }
        } else {
            // One byte of white space ends the head.
            place += 1
            let width = largest > 255 ? 2 : 1
            guard bytes.count - place >= count * width else { throw cut(count) }
            pixels.reserveCapacity(count)
            for index in 0..<count {
                let start = place + index * width
                let value =
                    width == 1 ? Int(bytes[start]) : Int(bytes[start]) << 8 | Int(bytes[start + 1])
                guard value <= largest else {
                    throw RasterError(
                        expected: "a pixel from 0 to \(largest)", found: "\(value)", byte: start)
                }
                pixels.append(scaled(value))
            }
        }
        return RasterImage(rows: rows, columns: columns, channels: channels, pixels: pixels)
    }

    private func cut(_ count: Int) -> RasterError {
        RasterError(
            expected: "\(count) numbers of pixels",
            found: "\(max(0, bytes.count - place)) bytes", byte: bytes.count)
    }

    /// The next number; white space and comments before it are passed over.
    private mutating func number(
        _ what: String, in range: ClosedRange<Int>
    ) throws(RasterError) -> Int {
        while place < bytes.count {
            let byte = bytes[place]
            if byte == UInt8(ascii: "#") {
                while place < bytes.count, bytes[place] != 10, bytes[place] != 13 { place += 1 }
            } else if byte == 32 || (9...13).contains(byte) {
                place += 1
            } else {
                break
            }
        }
        let start = place
        var value = 0
        while place < bytes.count, (48...57).contains(bytes[place]), value <= 1 << 30 {
            value = value * 10 + Int(bytes[place] - 48)
            place += 1
        }
        guard place > start, range.contains(value) else {
            let found =
                place > start
                ? "\(value)" : start < bytes.count ? "another character" : "the end of the file"
            throw RasterError(
                expected: "\(what) from \(range.lowerBound) to \(range.upperBound)", found: found,
                byte: start)
        }
        return value
    }
}
