/// What the first bytes of a MATLAB file say.
enum MATLABSignature {
    /// The order of the bytes of a number.
    enum ByteOrder: Sendable, Hashable {
        case littleEndian
        case bigEndian
    }

    /// The byte order of a file of level 5; `nil` for any other file.
    static func level5(_ prefix: [UInt8]) -> ByteOrder? {
        guard prefix.count >= 128 else { return nil }
        switch Array(prefix[124..<128]) {
        case [0x00, 0x01, 0x49, 0x4D]: return .littleEndian
        case [0x01, 0x00, 0x4D, 0x49]: return .bigEndian
        default: return nil
        }
    }

    /// Whether a file is of level 7.3: HDF5 behind a header of 512 bytes.
    static func isLevel73(_ prefix: [UInt8]) -> Bool {
        let hdf5: [UInt8] = [0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A]
        return prefix.starts(with: Array("MATLAB 7.3".utf8))
            || (prefix.starts(with: Array("MATLAB".utf8)) && prefix.count >= 520
                && Array(prefix[512..<520]) == hdf5)
    }

    /// Whether no other format begins like that.
    static func isCertain(_ prefix: [UInt8]) -> Bool {
        guard prefix.starts(with: Array("MATLAB".utf8)) else { return false }
        return level5(prefix) != nil || isLevel73(prefix)
    }

    /// Whether a file looks like one of level 4, which begins with the header of a matrix: the
    /// kind of its numbers, its extents, whether it has imaginary parts, the length of its name.
    static func isLevel4(_ prefix: [UInt8]) -> Bool {
        guard prefix.count >= 20 else { return false }
        for isBigEndian in [false, true] {
            let words = (0..<5).map {
                MATLABElement.word(prefix[4 * $0..<4 * $0 + 4], isBigEndian: isBigEndian)
            }
            let digits = [words[0] / 1_000, words[0] / 100 % 10, words[0] / 10 % 10, words[0] % 10]
            if digits[0] <= 4, digits[1] == 0, digits[2] <= 5, digits[3] <= 2, words[3] <= 1,
                (2...256).contains(words[4]), words[1] < 1 << 31, words[2] < 1 << 31,
                prefix.count >= 20 + min(words[4], 8),
                prefix[20].isLetter
            {
                return true
            }
        }
        return false
    }
}

extension UInt8 {
    fileprivate var isLetter: Bool { (0x41...0x5A).contains(self) || (0x61...0x7A).contains(self) }
}
