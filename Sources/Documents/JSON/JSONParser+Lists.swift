extension JSONParser {
    /// Where an element of a list begins.
    private struct Place {
        let index: Int
        let line: UInt32
        let column: UInt32
    }

    /// A list whose elements stay text until they are asked for; the text is gone through once, to
    /// make sure that all of it is JSON.
    mutating func textList(depth: Int) throws(DocumentError) -> DocumentValue {
        let position = mark()
        var places: [Place] = []
        index += 1
        skipSpace()
        if take("]") { return DocumentValue(.array([]), at: position) }
        repeat {
            skipSpace()
            let start = mark()
            let before = self
            places.append(
                Place(
                    index: index, line: UInt32(clamping: start.line),
                    column: UInt32(clamping: start.column)))
            if !passPlainValue(depth: depth + 1) {
                self = before
                _ = try value(depth: depth + 1)
            }
            skipSpace()
        } while take(",")
        guard take("]") else { throw syntax(expected: "\",\" or \"]\"", found: foundHere) }
        let (parser, found) = (self, places)
        let list = DocumentList(count: found.count) { number in
            var parser = parser
            let place = found[number]
            parser.move(to: place.index, line: Int(place.line), column: Int(place.column))
            do throws(DocumentError) {
                return try parser.value(depth: depth + 1)
            } catch {
                preconditionFailure("what was JSON is JSON no more: \(error)")
            }
        }
        return DocumentValue(.array(list), at: position)
    }

    // MARK: Passing over values

    /// Passes over a value as nearly all are: without escapes in texts, without enormous numbers.
    ///
    /// - Returns: Whether it was one; what was not is read in full, which says what is wrong if
    ///   anything is.
    private mutating func passPlainValue(depth: Int) -> Bool {
        guard depth < Self.depthLimit else { return false }
        switch current {
        case UInt8(ascii: "{"): return passPlainObject(depth: depth)
        case UInt8(ascii: "["):
            index += 1
            skipSpace()
            if take("]") { return true }
            repeat {
                skipSpace()
                guard passPlainValue(depth: depth + 1) else { return false }
                skipSpace()
            } while take(",")
            return take("]")
        case UInt8(ascii: "\""): return passPlainString()
        case UInt8(ascii: "t"): return pass("true")
        case UInt8(ascii: "f"): return pass("false")
        case UInt8(ascii: "n"): return pass("null")
        default: return passPlainNumber()
        }
    }

    private mutating func passPlainObject(depth: Int) -> Bool {
        var keys: [Range<Int>] = []
        index += 1
        skipSpace()
        if take("}") { return true }
        repeat {
            skipSpace()
            let start = index
            guard passPlainString() else { return false }
            let key = start..<index
            guard !keys.contains(where: { isSame($0, key) }) else { return false }
            keys.append(key)
            skipSpace()
            guard take(":") else { return false }
            skipSpace()
            guard passPlainValue(depth: depth + 1) else { return false }
            skipSpace()
        } while take(",")
        return take("}")
    }

    private func isSame(_ one: Range<Int>, _ other: Range<Int>) -> Bool {
        one.count == other.count
            && zip(one, other).allSatisfy { bytes[$0] == bytes[$1] }
    }

    private mutating func passPlainString() -> Bool {
        guard take("\"") else { return false }
        while let byte = current, byte >= 0x20, byte != UInt8(ascii: "\\") {
            index += 1
            if byte == UInt8(ascii: "\"") { return true }
        }
        return false
    }

    private mutating func pass(_ word: StaticString) -> Bool {
        let text = "\(word)".utf8
        guard bytes[index...].starts(with: text) else { return false }
        index += text.count
        return true
    }

    /// Numbers that fit double precision by their length alone.
    private mutating func passPlainNumber() -> Bool {
        let start = index
        _ = take("-")
        guard take("0") || passDigits() > 0 else { return false }
        if take("."), passDigits() == 0 { return false }
        if take("e") || take("E") {
            if !take("-") { _ = take("+") }
            guard (1...2).contains(passDigits()) else { return false }
        }
        return index - start < 100
    }

    private mutating func passDigits() -> Int {
        let start = index
        while let byte = current, Self.isDigit(byte) { index += 1 }
        return index - start
    }
}
