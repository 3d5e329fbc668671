private import PrintableText

/// A strict JSON parser (RFC 8259) that keeps the position of every value.
///
/// Foundation's decoder tells neither line nor path of a fault in the middle of a manifest, and
/// takes the last of two members of one name; both matter for files that anyone may have edited.
struct JSONParser {
    let bytes: [UInt8]
    private let document: String
    /// The member at the top whose elements stay text until they are asked for.
    private let listKeptAsText: String?
    var index = 0
    private var line = 1
    /// A place in the current line whose column is known; the next one is counted from there.
    private var counted = (index: 0, column: 1)

    /// How deep lists and objects may nest.
    static let depthLimit = 128

    init(bytes: [UInt8], document: String, keepingAsText list: String? = nil) {
        self.bytes = bytes
        self.document = document
        listKeptAsText = list
    }

    mutating func parse() throws(DocumentError) -> DocumentValue {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { index = 3 }
        counted.index = index
        if let invalid = Self.firstInvalidUTF8(in: bytes) {
            advanceLines(to: invalid)
            throw syntax(expected: "UTF-8 text", found: "an invalid byte")
        }
        skipSpace()
        guard index < bytes.count else { throw syntax(expected: "a value", found: "nothing") }
        let root = try value(depth: 0)
        skipSpace()
        guard index == bytes.count else {
            throw syntax(expected: "the end of the document", found: foundHere)
        }
        return root
    }

    // MARK: Values

    mutating func value(depth: Int) throws(DocumentError) -> DocumentValue {
        guard depth < Self.depthLimit else {
            throw syntax(
                expected: "at most \(Self.depthLimit) levels of nesting", found: "one more")
        }
        let start = mark()
        switch current {
        case UInt8(ascii: "{"): return DocumentValue(try object(depth: depth), at: start)
        case UInt8(ascii: "["): return DocumentValue(try array(depth: depth), at: start)
        case UInt8(ascii: "\""): return DocumentValue(.string(try string()), at: start)
        case let byte? where byte == UInt8(ascii: "-") || Self.isDigit(byte):
            return DocumentValue(try number(), at: start)
        default: return DocumentValue(try word(), at: start)
        }
    }

    private mutating func object(depth: Int) throws(DocumentError) -> DocumentValue.Content {
        var members: [DocumentValue.Member] = []
        var seen: Set<String> = []
        index += 1
        skipSpace()
        if take("}") { return .object([]) }
        repeat {
            skipSpace()
            let place = mark()
            guard current == UInt8(ascii: "\"") else {
                throw syntax(expected: "a member's name in double quotes", found: foundHere)
            }
            let key = try string()
            guard seen.insert(key).inserted else {
                throw DocumentError(
                    .duplicateMember(key), document: document, position: place,
                    hint: "keep one of the two")
            }
            skipSpace()
            guard take(":") else { throw syntax(expected: "\":\"", found: foundHere) }
            skipSpace()
            let isKeptAsText =
                depth == 0 && key == listKeptAsText && current == UInt8(ascii: "[")
            let value =
                isKeptAsText ? try textList(depth: depth + 1) : try value(depth: depth + 1)
            members.append(DocumentValue.Member(key: key, position: place, value: value))
            skipSpace()
        } while take(",")
        guard take("}") else { throw syntax(expected: "\",\" or \"}\"", found: foundHere) }
        return .object(members)
    }

    private mutating func array(depth: Int) throws(DocumentError) -> DocumentValue.Content {
        var values: [DocumentValue] = []
        index += 1
        skipSpace()
        if take("]") { return .array([]) }
        repeat {
            skipSpace()
            values.append(try value(depth: depth + 1))
            skipSpace()
        } while take(",")
        guard take("]") else { throw syntax(expected: "\",\" or \"]\"", found: foundHere) }
        return .array(values)
    }

    private mutating func word() throws(DocumentError) -> DocumentValue.Content {
        for (word, content) in [
            ("true", DocumentValue.Content.boolean(true)), ("false", .boolean(false)),
            ("null", .null),
        ] where bytes[index...].starts(with: word.utf8) {
            index += word.utf8.count
            return content
        }
        throw syntax(expected: "a value", found: foundHere)
    }

    private mutating func number() throws(DocumentError) -> DocumentValue.Content {
        let start = index
        var isWhole = true
        if current == UInt8(ascii: "-") { index += 1 }
        if current == UInt8(ascii: "0") {
            index += 1
        } else {
            try digits()
        }
        if current == UInt8(ascii: ".") {
            isWhole = false
            index += 1
            try digits()
        }
        if current == UInt8(ascii: "e") || current == UInt8(ascii: "E") {
            isWhole = false
            index += 1
            if current == UInt8(ascii: "+") || current == UInt8(ascii: "-") { index += 1 }
            try digits()
        }
        let text = String(decoding: bytes[start..<index], as: UTF8.self)
        if isWhole, let whole = Int(text) { return .integer(whole) }
        guard let fraction = Double(text), fraction.isFinite else {
            index = start
            throw syntax(
                expected: "a number that fits double precision",
                found: text.printable())
        }
        return .number(fraction)
    }

