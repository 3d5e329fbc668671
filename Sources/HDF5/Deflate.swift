private import CDeflate

/// Deflate streams in zlib's framing (RFC 1950 and 1951), by libdeflate.
enum Deflate {
    /// Compresses bytes.
    ///
    /// - Parameters:
    ///   - bytes: What to compress.
    ///   - level: From 1 to 9.
    ///   - reserve: Room for that many bytes more is left behind the stream.
    /// - Returns: The stream; `nil` when it would not be shorter than `bytes`.
    static func compress(_ bytes: [UInt8], level: Int, reserve: Int) -> [UInt8]? {
        guard bytes.count > 1, let compressor = unsafe libdeflate_alloc_compressor(Int32(level))
        else { return nil }
        defer { unsafe libdeflate_free_compressor(compressor) }
        var size = 0
        let stream = unsafe [UInt8](
            unsafeUninitializedCapacity: bytes.count + reserve
        ) { buffer, initialized in
            size = unsafe libdeflate_zlib_compress(
                compressor, bytes, bytes.count, buffer.baseAddress, bytes.count - 1)
            initialized = size
        }
        return size > 0 ? stream : nil
    }

    /// Decompresses a stream into exactly `count` bytes.
    ///
    /// - Parameters:
    ///   - stream: The stream. Bytes after its end are not looked at, as in libhdf5.
    ///   - count: How many bytes it gives.
    /// - Returns: The bytes.
    /// - Throws: ``ChunkFault`` when it is damaged or gives another number of bytes.
    static func decompress(_ stream: [UInt8], count: Int) throws(ChunkFault) -> [UInt8] {
        guard let decompressor = unsafe libdeflate_alloc_decompressor() else { throw .memory }
        defer { unsafe libdeflate_free_decompressor(decompressor) }
        var result = LIBDEFLATE_BAD_DATA
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            // Without a place for the number of bytes, fewer than `count` are an error.
            result = unsafe libdeflate_zlib_decompress(
                decompressor, stream, stream.count, buffer.baseAddress, count, nil)
            initialized = result == LIBDEFLATE_SUCCESS ? count : 0
        }
        switch result {
        case LIBDEFLATE_SUCCESS: return bytes
        case LIBDEFLATE_SHORT_OUTPUT: throw .shorter(than: count)
        case LIBDEFLATE_INSUFFICIENT_SPACE: throw .longer(than: count)
        default: throw .stream
        }
    }
}
