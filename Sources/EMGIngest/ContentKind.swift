package import PrintableText

/// What the first bytes of a file look like, for telling a user what they gave us instead.
package enum ContentKind: Sendable, Hashable, CustomStringConvertible {
    /// No bytes at all.
    case empty
    /// Text in a single-byte encoding or UTF-8.
    case text
    /// Text, behind a byte order mark of UTF-8 or UTF-16.
    case textWithMark
    /// Something that certainly is not text of ours; the payload names it.
    case other(name: String, hint: String)

    /// Looks at the first bytes of a file.
    package init(prefix: [UInt8]) {
        guard !prefix.isEmpty else {
            self = .empty
            return
        }
        if ByteOrderMark(prefix) != nil {
            self = .textWithMark
            return
        }
        for signature in Self.signatures where prefix.starts(with: signature.bytes) {
            self = .other(name: signature.name, hint: signature.hint)
            return
        }
        let sample = prefix.prefix(256)
        if let isBigEndian = UTF16Transcoder.isBigEndian(sample) {
            self = .other(
                name: "text in UTF-16 (\(isBigEndian ? "big" : "little")-endian) without its mark",
                hint: "a template with \"encoding: utf-16\" reads it (--template FILE)")
        } else if let first = prefix.first(where: { !Self.blanks.contains($0) }),
            first == UInt8(ascii: "<")
        {
            self = .other(
                name: "HTML or XML",
                hint: "a download may have saved a web page in place of the file")
        } else if let first = prefix.first(where: { !Self.blanks.contains($0) }),
            first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
        {
            self = .other(name: "JSON", hint: "")
        } else if sample.count(where: Self.isControl) * 10 > sample.count {
            self = .other(name: "binary data", hint: "")
        } else {
            self = .text
        }
    }

    /// What it is, in words.
    package var description: String {
        switch self {
        case .empty: "an empty file"
        case .text, .textWithMark: "other text"
        case .other(let name, _): name
        }
    }

    /// The text that a file begins with, in UTF-8 or an encoding of single bytes, without a byte
    /// order mark; its last character may be cut.
    ///
    /// - Parameters:
    ///   - prefix: The first bytes of the file.
    ///   - encoding: The encoding, when somebody declared one.
    /// - Returns: The bytes of the text; `nil` when it is something else. What begins like JSON
    ///   may be a table, too.
    package static func text(_ prefix: [UInt8], encoding: TextEncoding? = nil) -> [UInt8]? {
        var isBigEndian: Bool?
        switch ByteOrderMark(prefix) {
        case .utf8: return Array(prefix.dropFirst(3))
        case .utf16(let isBig): isBigEndian = isBig
        case nil: if encoding == .utf16 { isBigEndian = UTF16Transcoder.isBigEndian(prefix) }
        }
        if let isBigEndian {
            var transcoder = UTF16Transcoder(isBigEndian: isBigEndian)
            var text: [UInt8] = []
            let mark = ByteOrderMark(prefix)?.length ?? 0
            // Up to the first fault: reading the file tells of it.
            try? transcoder.append(prefix.dropFirst(mark), to: &text)
            return text
        }
        return switch ContentKind(prefix: prefix) {
        case .empty: nil
        case .other(let name, _): name == "JSON" ? prefix : nil
        case .text, .textWithMark: prefix
        }
    }

    private static func isControl(_ byte: UInt8) -> Bool {
        (byte < 0x20 || byte == 0x7F) && !blanks.contains(byte)
    }

    private static let blanks: Set<UInt8> = [0x09, 0x0A, 0x0D, 0x20]

    private static let signatures: [(bytes: [UInt8], name: String, hint: String)] = [
        ([0xFF, 0xFE, 0x00, 0x00], "text in UTF-32", "convert it with iconv -f UTF-32 -t UTF-8"),
        ([0x1F, 0x8B], "a gzip-compressed file", "unpack it first, for example with gunzip"),
        ([0x28, 0xB5, 0x2F, 0xFD], "a zstd-compressed file", "unpack it first with unzstd"),
        (Array("BZh".utf8), "a bzip2-compressed file", "unpack it first with bunzip2"),
        ([0xFD, 0x37, 0x7A, 0x58, 0x5A], "an xz-compressed file", "unpack it first with unxz"),
        (
            [0x50, 0x4B, 0x03, 0x04], "a zip archive or a spreadsheet",
            "unpack it, or save the sheet as CSV"
        ),
        ([0x89, 0x48, 0x44, 0x46], "an HDF5 file", ""),
        (Array("MATLAB ".utf8), "a MATLAB file", ""),
        ([0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59], "a NumPy array", ""),
        (Array("%PDF".utf8), "a PDF document", ""),
        ([0x89, 0x50, 0x4E, 0x47], "a PNG image", ""),
        ([0xD0, 0xCF, 0x11, 0xE0], "an old Office document", "save the sheet as CSV"),
    ]
}
