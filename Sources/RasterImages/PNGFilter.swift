/// The filters of PNG's rows: each row says how it was made from its neighbors.
enum PNGFilter {
    /// Undoes the filters of some rows, in place.
    ///
    /// - Parameters:
    ///   - bytes: Rows, each with the byte of its filter in front.
    ///   - start: The first byte of the first row.
    ///   - rows: How many rows.
    ///   - width: Bytes of a row without that of its filter.
    ///   - pixelBytes: Bytes from a pixel to the next, at least 1.
    /// - Throws: ``RasterError`` for a filter that PNG does not have.
    static func undo(
        in bytes: inout [UInt8], from start: Int, rows: Int, width: Int, pixelBytes: Int
    ) throws(RasterError) {
        for row in 0..<rows {
            let line = start + row * (width + 1)
            let filter = bytes[line]
            guard filter <= 4 else {
                throw RasterError(
                    expected: "a filter from 0 to 4", found: "\(filter) in row \(row)", byte: 8)
            }
            guard filter > 0 else { continue }
            for column in 0..<width {
                let place = line + 1 + column
                let left = column >= pixelBytes ? Int(bytes[place - pixelBytes]) : 0
                let above = row > 0 ? Int(bytes[place - width - 1]) : 0
                let corner =
                    row > 0 && column >= pixelBytes
                    ? Int(bytes[place - width - 1 - pixelBytes]) : 0
                let guess =
                    switch filter {
                    case 1: left
                    case 2: above
                    case 3: (left + above) / 2
                    default: paeth(left, above, corner)
                    }
                bytes[place] = bytes[place] &+ UInt8(guess)
            }
        }
    }

    private static func paeth(_ left: Int, _ above: Int, _ corner: Int) -> Int {
        let guess = left + above - corner
        let distances = (abs(guess - left), abs(guess - above), abs(guess - corner))
        if distances.0 <= distances.1, distances.0 <= distances.2 { return left }
        return distances.1 <= distances.2 ? above : corner
    }
}
