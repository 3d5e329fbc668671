private import Foundation
private import PrintableText

/// The header of a NumPy file (NumPy enhancement proposal 1): what its numbers are, and how many.
package struct NPYHeader: Sendable, Hashable {
    /// What the numbers are.
    package let type: NPYType
    /// The extent of each dimension.
    package let shape: [Int]
    /// Whether the first index runs fastest, as in Fortran.
    package let isColumnMajor: Bool
    /// The first byte of the numbers.
    package let dataStart: Int

    /// How such a file begins.
    package static let magic: [UInt8] = [0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59]

    /// Reads a header of version 1 to 3.
    ///
    /// - Parameters:
    ///   - prefix: The beginning of the file, at least the header when that is whole.
    ///   - byteCount: The size of the file.
    /// - Throws: ``NPYError`` when it is not a header that can be read.
    package init(_ prefix: [UInt8], byteCount: Int) throws(NPYError) {
        guard !prefix.isEmpty else { throw NPYError(.empty) }
        guard prefix.starts(with: Self.magic), prefix.count >= 12 else {
            throw NPYError(.otherFormat)
        }
        let version = prefix[6]
        guard (1...3).contains(version) else { throw NPYError(.version(version)) }
        let lengthBytes = version == 1 ? 2 : 4
        let length = (0..<lengthBytes).reduce(0) { $0 | Int(prefix[8 + $1]) << (8 * $1) }
        dataStart = 8 + lengthBytes + length
        guard dataStart <= min(prefix.count, byteCount) else {
            throw NPYError(
                .malformed(
                    expected: "a header of \(length) bytes", found: "\(byteCount) bytes in all"))
        }
        let text = ForeignText.decode(prefix[(8 + lengthBytes)..<dataStart])
        guard let name = Self.value(of: "descr", in: text, between: "'", "'") else {
            throw NPYError(.malformed(expected: "a number type", found: text))
        }
        guard let type = NPYType(name) else { throw NPYError(.type(name)) }
        self.type = type
        isColumnMajor = Self.flag("fortran_order", in: text) ?? false
        let extents = Self.value(of: "shape", in: text, between: "(", ")")?.split(separator: ",")
            .map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
        guard let extents else { throw NPYError(.malformed(expected: "a shape", found: text)) }
        var shape: [Int] = []
        for extent in extents {
            guard let extent = Int(extent), extent >= 0 else {
                throw NPYError(.malformed(expected: "a shape", found: text))
            }
            shape.append(extent)
        }
        self.shape = shape
    }

    /// Checks that the file has as many bytes as its header says.
    ///
    /// - Parameter byteCount: The size of the file.
    /// - Throws: ``NPYError`` when it has not.
    package func check(byteCount: Int) throws(NPYError) {
        var size: Int? = type.byteCount
        for extent in shape {
            size = size.flatMap {
                let (product, overflows) = $0.multipliedReportingOverflow(by: extent)
                return overflows ? nil : product
            }
        }
        guard size == byteCount - dataStart else {
            let extents = shape.map(String.init).joined(separator: " × ")
            throw NPYError(
                .size(
                    expected: "\(extents) numbers of \(type.byteCount) bytes",
                    found: "\(byteCount - dataStart) bytes"))
        }
    }

    /// What stands between two marks behind a key.
    private static func value(
        of key: String, in text: String, between open: Character, _ close: Character
    ) -> String? {
        guard let place = text.range(of: "'\(key)'"),
            let colon = text[place.upperBound...].firstIndex(of: ":"),
            let first = text[colon...].firstIndex(of: open)
        else { return nil }
        let start = text.index(after: first)
        guard let end = text[start...].firstIndex(of: close) else { return nil }
        return String(text[start..<end])
    }

    private static func flag(_ key: String, in text: String) -> Bool? {
        guard let place = text.range(of: "'\(key)'"),
            let colon = text[place.upperBound...].firstIndex(of: ":")
        else { return nil }
        let rest = text[text.index(after: colon)...].drop { $0 == " " }
        if rest.hasPrefix("True") { return true }
        return rest.hasPrefix("False") ? false : nil
    }
}

extension NPYHeader {
    /// A header of version 1.0 for numbers in C order, padded to a multiple of 64 bytes.
    ///
    /// - Parameters:
    ///   - type: What the numbers are.
    ///   - shape: The extent of each dimension, at most 32 as in NumPy.
    /// - Returns: The bytes before the numbers.
    package static func bytes(of type: NPYType, shape: [Int]) -> [UInt8] {
        precondition(shape.count <= 32, "NumPy has no arrays of \(shape.count) dimensions")
        let extents = shape.map { "\($0), " }.joined()
        var text = "{'descr': '\(type)', 'fortran_order': False, 'shape': (\(extents)), }"
        let padding = 63 - (10 + text.utf8.count) % 64
        text += String(repeating: " ", count: padding) + "\n"
        let length = text.utf8.count
        return magic + [1, 0, UInt8(length & 255), UInt8(length >> 8)] + text.utf8
    }
}
