package import Foundation

extension NPYType {
    /// Numbers as they stand in a file.
    ///
    /// - Parameter bytes: As many bytes as some numbers have.
    /// - Returns: The numbers; whole ones beyond 2⁵³ to the nearest.
    package func numbers(in bytes: Data) -> [Double] {
        stride(from: bytes.startIndex, to: bytes.endIndex, by: byteCount).map { start in
            var bits: UInt64 = 0
            for place in 0..<byteCount {
                let shift = 8 * (isBigEndian ? byteCount - 1 - place : place)
                bits |= UInt64(bytes[start + place]) << UInt64(shift)
            }
            return number(bits)
        }
    }

    private func number(_ bits: UInt64) -> Double {
        switch kind {
        case .float:
            return byteCount == 4
                ? Double(Float(bitPattern: UInt32(bits))) : Double(bitPattern: bits)
        case .signed:
            let shift = UInt64(64 - 8 * byteCount)
            return Double(Int64(bitPattern: bits << shift) >> Int64(shift))
        case .unsigned: return Double(bits)
        }
    }
}
