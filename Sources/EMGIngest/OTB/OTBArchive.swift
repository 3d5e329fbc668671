private import CArchive
internal import Foundation
internal import PrintableText

/// The members of a tar or zip archive, one after another, by libarchive.
///
/// Nothing is unpacked to the disk. Sizes are what the archive says, and are held against the
/// file's own before a member is read.
@safe final class OTBArchive {
    /// A member.
    struct Member: Sendable, Hashable {
        /// Its name in the archive.
        let name: String
        /// Its bytes.
        let byteCount: Int
    }

    private let archive: OpaquePointer
    private let file: String
    private let fileBytes: Int
    private var totalBytes = 0
    private var memberCount = 0

    /// Recordings are noise, which hardly gets smaller: what grows more than this is none.
    private static let largestExpansion = 200
    private static let expansionAllowance = 64 << 20
    private static let mostMembers = 10_000

    /// Opens an archive.
    init(_ url: URL) throws(IngestError) {
        let name = url.relativePath
        let target = try PositionedFile(url)
        guard let made = unsafe archive_read_new() else {
            throw IngestError(
                .unreadable(reason: "no memory for an archive"), at: SourceLocation(file: name))
        }
        unsafe archive = made
        file = name
        fileBytes = target.byteCount
        unsafe archive_read_support_filter_gzip(archive)
        unsafe archive_read_support_format_tar(archive)
        unsafe archive_read_support_format_zip(archive)
        let path = url.resolvingSymlinksInPath().path(percentEncoded: false)
        guard unsafe archive_read_open_filename(archive, path, 1 << 16) == ARCHIVE_OK else {
            throw fault("an archive of OTBioLab", hint: "is this a file .otb+?")
        }
    }

    deinit {
        unsafe archive_read_free(archive)
    }

    /// The next member that is a file; `nil` at the end.
    func next() throws(IngestError) -> Member? {
        while true {
            var entry: OpaquePointer?
            let status = unsafe archive_read_next_header(archive, &entry)
            if status == ARCHIVE_EOF { return nil }
            // A warning is about what does not matter here, such as the encoding of a name.
            guard status == ARCHIVE_OK || status == ARCHIVE_WARN, let entry = unsafe entry else {
                throw fault("a whole archive", hint: "the file was cut; copy it again")
            }
            memberCount += 1
            guard memberCount <= Self.mostMembers else {
                throw IngestError(
                    .unsupported(feature: "an archive of more than \(Self.mostMembers) members"),
                    at: SourceLocation(file: file))
            }
            guard unsafe archive_entry_filetype(entry) == S_IFREG,
                let text = unsafe archive_entry_pathname(entry)
            else { continue }
            let name = unsafe ForeignText.decode(cString: text)
            guard unsafe archive_entry_size_is_set(entry) != 0 else {
                throw IngestError(
                    .unsupported(feature: "a member without a size"),
                    at: SourceLocation(file: file, object: name), hint: "pack it again")
            }
            let size = Int(clamping: unsafe archive_entry_size(entry))
            let limit = Self.expansionAllowance + Self.largestExpansion * fileBytes
            guard size >= 0, size <= limit - totalBytes else {
                throw IngestError(
                    .inconsistent(
                        expected: "members that go into \(fileBytes, of: "byte")",
                        found: "\(size, of: "byte")"),
                    at: SourceLocation(file: file, object: name),
                    hint: "the file is damaged or made to exhaust memory")
            }
            totalBytes += size
            return Member(name: name, byteCount: size)
        }
    }

    /// Bytes of the member that ``next()`` gave last.
    ///
    /// - Parameter count: How many; the member has them by its size.
    /// - Returns: All of them.
    /// - Throws: ``IngestError`` when the archive ends before.
    func read(_ count: Int) throws(IngestError) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count)
        while bytes.count < count {
            let wanted = min(count - bytes.count, 1 << 16)
            var found = 0
            let piece = unsafe [UInt8](unsafeUninitializedCapacity: wanted) { buffer, filled in
                found = unsafe archive_read_data(archive, buffer.baseAddress, wanted)
                filled = max(0, found)
            }
            guard found > 0 else {
                throw fault("\(count - bytes.count, of: "more byte")", hint: "the file was cut")
            }
            bytes.append(contentsOf: piece)
        }
        return bytes
    }

    private func fault(_ expected: String, hint: String) -> IngestError {
        let reason = unsafe archive_error_string(archive).map { unsafe String(cString: $0) }
        return IngestError(
            .malformed(expected: expected, found: reason ?? "its end"),
            at: SourceLocation(file: file), hint: hint)
    }
}
