/// The shuffle filter of HDF5: all first bytes of the numbers, then all second ones, and so on.
/// Numbers near each other share their high bytes, so that these compress well.
///
/// Bytes after the last whole number stay where they are. The loops over numbers of 2, 4 and 8
/// bytes are written so that the compiler turns them into vector instructions.
enum ByteShuffle {
    /// Shuffles bytes.
    ///
    /// - Parameters:
    ///   - bytes: The numbers.
    ///   - width: The bytes of a number, at least 1.
    /// - Returns: As many bytes.
    static func shuffled(_ bytes: [UInt8], width: Int) -> [UInt8] {
        guard width > 1 else { return bytes }
        return unsafe moved(bytes, width: width) { from, count, to in
            switch width {
            case 2: unsafe split(from, count, to, as: UInt16.self)
            case 4: unsafe split(from, count, to, as: UInt32.self)
            case 8: unsafe split(from, count, to, as: UInt64.self)
            default:
                for byte in 0..<width {
                    for index in 0..<count {
                        unsafe to.storeBytes(
                            of: from.load(fromByteOffset: index * width + byte, as: UInt8.self),
                            toByteOffset: byte * count + index, as: UInt8.self)
                    }
                }
            }
        }
    }

    /// The way back.
    ///
    /// - Parameters:
    ///   - bytes: Shuffled bytes.
    ///   - width: The bytes of a number, at least 1.
    /// - Returns: As many bytes.
    static func unshuffled(_ bytes: [UInt8], width: Int) -> [UInt8] {
        guard width > 1 else { return bytes }
        return unsafe moved(bytes, width: width) { from, count, to in
            switch width {
            case 2: unsafe join(from, count, to, as: UInt16.self)
            case 4: unsafe join(from, count, to, as: UInt32.self)
            case 8: unsafe join(from, count, to, as: UInt64.self)
            default:
                for byte in 0..<width {
                    for index in 0..<count {
                        unsafe to.storeBytes(
                            of: from.load(fromByteOffset: byte * count + index, as: UInt8.self),
                            toByteOffset: index * width + byte, as: UInt8.self)
                    }
                }
            }
        }
    }

    /// As many bytes elsewhere: `body` moves those of whole numbers.
    @inline(__always)
    private static func moved(
        _ bytes: [UInt8], width: Int,
        _ body: (_ from: UnsafeRawPointer, _ count: Int, _ to: UnsafeMutableRawPointer) -> Void
    ) -> [UInt8] {
        unsafe [UInt8](unsafeUninitializedCapacity: bytes.count) { buffer, initialized in
            unsafe bytes.withUnsafeBytes { source in
                guard let from = source.baseAddress, let target = buffer.baseAddress else { return }
                let to = UnsafeMutableRawPointer(target)
                let count = bytes.count / width
                unsafe body(from, count, to)
                unsafe (to + count * width).copyMemory(
                    from: from + count * width, byteCount: bytes.count - count * width)
            }
            initialized = bytes.count
        }
    }

    @inline(__always)
    private static func split<Number: FixedWidthInteger & UnsignedInteger & BitwiseCopyable>(
        _ source: UnsafeRawPointer, _ count: Int, _ target: UnsafeMutableRawPointer,
        as type: Number.Type
    ) {
        let width = MemoryLayout<Number>.size
        for byte in 0..<width {
            let plane = unsafe target + byte * count
            let shift = Number(truncatingIfNeeded: 8 &* byte)
            for index in 0..<count {
                let number = unsafe Number(
                    littleEndian: source.loadUnaligned(
                        fromByteOffset: index &* width, as: Number.self))
                unsafe plane.storeBytes(
                    of: UInt8(truncatingIfNeeded: number &>> shift), toByteOffset: index,
                    as: UInt8.self)
            }
        }
    }

    @inline(__always)
    private static func join<Number: FixedWidthInteger & UnsignedInteger & BitwiseCopyable>(
        _ source: UnsafeRawPointer, _ count: Int, _ target: UnsafeMutableRawPointer,
        as type: Number.Type
    ) {
        let width = MemoryLayout<Number>.size
        for index in 0..<count {
            var number: Number = 0
            for byte in 0..<width {
                let part = unsafe source.load(
                    fromByteOffset: byte &* count &+ index, as: UInt8.self)
                number |= Number(truncatingIfNeeded: part) &<< Number(truncatingIfNeeded: 8 &* byte)
            }
            unsafe target.storeBytes(
                of: number.littleEndian, toByteOffset: index &* width, as: Number.self)
        }
    }
}
