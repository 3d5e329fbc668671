private import CZlib

/// The state of one zlib stream that is unpacked by zlib itself.
///
/// The only place of the module where zlib's pointers are: `Inflater` gives it arrays.
@safe
final class ZlibStream {
    /// What a piece of work came to.
    struct Progress {
        /// How many bytes of the input were used.
        let consumed: Int
        /// How many bytes came out.
        let produced: Int
        /// Whether the stream is over, and its checksum right.
        let isEnd: Bool
    }

    /// Why unpacking cannot go on.
    enum Fault: Error {
        /// There is no memory left.
        case memory
        /// The stream is damaged; what was found in place of a whole one.
        case damaged(String)
    }

    /// zlib's state points back to it: it must stay where it is.
    private let stream: UnsafeMutablePointer<z_stream>

    /// Starts a stream.
    init() throws(Fault) {
        unsafe stream = .allocate(capacity: 1)
        unsafe stream.initialize(to: z_stream())
        let result = unsafe inflateInit_(
            stream, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        guard result == Z_OK else {
            unsafe stream.deallocate()
            throw .memory
        }
    }

    /// A stream that goes on from where another is.
    init(copy other: ZlibStream) throws(Fault) {
        unsafe stream = .allocate(capacity: 1)
        unsafe stream.initialize(to: z_stream())
        guard unsafe inflateCopy(stream, other.stream) == Z_OK else {
            unsafe stream.deallocate()
            throw .memory
        }
    }

    deinit {
        unsafe inflateEnd(stream)
        unsafe stream.deallocate()
    }

    /// Unpacks as much as there is input and room for.
    ///
    /// - Parameters:
    ///   - input: Bytes of the stream.
    ///   - start: The first of them that was not used yet.
    ///   - output: Receives bytes from its start on.
    /// - Returns: How far it came; neither used nor made anything when the input is used up.
    /// - Throws: ``Fault``.
    func unpack(
        _ input: [UInt8], from start: Int, into output: inout [UInt8]
    ) throws(Fault) -> Progress {
        let offered = input.count - start
        let room = output.count
        let result = unsafe input.withUnsafeBufferPointer { input in
            unsafe output.withUnsafeMutableBufferPointer { output in
                // zlib does not write to its input; the pointer is not constant for older callers.
                unsafe stream.pointee.next_in = UnsafeMutablePointer(
                    mutating: input.baseAddress.map { unsafe $0 + start })
                unsafe stream.pointee.avail_in = UInt32(offered)
                unsafe stream.pointee.next_out = output.baseAddress
                unsafe stream.pointee.avail_out = UInt32(room)
                return unsafe inflate(stream, Z_NO_FLUSH)
            }
        }
        switch result {
        case Z_OK, Z_BUF_ERROR, Z_STREAM_END:
            return unsafe Progress(
                consumed: offered - Int(stream.pointee.avail_in),
                produced: room - Int(stream.pointee.avail_out), isEnd: result == Z_STREAM_END)
        case Z_MEM_ERROR: throw .memory
        case Z_NEED_DICT: throw .damaged("a dictionary that is not there")
        default:
            let message = unsafe stream.pointee.msg.map { unsafe String(cString: $0) }
            // The one message that readers of the file may act on.
            guard message != "incorrect data check" else {
                throw .damaged("another checksum than its own")
            }
            throw .damaged("what zlib calls \"\(message ?? "a stream error")\"")
        }
    }
}
