import Foundation

/// Looks over the heaps of a file in which libhdf5 keeps texts of any length, before it reads
/// one.
///
/// libhdf5 1.10 trusts them: an object of size 0 sends it round for ever, and an object larger
/// than the reference to it says is copied past the end of the room made for it. So each heap
/// (“global heap collection”, HDF5 file format specification III.E) is walked here first, and
/// every reference to an object in it is held against the object's size.
enum GlobalHeapInspection {
    /// `GCOL`, version 1, three reserved bytes.
    private static let signature: [UInt8] = [0x47, 0x43, 0x4F, 0x4C, 1, 0, 0, 0]
    private static let headerSize = 16
    private static let collectionLimit = 256

    /// Makes sure that texts of any length can be read from a file.
    static func check(_ path: String, at place: Place) throws(HDF5Error) {
        let data: Data
        do {
            data = try Data(contentsOf: URL(filePath: path), options: .alwaysMapped)
        } catch {
            throw HDF5Error(.unreadable(reason: "\(error)"), at: place)
        }
        let bytes = data.bytes
        guard sizesAreEightBytes(bytes) else {
            throw HDF5Error(
                .unexpectedType(
                    expected: "texts of fixed length", found: "texts of any length"), at: place)
        }
        var count = 0
        var search = data.startIndex
        while let found = data.range(of: Data(signature), in: search..<data.endIndex) {
            search = found.upperBound
            count += 1
            guard count <= collectionLimit,
                let sizes = objectSizes(bytes, start: found.lowerBound),
                referencesFit(data, address: found.lowerBound, sizes: sizes)
            else {
                throw HDF5Error(
                    .damaged(reason: "its heap of texts does not hold together"), at: place)
            }
        }
    }

    /// Whether addresses and sizes take eight bytes and count from the start of the file, as in
    /// every file that is not made to be odd.
    private static func sizesAreEightBytes(_ bytes: RawSpan) -> Bool {
        guard bytes.byteCount >= 48, bytes.byte(at: 0) == 0x89 else { return false }
        let isOld = bytes.byte(at: 8) <= 1
        let sizes = isOld ? 13 : 9
        let base = isOld ? (bytes.byte(at: 8) == 0 ? 24 : 28) : 12
        return bytes.byte(at: sizes) == 8 && bytes.byte(at: sizes + 1) == 8
            && bytes.integer(at: base, as: UInt64.self) == 0
    }

    /// The size of each object of the heap at `start`, by its number; `nil` when the heap does
    /// not hold together.
    private static func objectSizes(_ bytes: RawSpan, start: Int) -> [UInt16: UInt64]? {
        guard start + headerSize <= bytes.byteCount else { return nil }
        let room = UInt64(bytes.byteCount - start)
        let size = bytes.integer(at: start + 8, as: UInt64.self)
        guard size >= UInt64(headerSize), size <= room else { return nil }
        var sizes: [UInt16: UInt64] = [:]
        var position = start + headerSize
        let end = start + Int(size)
        while position + headerSize <= end {
            let index = bytes.integer(at: position, as: UInt16.self)
            let objectSize = bytes.integer(at: position + 8, as: UInt64.self)
            // Object 0 is the free space; its size counts its own header.
            let left = UInt64(end - position) - (index == 0 ? 0 : UInt64(headerSize))
            guard objectSize <= left, index > 0 || objectSize >= UInt64(headerSize),
                sizes.updateValue(objectSize, forKey: index) == nil
            else { return nil }
            position +=
                index == 0 ? Int(objectSize) : headerSize + (Int(objectSize) + 7) / 8 * 8
        }
        return sizes
    }

    /// Whether each reference to an object (length, address of the heap, number) is at least as
    /// long as the object.
    private static func referencesFit(
        _ data: Data, address: Int, sizes: [UInt16: UInt64]
    ) -> Bool {
        let bytes = data.bytes
        let pattern = unsafe withUnsafeBytes(of: UInt64(address).littleEndian) { unsafe Data($0) }
        var search = data.startIndex
        while let found = data.range(of: pattern, in: search..<data.endIndex) {
            search = found.lowerBound + 1
            guard found.lowerBound >= 4, found.upperBound + 4 <= data.endIndex,
                let index = UInt16(exactly: bytes.integer(at: found.upperBound, as: UInt32.self)),
                index > 0, let size = sizes[index]
            else { continue }
            let length = bytes.integer(at: found.lowerBound - 4, as: UInt32.self)
            guard size <= UInt64(length) else { return false }
        }
        return true
    }
}

extension RawSpan {
    /// One byte; the position has been checked.
    fileprivate func byte(at position: Int) -> UInt8 {
        integer(at: position, as: UInt8.self)
    }

    /// A little-endian number; the span traps when it does not lie within.
    fileprivate func integer<Number: FixedWidthInteger & BitwiseCopyable>(
        at position: Int, as type: Number.Type
    ) -> Number {
        Number(littleEndian: unsafe unsafeLoadUnaligned(fromByteOffset: position, as: type))
    }
}
