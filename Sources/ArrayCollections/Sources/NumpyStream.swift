private import CArchive
internal import Foundation
internal import NPY
private import PrintableText

/// The numbers of an array, read from front to back: of an `.npy`, or of a member of an `.npz`.
@safe final class NumpyStream {
    /// An array in a file.
    struct Entry: Sendable, Hashable {
        /// Its name, without `.npy`.
        let name: String
        let header: NPYHeader
    }

    private let archive: OpaquePointer
    private let file: String
    private let fileBytes: Int

    /// A stream of deflate gives at most so many bytes for each of its own.
    private static let largestExpansion = 1_032
    private static let longestHeader = 1 << 16
    private static let mostMembers = 10_000

    /// Opens an array at its numbers.
    convenience init(_ url: URL, _ entry: Entry) throws(ArrayError) {
        try self.init(url)
        while let (name, size) = try next() {
            guard name == entry.name else { continue }
            _ = try read(entry.header.dataStart)
            _ = size
            return
        }
        throw fault("the array \(entry.name)")
    }

    private init(_ url: URL) throws(ArrayError) {
        file = url.path(percentEncoded: false)
        do {
            let attributes = try FileManager.default.attributesOfItem(
                atPath: url.resolvingSymlinksInPath().path(percentEncoded: false))
            fileBytes = (attributes[.size] as? NSNumber)?.intValue ?? 0
        } catch {
            throw ArrayError(reading: url, error)
        }
        guard let made = unsafe archive_read_new() else {
            throw ArrayError(
                .fileSystem(reason: "no memory for an archive"), at: file, hint: "free some memory")
        }
        unsafe archive = made
        if url.pathExtension.lowercased() == "npz" {
            unsafe archive_read_support_format_zip(archive)
        } else {
            // One file as it is.
            unsafe archive_read_support_format_raw(archive)
        }
        let path = url.resolvingSymlinksInPath().path(percentEncoded: false)
        guard unsafe archive_read_open_filename(archive, path, 1 << 16) == ARCHIVE_OK else {
            throw fault("a NumPy file")
        }
    }

    deinit { unsafe archive_read_free(archive) }

    /// The next array's name, and its size where it is known.
    private func next() throws(ArrayError) -> (name: String, size: Int)? {
        while true {
            var entry: OpaquePointer?
            let status = unsafe archive_read_next_header(archive, &entry)
            if status == ARCHIVE_EOF { return nil }
            guard status == ARCHIVE_OK || status == ARCHIVE_WARN, let entry = unsafe entry else {
                throw fault("a whole archive")
            }
            let isRaw = unsafe archive_format(archive) == ARCHIVE_FORMAT_RAW
            guard !isRaw else { return ("data", fileBytes) }
            guard let text = unsafe archive_entry_pathname(entry) else { continue }
            let name = unsafe ForeignText.decode(cString: text)
            guard name.hasSuffix(".npy") else { continue }
            let isKnown = unsafe archive_entry_size_is_set(entry) != 0
            let size = isKnown ? Int(clamping: unsafe archive_entry_size(entry)) : .max
            guard !isKnown || size <= Self.largestExpansion * fileBytes else {
                throw fault("an array that goes into \(fileBytes) bytes")
            }
            return (String(name.dropLast(4)), size)
        }
    }

    /// The next bytes of the array.
    func read(_ count: Int) throws(ArrayError) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(min(count, 64 << 20))
        while bytes.count < count {
            let piece = try some(count - bytes.count)
            guard !piece.isEmpty else { throw fault("\(count - bytes.count) more bytes") }
            bytes += piece
        }
        return bytes
    }

    /// Some of the next bytes; none at the end.
    private func some(_ most: Int) throws(ArrayError) -> [UInt8] {
        let wanted = min(most, 1 << 20)
        var found = 0
        let piece = unsafe [UInt8](unsafeUninitializedCapacity: wanted) { buffer, filled in
            found = unsafe archive_read_data(archive, buffer.baseAddress, wanted)
            filled = max(0, found)
        }
        guard found >= 0 else { throw fault("a whole array") }
        return piece
    }

    private func fault(_ expected: String) -> ArrayError {
        let reason = unsafe archive_error_string(archive).map { unsafe String(cString: $0) }
        return ArrayError(
            .invalid(expected: expected, found: reason ?? "its end"), at: file,
            hint: "the file is damaged or cut off: save it again")
    }

    // MARK: What a file holds

    /// The arrays of a file, by their headers.
    static func entries(of url: URL) throws(ArrayError) -> [Entry] {
        let stream = try NumpyStream(url)
        var entries: [Entry] = []
        while let (name, size) = try stream.next() {
            guard entries.count < mostMembers else {
                throw stream.fault("at most \(mostMembers) arrays")
            }
            var prefix: [UInt8] = []
            while prefix.count < longestHeader {
                let piece = try stream.some(longestHeader - prefix.count)
                if piece.isEmpty { break }
                prefix += piece
            }
            do throws(NPYError) {
                let header = try NPYHeader(prefix, byteCount: size)
                if size != .max { try header.check(byteCount: size) }
                entries.append(Entry(name: name, header: header))
            } catch {
                if case .type = error.kind, url.pathExtension.lowercased() == "npz" {
                    // An array that nobody asks for may hold what it likes.
                    continue
                }
                throw ArrayError(
                    .invalid(expected: "an array of numbers", found: error.description),
                    at: stream.file, object: name,
                    hint: "save whole numbers or floats; texts stand in a text file, one a line")
            }
        }
        guard !entries.isEmpty else { throw stream.fault("an array of numbers") }
        return entries
    }

    static func entry(
        _ name: String, among entries: [Entry], of file: String
    ) throws(ArrayError) -> Entry {
        guard let entry = entries.first(where: { $0.name == name }) else {
            throw ArrayError(
                .missing("array of numbers \"\(name)\"", known: entries.map(\.name)), at: file,
                hint: "name one of those; texts are not read")
        }
        return entry
    }

    /// All numbers of an array.
    static func numbers(of url: URL, _ entry: Entry) throws(ArrayError) -> [Double] {
        let stream = try NumpyStream(url, entry)
        let count = entry.header.shape.reduce(1, *)
        return entry.header.type.numbers(
            in: Data(try stream.read(count * entry.header.type.byteCount)))
    }
}
