internal import Foundation
internal import PrintableText

/// A value in the parameter section: texts or numbers with up to seven dimensions.
struct C3DParameter: Sendable, Hashable {
    /// How its elements are stored.
    enum Kind: Int, Sendable, Hashable {
        case text = -1
        case byte = 1
        case integer = 2
        case real = 4

        /// The bytes of an element.
        var byteCount: Int { abs(rawValue) }
    }

    /// Nothing in a file is counted beyond it.
    static let largestCount = 1e10

    /// How its elements are stored.
    let kind: Kind
    /// The dimensions, the fastest first; none for a single element.
    let dimensions: [Int]
    /// The elements.
    let bytes: [UInt8]
    /// How they are coded.
    let processor: C3DProcessor

    /// Its elements as numbers; none of a text.
    var numbers: [Double] {
        guard kind != .text else { return [] }
        let span = bytes.span
        return stride(from: 0, to: bytes.count - kind.byteCount + 1, by: kind.byteCount).map {
            switch kind {
            case .text, .byte: Double(span[$0])
            case .integer: Double(processor.order.signed(span, at: $0, count: 2))
            case .real: Double(processor.float(span, at: $0))
            }
        }
    }

    /// Its elements as whole numbers without a sign: what counts things beyond 32767 is stored
    /// in 16 bits, or as a real number.
    var counts: [Int] {
        numbers.map { number in
            guard abs(number) < Self.largestCount else { return 0 }
            return kind == .integer && number < 0 ? Int(number) + 65_536 : Int(number)
        }
    }

    /// Its texts, without blanks around them; none of numbers.
    var texts: [String] {
        guard kind == .text else { return [] }
        let length = dimensions.first ?? 1
        guard length > 0 else { return [] }
        return stride(from: 0, to: bytes.count - length + 1, by: length).map { start in
            let text = ForeignText.decode(bytes[start..<start + length].prefix { $0 != 0 })
            return text.trimmingCharacters(in: .whitespacesAndNewlines)
        }
    }
}
