import CHDF5

/// The messages of an object's header, read without libhdf5: to go through them before it does,
/// and to find the bytes of an attribute or of a small dataset that it would only give after
/// following references in them.
///
/// HDF5 file format specification IV.A.
struct ObjectHeader {
    /// A message.
    struct Message {
        let kind: UInt16
        /// Whether its contents stand elsewhere.
        let isShared: Bool
        let bytes: [UInt8]

        /// What it tells of, in words.
        var name: String { Kind.names[kind] ?? "message of kind \(kind)" }
    }

    /// The kinds of messages that are looked at.
    enum Kind {
        static let dataspace: UInt16 = 0x01
        static let datatype: UInt16 = 0x03
        static let oldFillValue: UInt16 = 0x04
        static let fillValue: UInt16 = 0x05
        static let link: UInt16 = 0x06
        static let layout: UInt16 = 0x08
        static let filters: UInt16 = 0x0B
        static let attribute: UInt16 = 0x0C
        static let continuation: UInt16 = 0x10
        static let symbolTable: UInt16 = 0x11

        static let names: [UInt16: String] = [
            dataspace: "shape", datatype: "type", oldFillValue: "fill value",
            fillValue: "fill value", link: "link", layout: "layout", filters: "list of filters",
            attribute: "attribute",
        ]
    }

    /// A header has a handful of blocks; a chain of more goes in a circle.
    private static let blockLimit = 1_000
    private static let byteLimit = 16 << 20

    /// The messages, in their order.
    private(set) var messages: [Message] = []
    private let place: Place

    /// Reads the header of an open object.
    ///
    /// - Parameters:
    ///   - object: Its identifier.
    ///   - file: The file's bytes.
    ///   - place: Where the object is.
    /// - Throws: ``HDF5Error`` when the header does not hold together.
    init(
        of object: borrowing Handle, in file: AddressedBytes, at place: Place
    ) throws(HDF5Error) {
        var address: haddr_t = 0
        try Library.check(
            unsafe chdf5_object_address(object.id, &address), "H5Oget_info", at: place)
        try self.init(at: Int(clamping: address), in: file, at: place)
    }

    /// Reads the header at an address.
    ///
    /// - Parameters:
    ///   - start: The address.
    ///   - file: The file's bytes.
    ///   - place: Where the object is.
    /// - Throws: ``HDF5Error`` when the header does not hold together.
    init(at start: Int, in file: AddressedBytes, at place: Place) throws(HDF5Error) {
        self.place = place
        let prefix = try file.read(start, upTo: 48)
        if prefix.first == 1, let size = prefix.number(8, as: UInt32.self) {
            try readBlocks(start: start + 16, count: Int(size), in: file, isOld: true, flags: 0)
        } else if prefix.starts(with: Array("OHDR".utf8)), prefix.count >= 16 {
            let flags = prefix[5]
            var position = 6 + (flags & 0x20 == 0 ? 0 : 16) + (flags & 0x10 == 0 ? 0 : 4)
            let width = 1 << Int(flags & 3)
            var size = 0
            for index in (0..<width).reversed() where position + index < prefix.count {
                size = size << 8 | Int(prefix[position + index] & (index == 7 ? 0x7F : 0xFF))
            }
            position += width
            try readBlocks(
                start: start + position, count: size, in: file, isOld: false, flags: flags)
        } else {
            throw damaged
        }
    }

