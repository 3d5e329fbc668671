/// A type of numbers that NumPy arrays hold.
package struct NPYType: Sendable, Hashable, CustomStringConvertible {
    /// What the numbers are.
    package enum Kind: Character, Sendable, Hashable {
        /// Floating-point numbers of IEEE 754.
        case float = "f"
        /// Whole numbers with a sign, as a two's complement.
        case signed = "i"
        /// Whole numbers of at least 0.
        case unsigned = "u"
    }

    /// What the numbers are.
    package let kind: Kind
    /// Bytes of one.
    package let byteCount: Int
    /// Whether the highest byte stands first.
    package let isBigEndian: Bool

    /// Single precision, the lowest byte first.
    package static let float32 = NPYType(kind: .float, byteCount: 4)
    /// Double precision, the lowest byte first.
    package static let float64 = NPYType(kind: .float, byteCount: 8)
    /// Whole numbers of 64 bits, the lowest byte first.
    package static let int64 = NPYType(kind: .signed, byteCount: 8)

    private init(kind: Kind, byteCount: Int, isBigEndian: Bool = false) {
        self.kind = kind
        self.byteCount = byteCount
        self.isBigEndian = isBigEndian
    }

    /// Reads a type's name, such as `<f4`.
    ///
    /// - Returns: `nil` for a type whose numbers `Double` does not hold, or that has none.
    package init?(_ name: String) {
        guard let order = name.first, "<>|=".contains(order),
            let kind = name.dropFirst().first.flatMap(Kind.init(rawValue:)),
            let byteCount = Int(name.dropFirst(2)),
            Self.sizes(of: kind).contains(byteCount)
        else { return nil }
        self.init(kind: kind, byteCount: byteCount, isBigEndian: order == ">")
    }

    private static func sizes(of kind: Kind) -> [Int] {
        switch kind {
        case .float: [4, 8]
        case .signed: [1, 2, 4, 8]
        case .unsigned: [1, 2, 4]
        }
    }

    /// The name, as NumPy writes it.
    package var description: String {
        "\(byteCount == 1 ? "|" : isBigEndian ? ">" : "<")\(kind.rawValue)\(byteCount)"
    }
}