    private mutating func digits() throws(DocumentError) {
        let start = index
        while let byte = current, Self.isDigit(byte) { index += 1 }
        guard index > start else { throw syntax(expected: "a digit", found: foundHere) }
    }

    private mutating func string() throws(DocumentError) -> String {
        index += 1
        // Nearly all texts have no escape and are taken in one piece.
        let start = index
        while let byte = current, byte >= 0x20, byte != UInt8(ascii: "\""),
            byte != UInt8(ascii: "\\")
        {
            index += 1
        }
        if take("\"") { return String(decoding: bytes[start..<index - 1], as: UTF8.self) }
        var text = Array(bytes[start..<index])
        while let byte = current {
            switch byte {
            case UInt8(ascii: "\""):
                index += 1
                return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"):
                index += 1
                text.append(contentsOf: try escape())
            case 0..<0x20:
                throw syntax(
                    expected: "an escape such as \\n in a text", found: "a control character")
            default:
                text.append(byte)
                index += 1
            }
        }
        throw syntax(expected: "\"\\\"\" at the end of a text", found: foundHere)
    }

    private mutating func escape() throws(DocumentError) -> [UInt8] {
        let simple: [UInt8: UInt8] = [
            UInt8(ascii: "\""): UInt8(ascii: "\""), UInt8(ascii: "\\"): UInt8(ascii: "\\"),
            UInt8(ascii: "/"): UInt8(ascii: "/"), UInt8(ascii: "b"): 8, UInt8(ascii: "f"): 12,
            UInt8(ascii: "n"): 10, UInt8(ascii: "r"): 13, UInt8(ascii: "t"): 9,
        ]
        guard let letter = current else {
            throw syntax(expected: "an escape", found: foundHere)
        }
        index += 1
        if let byte = simple[letter] { return [byte] }
        guard letter == UInt8(ascii: "u") else {
            throw syntax(
                expected: "one of the escapes \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u",
                found: "another")
        }
        var code = try codeUnit()
        if (0xD800..<0xDC00).contains(code), bytes[index...].starts(with: "\\u".utf8) {
            index += 2
            let low = try codeUnit()
            guard (0xDC00..<0xE000).contains(low) else {
                throw syntax(expected: "the second half of a surrogate pair", found: "another")
            }
            code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
        }
        guard let scalar = Unicode.Scalar(code) else {
            throw syntax(expected: "a Unicode scalar", found: "half a surrogate pair")
        }
        return Array(String(Character(scalar)).utf8)
    }

    private mutating func codeUnit() throws(DocumentError) -> UInt32 {
        let text = String(decoding: bytes[index...].prefix(4), as: UTF8.self)
        guard text.utf8.count == 4, text.utf8.allSatisfy({ Self.isHexDigit($0) }),
            let code = UInt32(text, radix: 16)
        else { throw syntax(expected: "four hexadecimal digits", found: foundHere) }
        index += 4
        return code
    }

    // MARK: Text

    var current: UInt8? { index < bytes.count ? bytes[index] : nil }

    mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard current == UInt8(ascii: character) else { return false }
        index += 1
        return true
    }

    mutating func skipSpace() {
        while let byte = current, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
            index += 1
            if byte == 0x0A {
                line += 1
                counted = (index, 1)
            }
        }
    }

    private mutating func advanceLines(to place: Int) {
        while index < place {
            index += 1
            if bytes[index - 1] == 0x0A {
                line += 1
                counted = (index, 1)
            }
        }
    }

    private var position: DocumentPosition {
        let scalars = bytes[counted.index..<index].count { $0 & 0xC0 != 0x80 }
        return DocumentPosition(line: line, column: counted.column + scalars)
    }

    /// The position, remembered so that a document in one line is read in linear time.
    mutating func mark() -> DocumentPosition {
        let position = position
        counted = (index, position.column)
        return position
    }

    /// Goes on at another place of the text, of which line and column are known.
    mutating func move(to place: Int, line: Int, column: Int) {
        index = place
        self.line = line
        counted = (place, column)
    }

    var foundHere: String {
        guard index < bytes.count else { return "the end of the document" }
        let text = String(decoding: bytes[index...].prefix(12), as: UTF8.self)
        return
            "\"\((text.split(separator: "\n").first.map(String.init) ?? "a line end").printable())\""
    }

    func syntax(expected: String, found: String) -> DocumentError {
        DocumentError(
            .syntax(expected: expected, found: found), document: document, position: position)
    }

    static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    private static func isHexDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
            UInt8(ascii: "A")...UInt8(ascii: "F"):
            true
        default: false
        }
    }

    private static func firstInvalidUTF8(in bytes: [UInt8]) -> Int? {
        guard !bytes.allSatisfy({ $0 < 0x80 }) else { return nil }
        var decoder = UTF8()
        var iterator = bytes.makeIterator()
        var place = 0
        while true {
            switch decoder.decode(&iterator) {
            case .scalarValue(let scalar): place += UTF8.width(scalar)
            case .emptyInput: return nil
            case .error: return place
            }
        }
    }
}
