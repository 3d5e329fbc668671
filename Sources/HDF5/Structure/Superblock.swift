/// Where a file says that its root group is, and how wide its numbers are (HDF5 file format
/// specification II).
struct Superblock {
    /// What addresses count from: behind the user block.
    let base: Int
    /// The bytes of an address and of a length.
    let addressBytes: Int
    let lengthBytes: Int
    /// One past the last byte that the file should have.
    let end: Int
    /// The headers that libhdf5 reads when it opens the file: that of the root group, and of what
    /// extends this block.
    let headers: [Int]

    /// Reads it; `nil` when it is of a version that is not known here.
    ///
    /// - Parameter file: The file, with a signature at byte 0, 512, 1024, 2048 and so on.
    /// - Throws: ``HDF5Error`` when the file cannot be read.
    init?(_ file: FileBytes) throws(HDF5Error) {
        var offset = 0
        while true {
            guard offset + 8 <= file.byteCount else { return nil }
            if try file.read(offset, count: 8) == FileSignature.bytes { break }
            offset = offset == 0 ? 512 : offset * 2
        }
        base = offset
        let bytes = try file.read(offset, count: min(128, file.byteCount - offset))
        do {
            var cursor = ByteCursor(bytes)
            try cursor.skip(8)
            let version = try cursor.byte()
            if version >= 2 {
                addressBytes = Int(try cursor.byte())
                lengthBytes = Int(try cursor.byte())
                guard version <= 3, Self.areWidths(addressBytes, lengthBytes) else { return nil }
                try cursor.skip(1 + addressBytes)
                let extra = try cursor.number(addressBytes)
                end = try cursor.number(addressBytes)
                headers = [try cursor.number(addressBytes), extra].filter { $0 != .max }
            } else {
                try cursor.skip(4)
                addressBytes = Int(try cursor.byte())
                lengthBytes = Int(try cursor.byte())
                guard Self.areWidths(addressBytes, lengthBytes) else { return nil }
                try cursor.skip(9 + (version == 1 ? 4 : 0) + 2 * addressBytes)
                end = try cursor.number(addressBytes)
                try cursor.skip(addressBytes + lengthBytes)
                headers = [try cursor.number(addressBytes)]
            }
        } catch {
            return nil
        }
    }

    private static func areWidths(_ widths: Int...) -> Bool {
        widths.allSatisfy { [2, 4, 8, 16, 32].contains($0) && $0 <= 8 }
    }
}
