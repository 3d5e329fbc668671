import PrintableText
import Testing

@Suite("Text of other programs")
struct TextEncodingTests {
    /// Bytes 0x80 to 0xFF as Python's codecs (Unicode's mapping tables) read them.
    static let upperHalves: [(TextEncoding, String)] = [
        (
            .codePage437,
            "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒ"
                + "áíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐"
                + "└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀"
                + "αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{A0}"
        ),
        (
            .macRoman,
            "ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü"
                + "†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø"
                + "¿¡¬√ƒ≈∆«»…\u{A0}ÀÃÕŒœ–—“”‘’÷◊ÿŸ⁄€‹›ﬁﬂ"
                + "‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇ"
        ),
    ]

    @Test("every byte of a code page is the character of its mapping", arguments: upperHalves)
    func codePage(encoding: TextEncoding, characters: String) {
        #expect(encoding.decode(Array(0x80...0xFF)) == characters)
        let ascii: [UInt8] = Array(0x20...0x7E)
        #expect(encoding.decode(ascii) == TextEncoding.utf8.decode(ascii))
    }

    @Test("Windows-1252 has characters where ISO 8859-1 has controls, and is the same elsewhere")
    func windows() {
        #expect(TextEncoding.windows1252.decode([0x80, 0x8C, 0x96, 0x9F]) == "€Œ–Ÿ")
        #expect(TextEncoding.latin1.decode([0x80, 0xB5]) == "\u{80}\u{B5}")
        let rest: [UInt8] = Array(0xA0...0xFF)
        #expect(TextEncoding.windows1252.decode(rest) == TextEncoding.latin1.decode(rest))
        // Bytes that Windows does not have stay controls: none is lost.
        #expect(TextEncoding.windows1252.decode([0x81, 0x9D]) == "\u{81}\u{9D}")
    }

    @Test("no byte is ever replaced", arguments: TextEncoding.allCases)
    func noReplacement(encoding: TextEncoding) {
        for byte in UInt8.min...UInt8.max {
            #expect(encoding.decode([byte])?.unicodeScalars.contains("\u{FFFD}") != true)
            #expect(!ForeignText.decode([0x61, byte]).unicodeScalars.contains("\u{FFFD}"))
        }
    }

    /// Texts of one file, one a line, and what they are read as; `nil` for a refusal.
    static let files: [(texts: [[UInt8]], found: TextEncoding?, names: [String]?)] = [
        ([Array("a".utf8), Array("b".utf8)], nil, ["a", "b"]),
        ([Array("a".utf8), Array("öffnen".utf8), Array("µ".utf8)], .utf8, ["a", "öffnen", "µ"]),
        ([[0xF6, 0x66], [0xE4]], .latin1, ["öf", "ä"]),
        ([[0xF6], [0x80]], .windows1252, ["ö", "€"]),
        ([[0x93, 0x61, 0x94], [0xF6]], .windows1252, ["“a”", "ö"]),
        // Valid UTF-8 first and other bytes later, and the other way round.
        ([Array("ö".utf8), Array("a".utf8), [0xF6]], .utf8, nil),
        ([[0xF6], Array("ö".utf8)], .latin1, nil),
        // Half a character of UTF-8 is none.
        ([[0xC3]], .latin1, ["Ã"]),
    ]

    @Test("a file is read in one encoding or refused", arguments: files)
    func oneEncoding(texts: [[UInt8]], found: TextEncoding?, names: [String]?) {
        var decoding = TextDecoding(declared: nil)
        func read() throws(TextDecoding.Conflict) -> [String] {
            var names: [String] = []
            for (line, text) in texts.enumerated() {
                names.append(try decoding.decode(text[...], line: line + 1))
            }
            return names
        }
        #expect((try? read()) == names)
        #expect(decoding.found == found)
        #expect((decoding.assumption == nil) == (found == nil || found == .utf8))
    }

    @Test("what is declared counts more than what the bytes look like")
    func declared() throws {
        var latin = TextDecoding(declared: .latin1)
        #expect(try latin.decode(Array("ö".utf8)[...], line: 1) == "Ã¶")
        #expect(latin.assumption == nil)
        var dos = TextDecoding(declared: .codePage437)
        #expect(try dos.decode([0xE6, 0x56], line: 1) == "µV")
        var utf8 = TextDecoding(declared: .utf8)
        #expect(throws: TextDecoding.Conflict.self) { try utf8.decode([0xF6], line: 1) }
    }

    @Test("UTF-16 is the same in pieces of any length", arguments: [1, 2, 3, 5, 100])
    func utf16(length: Int) throws {
        let text = "öffnen;µV;😀\n1;2"
        for isBigEndian in [false, true] {
            let bytes = text.utf16.flatMap { unit in
                let pair = [UInt8(unit >> 8), UInt8(unit & 0xFF)]
                return isBigEndian ? pair : pair.reversed()
            }
            var transcoder = UTF16Transcoder(isBigEndian: isBigEndian)
            var found: [UInt8] = []
            for start in stride(from: 0, to: bytes.count, by: length) {
                try transcoder.append(bytes[start..<min(bytes.count, start + length)], to: &found)
            }
            try transcoder.finish()
            #expect(found == Array(text.utf8))
        }
    }

    @Test("half a pair of surrogates, or half a unit, is refused")
    func brokenUTF16() throws {
        for bytes in [[0x3D, 0xD8, 0x61, 0x00], [0x00, 0xDE]] as [[UInt8]] {
            var transcoder = UTF16Transcoder(isBigEndian: false)
            var found: [UInt8] = []
            #expect(throws: UTF16Transcoder.Fault.self) {
                try transcoder.append(bytes[...], to: &found)
            }
        }
        var cut = UTF16Transcoder(isBigEndian: false)
        var found: [UInt8] = []
        try cut.append([0x61, 0x00, 0x62], to: &found)
        #expect(found == [0x61])
        #expect(throws: UTF16Transcoder.Fault.self) { try cut.finish() }
    }

    @Test("an excerpt never ends inside a character", arguments: 0...12)
    func excerpt(limit: Int) {
        let text = "aöµ€😀"
        let excerpt = ForeignText.excerpt(Array(text.utf8), limit: limit)
        #expect(text.hasPrefix(excerpt) && excerpt.utf8.count <= limit)
        #expect(excerpt.utf8.count > limit - 4 || excerpt == text)
    }
}
