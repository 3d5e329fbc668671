internal import PrintableText

/// A variable of a file of level 5: what its header says, and where its content is.
struct MATLABVariable {
    /// What kind of array it is.
    enum Content: Sendable, Hashable {
        /// Numbers or truth values.
        case numbers
        /// A text.
        case characters
        /// Named fields.
        case fields
        /// Arrays of any kind, each in a cell.
        case cells
        /// Anything else, in words.
        case other(String)
    }

    /// Its name; empty for a field of a struct.
    let name: String
    /// What kind of array it is.
    let content: Content
    /// Its extents, rows first; their product is a number.
    let shape: [Int]
    /// Whether it has imaginary parts.
    let isComplex: Bool
    /// Where its content begins.
    let start: MATLABBytes
    /// Where it ends, on the way of `start`.
    let end: Int
    /// The byte order of the file.
    let isBigEndian: Bool

    /// How many elements it has.
    var count: Int { shape.reduce(1, *) }

    /// Names have at most 63 letters; those of other programs may have more.
    private static let longestName = 4_096

    /// Reads the header of a matrix.
    ///
    /// - Parameters:
    ///   - bytes: Behind the tag of the matrix.
    ///   - byteCount: The bytes of the matrix, which are there.
    ///   - isBigEndian: The byte order of the file.
    /// - Throws: ``IngestError`` when its parts do not lie within it.
    init(
        _ bytes: MATLABBytes, byteCount: Int, isBigEndian: Bool
    ) throws(IngestError) {
        var bytes = bytes
        end = bytes.position + byteCount
        self.isBigEndian = isBigEndian
        guard byteCount > 0 else {
            // An empty field has no header at all.
            name = ""
            content = .numbers
            shape = [0, 0]
            isComplex = false
            start = bytes
            return
        }
        let flags = try Self.small(&bytes, end, isBigEndian, "array flags", at: 8...8)
        let word = MATLABElement.word(flags[..<4], isBigEndian: isBigEndian)
        content = Self.content(ofClass: word & 0xFF)
        isComplex = word & 0x0800 != 0
        let extents = try Self.small(&bytes, end, isBigEndian, "dimensions", at: 8...256)
        var shape: [Int] = []
        var product = 1
        for place in stride(from: 0, to: extents.count - 3, by: 4) {
            let extent = MATLABElement.word(
                extents[place..<place + 4], isBigEndian: isBigEndian)
            let (next, isBeyond) = product.multipliedReportingOverflow(by: extent)
            guard extent <= Int(Int32.max), !isBeyond else {
                throw IngestError(
                    .malformed(expected: "plausible dimensions", found: "\(shape) × \(extent)"),
                    at: bytes.location, hint: "the file is damaged; make or copy it again")
            }
            product = next
            shape.append(extent)
        }
        self.shape = shape
        name = ForeignText.decode(
            try Self.small(&bytes, end, isBigEndian, "a name", at: 0...Self.longestName))
        start = bytes
    }

    /// The data of an element whose size is bounded.
    private static func small(
        _ bytes: inout MATLABBytes, _ end: Int, _ isBigEndian: Bool, _ what: String,
        at sizes: ClosedRange<Int>
    ) throws(IngestError) -> [UInt8] {
        let element = try MATLABElement.read(&bytes, isBigEndian: isBigEndian)
        guard sizes.contains(element.byteCount),
            element.byteCount + element.padding <= end - bytes.position
        else {
            throw IngestError(
                .malformed(
                    expected: "\(what) inside its variable",
                    found: "\(element.byteCount, of: "byte") of kind \(element.kind)"),
                at: bytes.location, hint: "the file is damaged; make or copy it again")
        }
        let data = try bytes.read(element.byteCount)
        try bytes.skip(element.padding)
        return data
    }

    private static func content(ofClass number: Int) -> Content {
        switch number {
        case 4: .characters
        case 6...15: .numbers
        case 2: .fields
        case 1: .cells
        case 3, 17: .other("an object")
        case 5: .other("a sparse matrix")
        case 16: .other("a function")
        default: .other("class \(number)")
        }
    }

    /// The place of its numbers: how they are stored, and where the first one is.
    ///
    /// - Throws: ``IngestError`` when there are fewer than its extents say.
    func numbers() throws(IngestError) -> (kind: MATLABNumber, bytes: MATLABBytes) {
        var bytes = start
        guard count > 0 else { return (.double, bytes) }
        let element = try MATLABElement.read(&bytes, isBigEndian: isBigEndian)
        guard let kind = MATLABNumber(rawValue: element.kind) else {
            throw IngestError(
                .malformed(expected: "numbers", found: "an element of kind \(element.kind)"),
                at: location, hint: "the file is damaged; make or copy it again")
        }
        let (needed, isBeyond) = count.multipliedReportingOverflow(by: kind.byteCount)
        guard !isBeyond, needed == element.byteCount, needed <= end - bytes.position else {
            throw IngestError(
                .inconsistent(
                    expected: shape.map(String.init).joined(separator: " × ") + " numbers",
                    found: "\(element.byteCount, of: "byte")"),
                at: location, hint: "the file is damaged; make or copy it again")
        }
        return (kind, bytes)
    }

