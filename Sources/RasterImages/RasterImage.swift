/// A picture as rows of pixels, eight bits a channel, however it was stored.
package struct RasterImage: Sendable, Hashable {
    /// Pixels of a column.
    package let rows: Int
    /// Pixels of a row.
    package let columns: Int
    /// Numbers of a pixel: 1 for gray, 3 for red, green and blue.
    package let channels: Int
    /// The numbers, `[rows × columns × channels]`.
    package let pixels: [UInt8]

    /// The most pixels that an image may have.
    package static let largestArea = 1 << 26

    /// Creates an image.
    ///
    /// - Parameters:
    ///   - rows: Pixels of a column, at least 1.
    ///   - columns: Pixels of a row, at least 1.
    ///   - channels: 1 or 3.
    ///   - pixels: `[rows × columns × channels]`.
    package init(rows: Int, columns: Int, channels: Int, pixels: [UInt8]) {
        precondition(
            rows >= 1 && columns >= 1 && (channels == 1 || channels == 3)
                && pixels.count == rows * columns * channels,
            "\(pixels.count) numbers are no image of \(rows) × \(columns) × \(channels)")
        self.rows = rows
        self.columns = columns
        self.channels = channels
        self.pixels = pixels
    }

    /// Whether a file of that name is an image that can be read.
    package static func isNamed(_ name: String) -> Bool {
        let suffix = name.lowercased().split(separator: ".").last ?? ""
        return name.contains(".") && ["png", "pgm", "ppm", "pnm"].contains(suffix)
    }

    /// Reads an image: PNG (ISO/IEC 15948) or Netpbm's PGM and PPM (P2, P3, P5, P6), by its content.
    ///
    /// Palettes are looked up, 1, 2 and 4 bits spread over the range of 8, 16 bits rounded to 8, and
    /// what is transparent is put on white.
    ///
    /// - Parameter bytes: The file.
    /// - Throws: ``RasterError`` with the byte of the fault.
    package init(_ bytes: [UInt8]) throws(RasterError) {
        if bytes.starts(with: PNGReader.signature) {
            var reader = PNGReader(bytes)
            self = try reader.image()
        } else if bytes.count > 2, bytes[0] == UInt8(ascii: "P") {
            var reader = NetpbmReader(bytes)
            self = try reader.image()
        } else {
            throw RasterError(
                expected: "a PNG, PGM or PPM image",
                found: bytes.isEmpty ? "an empty file" : "another kind of file", byte: 0)
        }
    }

    /// The image in shades of gray: 0.299 red + 0.587 green + 0.114 blue (ITU-R BT.601), rounded.
    package var gray: RasterImage {
        guard channels == 3 else { return self }
        var gray = [UInt8](repeating: 0, count: rows * columns)
        for place in gray.indices {
            let (red, green, blue) = (
                Int(pixels[3 * place]), Int(pixels[3 * place + 1]), Int(pixels[3 * place + 2])
            )
            gray[place] = UInt8((299 * red + 587 * green + 114 * blue + 500) / 1_000)
        }
        return RasterImage(rows: rows, columns: columns, channels: 1, pixels: gray)
    }

    /// The image with three channels.
    package var color: RasterImage {
        guard channels == 1 else { return self }
        return RasterImage(
            rows: rows, columns: columns, channels: 3, pixels: pixels.flatMap { [$0, $0, $0] })
    }

    /// The image in another size: each new pixel is the mean of what it covers of the old ones, in
    /// parts where it covers parts.
    ///
    /// - Parameters:
    ///   - newRows: At least 1.
    ///   - newColumns: At least 1.
    /// - Returns: The image.
    package func scaled(rows newRows: Int, columns newColumns: Int) -> RasterImage {
        guard newRows != rows || newColumns != columns else { return self }
        let across = Self.coverage(of: columns, by: newColumns)
        let down = Self.coverage(of: rows, by: newRows)
        // Columns first, then rows: what a new pixel covers is a rectangle.
        var wide = [Double](repeating: 0, count: rows * newColumns * channels)
        for row in 0..<rows {
            for (column, parts) in across.enumerated() {
                for channel in 0..<channels {
                    var sum = 0.0
                    for (place, weight) in parts {
                        sum += weight * Double(pixels[(row * columns + place) * channels + channel])
                    }
                    wide[(row * newColumns + column) * channels + channel] = sum
                }
            }
        }
        var scaled = [UInt8](repeating: 0, count: newRows * newColumns * channels)
        let width = newColumns * channels
        for (row, parts) in down.enumerated() {
            for place in 0..<width {
                var sum = 0.0
                for (old, weight) in parts { sum += weight * wide[old * width + place] }
                scaled[row * width + place] = UInt8(min(255, max(0, sum.rounded())))
            }
        }
        return RasterImage(
            rows: newRows, columns: newColumns, channels: channels, pixels: scaled)
    }

    /// What each of `count` even parts of a line covers of its pixels, as shares of the part.
    private static func coverage(
        of length: Int, by count: Int
    ) -> [[(place: Int, weight: Double)]] {
        (0..<count).map { part in
            // In units of 1 / count of a pixel everything is whole.
            let (start, end) = (part * length, (part + 1) * length)
            return (start / count..<(end + count - 1) / count).map { place in
                let covered = min(end, (place + 1) * count) - max(start, place * count)
                return (place, Double(covered) / Double(length))
            }
        }
    }
}
