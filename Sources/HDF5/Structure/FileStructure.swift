import CHDF5

/// The structures of a file that another program may have written, gone through before libhdf5
/// decodes them: it is only given objects whose headers and names hold together.
///
/// Used under the library's lock only.
final class FileStructure {
    /// The file's bytes.
    let bytes: AddressedBytes
    private var whole: Set<Int> = []

    /// Opens a file, before libhdf5 does; `nil` when its first block is of a version that is not
    /// known here: libhdf5 says what is wrong with it.
    ///
    /// - Parameters:
    ///   - place: Where it is.
    ///   - byteCount: Its size.
    /// - Throws: ``HDF5Error`` when it cannot be read, or libhdf5 must not open it.
    init?(_ place: Place, byteCount: Int) throws(HDF5Error) {
        let bytes = try FileBytes(path: place.file, byteCount: byteCount, at: place)
        guard let block = try Superblock(bytes) else { return nil }
        self.bytes = AddressedBytes(bytes, behind: block)
        guard block.end <= byteCount else { throw HDF5Error(.truncated, at: place) }
        for header in block.headers { try check(objectAt: haddr_t(header), at: place) }
    }

    /// Makes sure that the chunks of a dataset take as many bytes as they should.
    ///
    /// - Parameters:
    ///   - dataset: Its identifier.
    ///   - rank: Its dimensions.
    ///   - chunkBytes: The bytes of a chunk; `nil` behind filters.
    ///   - place: Where it is.
    /// - Throws: ``HDF5Error`` when one takes another number of bytes.
    func checkChunks(
        of dataset: hid_t, rank: Int, chunkBytes: Int?, at place: Place
    ) throws(HDF5Error) {
        var address: haddr_t = 0
        try Library.check(
            unsafe chdf5_object_address(dataset, &address), "H5Oget_info", at: place)
        let header = try ObjectHeader(at: Int(clamping: address), in: bytes, at: place)
        guard let tree = header.chunkTree(addressBytes: bytes.addressBytes) else { return }
        try ChunkTreeInspection.check(
            tree, in: bytes, rank: rank, chunkBytes: chunkBytes, at: place)
    }

    /// Makes sure that libhdf5 may decode an object.
    ///
    /// - Parameters:
    ///   - address: Where its header begins.
    ///   - place: The object, for messages.
    /// - Throws: ``HDF5Error`` when something in its header contradicts something else, or it is a
    ///   virtual dataset.
    func check(objectAt address: haddr_t, at place: Place) throws(HDF5Error) {
        let address = Int(clamping: address)
        guard whole.insert(address).inserted else { return }
        do throws(HDF5Error) {
            try look(at: address, place)
        } catch {
            whole.remove(address)
            throw error
        }
    }

    private func look(at address: Int, _ place: Place) throws(HDF5Error) {
        let header = try ObjectHeader(at: address, in: bytes, at: place)
        let verdict = HeaderInspection.verdict(
            on: header, addressBytes: bytes.addressBytes, lengthBytes: bytes.lengthBytes)
        switch verdict {
        case .whole: break
        case .virtual: throw HDF5Error(.storage(.virtual), at: place)
        case .damaged(let part):
            throw HDF5Error(
                .damaged(reason: "the \(part) in its header contradicts itself"), at: place)
        }
        for message in header.messages where message.kind == ObjectHeader.Kind.symbolTable {
            guard GroupInspection.isWhole(message.bytes, in: bytes) else {
                throw HDF5Error(
                    .damaged(reason: "the names in the group do not hold together"), at: place)
            }
        }
        for message in header.messages where message.kind == ObjectHeader.Kind.datatype {
            if message.isShared, let shared = committed(message.bytes) {
                try check(objectAt: haddr_t(shared), at: place)
            }
        }
    }

    /// Where the header of a committed type is, by a message that refers to it.
    private func committed(_ message: [UInt8]) -> Int? {
        var cursor = ByteCursor(message)
        guard let version = try? cursor.byte(), let kind = try? cursor.byte(),
            // In the last version, kind 1 is a place in a heap of messages.
            version < 3 || kind == 2, (try? cursor.skip(version == 1 ? 6 : 0)) != nil,
            let address = try? cursor.number(bytes.addressBytes), bytes.holds(address)
        else { return nil }
        return address
    }
}