    /// The units of a text in UTF-8 some of whose characters take several bytes, as scipy writes
    /// it, column by column; `nil` for any other, which ``numbers()`` gives.
    func wideCharacters() throws(IngestError) -> [UInt16]? {
        var bytes = start
        guard content == .characters, count > 0 else { return nil }
        let element = try MATLABElement.read(&bytes, isBigEndian: isBigEndian)
        guard element.kind == MATLABNumber.utf8.rawValue, element.byteCount > count,
            element.byteCount <= Self.mostTextBytes, element.byteCount <= end - bytes.position,
            let text = TextEncoding.utf8.decode(try bytes.read(element.byteCount)),
            text.utf16.count == count
        else { return nil }
        return Array(text.utf16)
    }

    /// Texts of several bytes a character are in memory as a whole.
    private static let mostTextBytes = 16 << 20

    /// Where it is, for messages.
    var location: SourceLocation {
        SourceLocation(
            file: start.location.file, byte: start.location.byte, object: name.isEmpty ? nil : name)
    }

    /// What is in a cell, counted from 1 column by column; `nil` when there are fewer.
    func cell(_ number: Int) throws(IngestError) -> MATLABVariable? {
        guard content == .cells, (1...max(1, count)).contains(number), count > 0 else { return nil }
        var bytes = start
        for _ in 1..<number {
            let element = try matrix(&bytes, "a cell")
            try bytes.skip(element.byteCount)
        }
        let element = try matrix(&bytes, "a cell")
        return try MATLABVariable(bytes, byteCount: element.byteCount, isBigEndian: isBigEndian)
    }

    /// The tag of a matrix inside this variable.
    func matrix(
        _ bytes: inout MATLABBytes, _ what: String
    ) throws(IngestError) -> MATLABElement {
        let element = try MATLABElement.read(&bytes, isBigEndian: isBigEndian)
        guard element.kind == MATLABElement.matrix, element.byteCount <= end - bytes.position
        else {
            throw IngestError(
                .malformed(
                    expected: "\(what) inside its variable",
                    found: "\(element.byteCount, of: "byte") of kind \(element.kind)"),
                at: location, hint: "the file is damaged; make or copy it again")
        }
        return element
    }

    /// The names of the fields of a struct, none when they cannot be understood.
    ///
    /// - Parameter bytes: At the beginning of the content; afterwards at the first field.
    /// - Returns: The names in the order of the fields.
    /// - Throws: ``IngestError`` when they do not lie within this variable.
    func fieldNames(_ bytes: inout MATLABBytes) throws(IngestError) -> [String] {
        let length = MATLABElement.word(
            try Self.small(&bytes, end, isBigEndian, "a length of names", at: 4...4)[...],
            isBigEndian: isBigEndian)
        let names = try Self.small(
            &bytes, end, isBigEndian, "names of fields", at: 0...Self.longestName * 64)
        guard (1...Self.longestName).contains(length), names.count.isMultiple(of: length) else {
            return []
        }
        return stride(from: 0, to: names.count, by: length).map { place in
            ForeignText.decode(names[place..<place + length].prefix { $0 != 0 })
        }
    }

    /// A field of a struct; `nil` when it has none of that name.
    ///
    /// - Parameters:
    ///   - wanted: The name.
    ///   - number: Which struct of an array, counted from 1 column by column.
    /// - Returns: The field.
    /// - Throws: ``IngestError`` when its parts do not lie within this variable.
    func field(_ wanted: String, of number: Int = 1) throws(IngestError) -> MATLABVariable? {
        guard content == .fields, (1...max(1, count)).contains(number), count > 0 else {
            return nil
        }
        var bytes = start
        let names = try fieldNames(&bytes)
        for _ in 0..<(number - 1) * names.count {
            let element = try matrix(&bytes, "a field")
            try bytes.skip(element.byteCount)
        }
        for name in names {
            let element = try matrix(&bytes, "a field")
            if name == wanted {
                return try MATLABVariable(
                    bytes, byteCount: element.byteCount, isBigEndian: isBigEndian)
            }
            try bytes.skip(element.byteCount)
        }
        return nil
    }
}
