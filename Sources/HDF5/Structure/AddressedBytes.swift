/// The bytes of a file by the addresses in its structures, which count from behind the user block.
struct AddressedBytes {
    /// The bytes of an address and of a length in the file.
    let addressBytes: Int
    let lengthBytes: Int
    /// What addresses count from: behind the user block.
    let base: Int
    private let bytes: FileBytes

    /// The bytes of a file that begins with a block.
    init(_ bytes: FileBytes, behind block: Superblock) {
        self.bytes = bytes
        addressBytes = block.addressBytes
        lengthBytes = block.lengthBytes
        base = block.base
    }

    /// The size of the file.
    var byteCount: Int { bytes.byteCount }

    /// Bytes at an address.
    ///
    /// - Throws: ``HDF5Error`` when they do not lie in the file.
    func read(_ address: Int, count: Int) throws(HDF5Error) -> [UInt8] {
        let (start, overflows) = address.addingReportingOverflow(base)
        return try bytes.read(overflows ? .max : start, count: count)
    }

    /// Bytes at an address, as many as the file has of them.
    ///
    /// - Throws: ``HDF5Error`` when the address does not lie in the file.
    func read(_ address: Int, upTo count: Int) throws(HDF5Error) -> [UInt8] {
        guard holds(address) else { return try read(address, count: count) }
        return try read(address, count: min(count, bytes.byteCount - base - address))
    }

    /// Whether an address lies in the file.
    func holds(_ address: Int) -> Bool { address >= 0 && address < bytes.byteCount - base }
}
