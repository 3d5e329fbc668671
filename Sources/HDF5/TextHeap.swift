import CHDF5
import PrintableText

/// Reads texts of any length from the heaps of a file, without libhdf5: version 1.10 of it trusts
/// the sizes in them (``GlobalHeapInspection``), and looking over all heaps of a large file takes
/// longer than reading the few texts that are wanted.
///
/// A text is stored as a reference: its length, the address of a heap (“global heap collection”,
/// HDF5 file format specification III.E) and the number of an object in it.
struct TextHeap: ~Copyable {
    /// The bytes of a reference.
    static let referenceBytes = 16

    /// The longest collection that is read: texts are not signals.
    private static let collectionLimit = 64 << 20
    /// How much of collections is kept.
    private static let cacheLimit = 16 << 20
    /// How much text one dataset or attribute may give.
    private static let textLimit = 256 << 20

    /// `GCOL`, version 1, three reserved bytes.
    private static let signature: [UInt8] = [0x47, 0x43, 0x4F, 0x4C, 1, 0, 0, 0]
    private static let headerSize = 16

    /// The file.
    let file: AddressedBytes
    private let place: Place
    private var collections: [Int: Collection] = [:]
    private var cachedBytes = 0
    private var textBytes = 0

    private struct Collection {
        let bytes: [UInt8]
        /// Where the object of a number lies.
        let objects: [UInt32: Range<Int>]
    }

    /// Makes the heaps of a file readable.
    init(_ file: borrowing File, at place: Place) throws(HDF5Error) {
        let structure = try file.readableStructure(at: place).bytes
        guard structure.addressBytes == 8, structure.lengthBytes == 8 else {
            throw HDF5Error(
                .unexpectedType(
                    expected: "texts of fixed length",
                    found: "texts of any length in a file with addresses of "
                        + "\(structure.addressBytes) bytes"), at: place)
        }
        self.file = structure
        self.place = place
    }

    /// The texts that references stand for.
    ///
    /// - Parameter references: 16 bytes each.
    /// - Returns: A text for each; a reference to nothing is an empty one.
    /// - Throws: ``HDF5Error`` when one leads nowhere.
    mutating func texts(_ references: ArraySlice<UInt8>) throws(HDF5Error) -> [String] {
        let references = Array(references)
        var texts: [String] = []
        for start in stride(from: 0, to: references.count, by: Self.referenceBytes) {
            guard let length = references.number(start, as: UInt32.self),
                let address = references.number(start + 4, as: UInt64.self),
                let number = references.number(start + 12, as: UInt32.self)
            else { throw damaged("a reference to a text is cut off") }
            guard length > 0, address != 0, address != .max else {
                texts.append("")
                continue
            }
            texts.append(try text(length: Int(length), address: address, number: number))
        }
        return texts
    }

    private mutating func text(
        length: Int, address: UInt64, number: UInt32
    ) throws(HDF5Error) -> String {
        let start = Int(clamping: address)
        guard file.holds(start) else { throw damaged("a text lies beyond the end of the file") }
        if collections[start] == nil {
            let collection = try readCollection(start)
            if cachedBytes > Self.cacheLimit {
                collections.removeAll()
                cachedBytes = 0
            }
            collections[start] = collection
            cachedBytes += collection.bytes.count
        }
        guard let collection = collections[start], let object = collection.objects[number],
            length <= object.count
        else { throw damaged("a text is not in the heap that it is said to be in") }
        textBytes += length
        guard textBytes <= Self.textLimit else {
            throw HDF5Error(
                .storage(.tooLarge(bytes: textBytes, limit: Self.textLimit)), at: place)
        }
        let bytes = collection.bytes[object.lowerBound..<object.lowerBound + length]
        return ForeignText.decode(bytes.prefix { $0 != 0 })
    }

    private func readCollection(_ start: Int) throws(HDF5Error) -> Collection {
        let header = try file.read(start, count: Self.headerSize)
        guard header.starts(with: Self.signature), let size = header.number(8, as: UInt64.self),
            size >= UInt64(Self.headerSize), size <= UInt64(file.byteCount)
        else { throw damaged("there is no heap where a text is said to be") }
        guard size <= UInt64(Self.collectionLimit) else {
            throw HDF5Error(
                .storage(.tooLarge(bytes: Int(size), limit: Self.collectionLimit)), at: place)
        }
        let bytes = try file.read(start, count: Int(size))
        var objects: [UInt32: Range<Int>] = [:]
        var position = Self.headerSize
        while let index = bytes.number(position, as: UInt16.self),
            let objectSize = bytes.number(position + 8, as: UInt64.self), index > 0
        {
            let first = position + Self.headerSize
            guard objectSize <= UInt64(bytes.count - first) else {
                throw damaged("an object of its heap of texts is larger than the heap")
            }
            objects[UInt32(index)] = first..<first + Int(objectSize)
            position = first + (Int(objectSize) + 7) / 8 * 8
        }
        return Collection(bytes: bytes, objects: objects)
    }

    private func damaged(_ reason: String) -> HDF5Error {
        HDF5Error(.damaged(reason: reason), at: place)
    }
}
