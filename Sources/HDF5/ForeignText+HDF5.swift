import PrintableText

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
