/// What the first bytes of a file look like, for telling a user what they gave us instead.
package enum ContentKind: Sendable, Hashable, CustomStringConvertible {
    /// No bytes at all.
    case empty
    /// Text in a single-byte encoding or UTF-8.
    case text
    /// Text, behind a UTF-8 byte order mark.
    case textWithMark
    /// Something that certainly is not text of ours; the payload names it.
    case other(name: String, hint: String)

    /// Looks at the first bytes of a file.
    package init(prefix: [UInt8]) {
        guard !prefix.isEmpty else {
            self = .empty
            return
        }
        if prefix.starts(with: [0xEF, 0xBB, 0xBF]) {
            self = .textWithMark
            return
        }
        for signature in Self.signatures where prefix.starts(with: signature.bytes) {
            self = .other(name: signature.name, hint: signature.hint)
            return
        }
        let sample = prefix.prefix(256)
        let reencode = "save it as UTF-8, for example with iconv -t UTF-8"
        let nulsAtEven = stride(from: 0, to: sample.count, by: 2).count { sample[$0] == 0 }
        let nulsAtOdd = stride(from: 1, to: sample.count, by: 2).count { sample[$0] == 0 }
        let half = sample.count / 2
        if half >= 2, nulsAtOdd * 4 >= half * 3, nulsAtEven == 0 {
            self = .other(name: "text in UTF-16 (little-endian)", hint: reencode)
        } else if half >= 2, nulsAtEven * 4 >= half * 3, nulsAtOdd == 0 {
            self = .other(name: "text in UTF-16 (big-endian)", hint: reencode)
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

    private static func isControl(_ byte: UInt8) -> Bool {
        (byte < 0x20 || byte == 0x7F) && !blanks.contains(byte)
    }

    private static let blanks: Set<UInt8> = [0x09, 0x0A, 0x0D, 0x20]

    private static let signatures: [(bytes: [UInt8], name: String, hint: String)] = [
        ([0xFF, 0xFE, 0x00, 0x00], "text in UTF-32", "save it as UTF-8"),
        (
            [0xFF, 0xFE], "text in UTF-16 (little-endian)",
            "save it as UTF-8, for example with iconv -f UTF-16 -t UTF-8"
        ),
        (
            [0xFE, 0xFF], "text in UTF-16 (big-endian)",
            "save it as UTF-8, for example with iconv -f UTF-16 -t UTF-8"
        ),
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
