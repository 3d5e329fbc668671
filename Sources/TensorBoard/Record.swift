private import Protobuf

/// A record of TensorFlow's record format: its length, the check of the length, the bytes and
/// their check.
enum Record {
    /// What stands around the bytes.
    static let frameSize = 16

    /// Bytes as a record.
    static func framed(_ bytes: [UInt8]) -> [UInt8] {
        var record: [UInt8] = []
        record.reserveCapacity(bytes.count + frameSize)
        record.appendLittleEndian(UInt64(bytes.count))
        record.appendLittleEndian(CRC32C.masked(record))
        record += bytes
        record.appendLittleEndian(CRC32C.masked(bytes))
        return record
    }

    /// The record that begins somewhere; `nil` when there is no whole and sound one.
    static func bytes(in file: [UInt8], at place: Int) -> ArraySlice<UInt8>? {
        guard file.count - place >= frameSize else { return nil }
        let length = number(file[place..<place + 8])
        guard
            UInt64(CRC32C.masked(file[place..<place + 8])) == number(file[place + 8..<place + 12]),
            length <= UInt64(file.count - place - frameSize)
        else { return nil }
        let bytes = file[place + 12..<place + 12 + Int(length)]
        let check = file[bytes.endIndex..<bytes.endIndex + 4]
        return UInt64(CRC32C.masked(bytes)) == number(check) ? bytes : nil
    }

    private static func number(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
}
