public import Foundation

/// An array of a `.npy` file (NumPy format versions 1 to 3), for golden vectors.
public struct NumpyArray: Sendable {
    /// The length of each dimension.
    public let shape: [Int]
    /// The values in C order.
    public let values: [Double]

    /// What is wrong with a file.
    public struct Fault: Error, CustomStringConvertible {
        /// What and where.
        public let description: String
    }

    /// Reads little-endian `f4`, `f8`, `i2`, `i4`, `i8` and `u1` in C or Fortran order.
    public init(contentsOf url: URL) throws {
        let data = [UInt8](try Data(contentsOf: url))
        func fault(_ what: String) -> Fault {
            Fault(description: "\(url.lastPathComponent): \(what)")
        }
        guard data.count > 12, data.starts(with: [0x93] + Array("NUMPY".utf8)) else {
            throw fault("not a .npy file")
        }
        let isLong = data[6] > 1
        let headerStart = isLong ? 12 : 10
        let headerLength = (0..<(isLong ? 4 : 2)).reduce(0) {
            $0 | Int(data[8 + $1]) << (8 * $1)
        }
        let start = headerStart + headerLength
        guard data.count >= start else { throw fault("header cut off") }
        let header = String(decoding: data[headerStart..<start], as: UTF8.self)
        guard let type = header.firstMatch(of: /'descr':\s*'([<|])([a-z]\d)'/),
            let dimensions = header.firstMatch(of: /'shape':\s*\(([0-9, ]*)\)/)
        else { throw fault("header not understood: \(header)") }
        shape = dimensions.1.split(separator: ",").compactMap {
            Int($0.trimmingCharacters(in: .whitespaces))
        }
        let count = shape.reduce(1, *)
        let raw = data[start...]
        let flat: [Double]
        switch type.2 {
        case "f8": flat = Self.read(raw, 8) { Double(bitPattern: $0) }
        case "f4": flat = Self.read(raw, 4) { Double(Float(bitPattern: UInt32($0))) }
        case "i8": flat = Self.read(raw, 8) { Double(Int64(bitPattern: $0)) }
        case "i4": flat = Self.read(raw, 4) { Double(Int32(truncatingIfNeeded: $0)) }
        case "i2": flat = Self.read(raw, 2) { Double(Int16(truncatingIfNeeded: $0)) }
        case "u1": flat = raw.map { Double($0) }
        default: throw fault("values of type \(type.2)")
        }
        guard flat.count == count else { throw fault("\(flat.count) values, not \(count)") }
        if header.contains("'fortran_order': True"), shape.count == 2 {
            let (rows, columns) = (shape[0], shape[1])
            values = (0..<count).map { flat[$0 % columns * rows + $0 / columns] }
        } else {
            values = flat
        }
    }

    private static func read(
        _ bytes: ArraySlice<UInt8>, _ width: Int, _ decode: (UInt64) -> Double
    ) -> [Double] {
        stride(from: bytes.startIndex, to: bytes.endIndex - width + 1, by: width).map { start in
            decode((0..<width).reduce(0) { $0 | UInt64(bytes[start + $1]) << UInt64(8 * $1) })
        }
    }
}