    /// The values of an attribute as they are stored.
    ///
    /// - Parameter name: The attribute.
    /// - Returns: Its bytes; `nil` when they are not in the header itself.
    /// - Throws: ``HDF5Error`` when a message does not hold together.
    func attributeBytes(_ name: String) throws(HDF5Error) -> [UInt8]? {
        for message in messages where message.kind == Kind.attribute && !message.isShared {
            let bytes = message.bytes
            guard let version = bytes.first, (1...3).contains(version),
                let nameSize = bytes.number(2, as: UInt16.self),
                let typeSize = bytes.number(4, as: UInt16.self),
                let spaceSize = bytes.number(6, as: UInt16.self)
            else { throw damaged }
            // The first version pads each part to 8 bytes, the third has a character set.
            func padded(_ size: UInt16) -> Int {
                version == 1 ? (Int(size) + 7) / 8 * 8 : Int(size)
            }
            let start = version == 3 ? 9 : 8
            let nameEnd = start + Int(nameSize)
            let valueStart = start + padded(nameSize) + padded(typeSize) + padded(spaceSize)
            guard nameEnd <= bytes.count, valueStart <= bytes.count else { throw damaged }
            if bytes[start..<nameEnd].prefix(while: { $0 != 0 }).elementsEqual(name.utf8) {
                return Array(bytes[valueStart...])
            }
        }
        return nil
    }

    /// Where the index of a dataset's chunks begins, in the way of HDF5 before 1.10; `nil` for any
    /// other way. When no chunk was written, the address of nothing.
    func chunkTree(addressBytes: Int) -> Int? {
        for message in messages where message.kind == Kind.layout && !message.isShared {
            var cursor = ByteCursor(message.bytes)
            guard let version = try? cursor.byte(), version <= 3 else { return nil }
            // The first two versions have rank, class and five reserved bytes in front.
            let kind = version == 3 ? message.bytes[1...].first : message.bytes[2...].first
            guard kind == 2, (try? cursor.skip(version == 3 ? 2 : 7)) != nil else { return nil }
            return try? cursor.number(addressBytes)
        }
        return nil
    }

    /// The values of a dataset that is stored in its own header.
    var compactBytes: [UInt8]? {
        for message in messages where message.kind == Kind.layout && !message.isShared {
            let bytes = message.bytes
            guard let version = bytes.first, version == 3 || version == 4, bytes.count >= 4,
                bytes[1] == 0, let size = bytes.number(2, as: UInt16.self),
                4 + Int(size) <= bytes.count
            else { return nil }
            return Array(bytes[4..<4 + Int(size)])
        }
        return nil
    }

    private mutating func readBlocks(
        start: Int, count: Int, in file: AddressedBytes, isOld: Bool, flags: UInt8
    ) throws(HDF5Error) {
        var blocks = [(start: start, count: count)]
        var next = 0
        var total = 0
        let messageHeader = isOld ? 8 : (flags & 0x04 == 0 ? 4 : 6)
        while next < blocks.count {
            let block = blocks[next]
            next += 1
            guard next <= Self.blockLimit, (0...Self.byteLimit).contains(block.count),
                total + block.count <= Self.byteLimit
            else { throw damaged }
            total += block.count
            let bytes = try file.read(block.start, count: block.count)
            var position = 0
            while position + messageHeader <= bytes.count {
                let kind =
                    isOld
                    ? bytes.number(position, as: UInt16.self) ?? 0 : UInt16(bytes[position])
                let size = Int(bytes.number(position + (isOld ? 2 : 1), as: UInt16.self) ?? 0)
                let marks = bytes[position + (isOld ? 4 : 3)]
                position += messageHeader
                guard size <= bytes.count - position else { break }
                let body = Array(bytes[position..<position + size])
                position += size
                if kind == Kind.continuation {
                    var cursor = ByteCursor(body)
                    guard let address = try? cursor.number(file.addressBytes),
                        let length = try? cursor.number(file.lengthBytes), file.holds(address)
                    else { throw damaged }
                    // Newer blocks have a signature before and a checksum behind.
                    let (lead, tail) = isOld ? (0, 0) : (4, 4)
                    blocks.append((address + lead, length - lead - tail))
                } else {
                    messages.append(
                        Message(kind: kind, isShared: marks & 0x02 != 0, bytes: body))
                }
            }
        }
    }

    private var damaged: HDF5Error {
        HDF5Error(.damaged(reason: "an object's header does not hold together"), at: place)
    }
}
