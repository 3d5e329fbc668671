/// How samples lie in a signal file: the storage formats of WFDB (signal(5) of the WFDB
/// Applications Guide), named by their numbers.
enum WFDBFormat: Int, Sendable, Hashable, CaseIterable {
    /// No samples at all: signals that a record with segments announces.
    case none = 0
    /// First differences of 8 bits.
    case differences8 = 8
    /// 16 bits, low byte first.
    case signed16 = 16
    /// 24 bits, low byte first.
    case signed24 = 24
    /// 32 bits, low byte first.
    case signed32 = 32
    /// 16 bits, high byte first.
    case bigEndian16 = 61
    /// 8 bits, 128 added.
    case offset8 = 80
    /// 16 bits, 32768 added, low byte first.
    case offset16 = 160
    /// Two samples of 12 bits in three bytes.
    case packed12 = 212
    /// Three samples of 10 bits in four bytes, the third in the high bits of two words.
    case split10 = 310
    /// Three samples of 10 bits in four bytes, one behind the other.
    case packed10 = 311

    /// The number that stands for a sample that is missing; `nil` when there is none.
    var missing: Int32? {
        switch self {
        case .none, .differences8: nil
        case .offset8: -128
        case .packed12: -2_048
        case .split10, .packed10: -512
        case .signed16, .bigEndian16, .offset16: -32_768
        case .signed24: -8_388_608
        case .signed32: .min
        }
    }

    /// The smallest number of samples that fill whole bytes, and of these bytes.
    var block: (samples: Int, bytes: Int) {
        switch self {
        case .none, .differences8, .offset8: (1, 1)
        case .signed16, .bigEndian16, .offset16: (1, 2)
        case .signed24: (1, 3)
        case .signed32: (1, 4)
        case .packed12: (2, 3)
        case .split10, .packed10: (3, 4)
        }
    }

    /// The bytes that a number of samples takes from the start of a block on.
    func byteCount(ofSamples count: Int) -> Int {
        let (samples, bytes) = block
        let rest = count % samples
        return count / samples * bytes + (rest == 0 ? 0 : Self.tailBytes(self, rest))
    }

    /// The whole samples in a number of bytes.
    func sampleCount(inBytes count: Int) -> Int {
        let (samples, bytes) = block
        let rest = count % bytes
        var tail = 0
        while tail + 1 < samples, Self.tailBytes(self, tail + 1) <= rest { tail += 1 }
        return count / bytes * samples + tail
    }

    /// The bytes that the first samples of a block need.
    private static func tailBytes(_ format: WFDBFormat, _ samples: Int) -> Int {
        switch format {
        case .packed12: 2
        case .split10: samples == 1 ? 2 : 4
        case .packed10: samples == 1 ? 2 : 3
        default: 0
        }
    }

    /// Unpacks samples.
    ///
    /// - Parameters:
    ///   - bytes: At least ``byteCount(ofSamples:)`` of `skipped + count` bytes from the start of
    ///     a block.
    ///   - skipped: How many samples of the first block are passed over.
    ///   - count: How many samples follow.
    ///   - samples: Receives them; differences stay differences.
    func unpack(
        _ bytes: Span<UInt8>, skipping skipped: Int, count: Int, into samples: inout [Int32]
    ) {
        samples.reserveCapacity(samples.count + count)
        for index in skipped..<skipped + count { samples.append(sample(index, in: bytes)) }
    }

    @inline(__always)
    private func sample(_ index: Int, in bytes: Span<UInt8>) -> Int32 {
        func byte(_ position: Int) -> UInt32 { UInt32(bytes[position]) }
        func signed(_ value: UInt32, bits: UInt32) -> Int32 {
            Int32(bitPattern: value << (32 - bits)) >> Int32(32 - bits)
        }
        switch self {
        case .none:
            return 0
        case .differences8:
            return Int32(Int8(bitPattern: bytes[index]))
        case .offset8:
            return Int32(bytes[index]) - 128
        case .signed16:
            return signed(byte(2 * index) | byte(2 * index + 1) << 8, bits: 16)
        case .bigEndian16:
            return signed(byte(2 * index + 1) | byte(2 * index) << 8, bits: 16)
        case .offset16:
            return Int32(byte(2 * index) | byte(2 * index + 1) << 8) - 32_768
        case .signed24:
            return signed(
                byte(3 * index) | byte(3 * index + 1) << 8 | byte(3 * index + 2) << 16, bits: 24)
        case .signed32:
            return Int32(
                bitPattern: byte(4 * index) | byte(4 * index + 1) << 8
                    | byte(4 * index + 2) << 16 | byte(4 * index + 3) << 24)
        case .packed12:
            let start = index / 2 * 3
            return index.isMultiple(of: 2)
                ? signed(byte(start) | (byte(start + 1) & 0x0F) << 8, bits: 12)
                : signed(byte(start + 2) | (byte(start + 1) & 0xF0) << 4, bits: 12)
        case .split10:
            let start = index / 3 * 4
            func word(_ number: Int) -> UInt32 {
                byte(start + 2 * number) | byte(start + 2 * number + 1) << 8
            }
            return switch index % 3 {
            case 0: signed(word(0) >> 1 & 0x3FF, bits: 10)
            case 1: signed(word(1) >> 1 & 0x3FF, bits: 10)
            default: signed(word(0) >> 11 | (word(1) >> 11) << 5, bits: 10)
            }
        case .packed10:
            let start = index / 3 * 4
            return switch index % 3 {
            case 0: signed(byte(start) | (byte(start + 1) & 0x03) << 8, bits: 10)
            case 1: signed(byte(start + 1) >> 2 | (byte(start + 2) & 0x0F) << 6, bits: 10)
            default: signed(byte(start + 2) >> 4 | (byte(start + 3) & 0x3F) << 4, bits: 10)
            }
        }
    }
}
