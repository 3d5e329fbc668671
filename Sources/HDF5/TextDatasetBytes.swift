import Foundation
import PrintableText

/// The bytes of a file as they lie on the disk, a few at a time.
struct FileBytes: ~Copyable {
    /// The size of the file in bytes.
    let byteCount: Int
    private let handle: FileHandle
    private let place: Place

    /// Opens a file.
    init(path: String, byteCount: Int, at place: Place) throws(HDF5Error) {
        guard let handle = FileHandle(forReadingAtPath: path) else {
            throw HDF5Error(.unreadable(reason: "it cannot be opened again"), at: place)
        }
        self.handle = handle
        self.byteCount = byteCount
        self.place = place
    }

    deinit {
        // A file that was only read has nothing to lose when closing it fails.
        try? handle.close()
    }

    /// Bytes that lie within the file.
    ///
    /// - Parameters:
    ///   - start: The first byte.
    ///   - count: How many.
    /// - Returns: Exactly as many.
    /// - Throws: ``HDF5Error`` when the file ends before.
    func read(_ start: Int, count: Int) throws(HDF5Error) -> [UInt8] {
        guard start >= 0, count >= 0, start <= byteCount - count else {
            throw HDF5Error(.damaged(reason: "it points beyond the end of the file"), at: place)
        }
        let data: Data
        do {
            try handle.seek(toOffset: UInt64(start))
            data = try handle.read(upToCount: count) ?? Data()
        } catch {
            throw HDF5Error(.unreadable(reason: "\(error)"), at: place)
        }
        guard data.count == count else { throw HDF5Error(.truncated, at: place) }
        return Array(data)
    }
}

extension [UInt8] {
    /// A little-endian number, as HDF5 stores its structures; `nil` when it does not lie within.
    func number<Number: FixedWidthInteger>(_ position: Int, as type: Number.Type) -> Number? {
        let width = Number.bitWidth / 8
        guard position >= 0, position <= count - width else { return nil }
        var number: Number = 0
        for index in (position..<position + width).reversed() {
            number = (width == 1 ? 0 : number << 8) | Number(truncatingIfNeeded: self[index])
        }
        return number
    }
}

extension ForeignText {
    /// A text of fixed length without what pads it.
    static func decode(_ bytes: ArraySlice<UInt8>, isSpacePadded: Bool) -> String {
        var text = bytes.prefix { $0 != 0 }
        if isSpacePadded {
            while text.last == UInt8(ascii: " ") { text.removeLast() }
        }
        return decode(text)
    }

    /// A name that the library gave, up to its end.
    static func decode(name: [CChar]) -> String {
        decode(name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)))
    }
}
