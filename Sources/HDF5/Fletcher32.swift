/// The checksum of HDF5's Fletcher-32 filter.
///
/// Two sums modulo 65,535 over the bytes taken as big-endian 16-bit words: of the words, and of
/// the first sum after each word (J. G. Fletcher, “An arithmetic checksum for serial
/// transmissions”, IEEE Trans. Commun. 30, 1982). A last odd byte is the high half of a word. As
/// in libhdf5 a sum is 0 only when all bytes are, and 65,535 otherwise.
enum Fletcher32 {
    /// How many words are summed side by side.
    private static let lanes = 16

    /// After this many words in a lane its second sum could overflow: 65,535 · n (n + 1) / 2 stays
    /// below 2³² up to 361.
    private static let longestRun = 360

    /// The checksum of bytes.
    static func checksum(of bytes: [UInt8]) -> UInt32 {
        let (first, second) = unsafe bytes.withUnsafeBytes { buffer in
            unsafe sums(buffer.baseAddress, count: buffer.count)
        }
        return UInt32(second) << 16 | UInt32(first)
    }

    /// The checksum that libhdf5 before 1.6.3 stored on little-endian machines: the bytes of each
    /// half the other way round.
    static func withSwappedHalves(_ checksum: UInt32) -> UInt32 {
        (checksum & 0x00FF_00FF) << 8 | (checksum & 0xFF00_FF00) >> 8
    }

    /// Both sums.
    ///
    /// Words are read as little-endian ones: as 2¹⁶ is 1 modulo 65,535, swapping the bytes of
    /// every word swaps those of the sums, which is done once at the end.
    private static func sums(
        _ base: UnsafeRawPointer?, count: Int
    ) -> (first: UInt16, second: UInt16) {
        guard let base = unsafe base, count > 0 else { return (0, 0) }
        var first: UInt64 = 0
        var second: UInt64 = 0
        let wordCount = count / 2
        var word = 0
        while wordCount - word >= lanes {
            let steps = min((wordCount - word) / lanes, longestRun)
            var laneFirst = SIMD16<UInt32>()
            var laneSecond = SIMD16<UInt32>()
            for step in 0..<steps {
                let words = unsafe base.loadUnaligned(
                    fromByteOffset: 2 * (word + step * lanes), as: SIMD16<UInt16>.self)
                laneFirst &+= SIMD16<UInt32>(truncatingIfNeeded: littleEndian(words))
                laneSecond &+= laneFirst
            }
            // The word of lane l in step s is followed by (steps - s) · lanes - l words, itself
            // among them; the lane has counted it steps - s times.
            var total: UInt64 = 0
            var weighted: UInt64 = 0
            for lane in 0..<lanes {
                let sum = UInt64(laneFirst[lane])
                total += sum
                weighted += UInt64(lanes) * UInt64(laneSecond[lane]) - UInt64(lane) * sum
            }
            second = (second + UInt64(steps * lanes) * first + weighted) % 65_535
            first = (first + total) % 65_535
            word += steps * lanes
        }
        while word < wordCount {
            let value = unsafe base.loadUnaligned(fromByteOffset: 2 * word, as: UInt16.self)
            first += UInt64(UInt16(littleEndian: value))
            second += first
            word += 1
        }
        if !count.isMultiple(of: 2) {
            first += UInt64(unsafe base.load(fromByteOffset: count - 1, as: UInt8.self))
            second += first
        }
        return unsafe (
            canonical(first, bytes: base, count: count),
            canonical(second, bytes: base, count: count)
        )
    }

    private static func littleEndian(_ words: SIMD16<UInt16>) -> SIMD16<UInt16> {
        #if _endian(little)
            return words
        #else
            return words &<< 8 | words &>> 8
        #endif
    }

    /// The sum between 0 and 65,535 that folding the carries gives, of big-endian words.
    private static func canonical(
        _ sum: UInt64, bytes: UnsafeRawPointer, count: Int
    ) -> UInt16 {
        let remainder = UInt16(sum % 65_535)
        guard remainder == 0 else { return remainder.byteSwapped }
        for index in 0..<count
        where unsafe bytes.load(fromByteOffset: index, as: UInt8.self) != 0 { return 65_535 }
        return 0
    }
}
