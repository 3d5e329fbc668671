private import CSV
private import EMGFormats
private import Foundation
private import PrintableText

/// What stands in the annotations of one record: lists of texts with a time (TALs).
struct EDFAnnotation: Sendable, Hashable {
    /// The time in seconds since the start of the file.
    var onset: Double
    /// How many decimals the time was written with.
    var decimals: Int
    /// How long it lasted in seconds; `nil` when it does not say.
    var duration: Double?
    /// Whether the first text is empty: so does the list that keeps a record's time begin.
    var keepsTime: Bool
    /// The texts that are not empty.
    var texts: [String]

    /// Takes the lists out of the bytes of a record's annotation signal.
    ///
    /// - Parameter bytes: The bytes, filled up with NUL.
    /// - Returns: The lists, and at which byte the first thing is that is none, if any.
    static func lists(
        in bytes: ArraySlice<UInt8>
    ) -> (lists: [EDFAnnotation], firstFault: Int?) {
        var lists: [EDFAnnotation] = []
        var firstFault: Int?
        var position = bytes.startIndex
        while position < bytes.endIndex {
            guard bytes[position] != 0 else {
                position += 1
                continue
            }
            let end = bytes[position...].firstIndex(of: 0) ?? bytes.endIndex
            let (list, isWhole) = list(in: bytes[position..<end])
            if let list { lists.append(list) }
            if !isWhole, firstFault == nil { firstFault = position }
            position = end
        }
        return (lists, firstFault)
    }

    /// One list: `onset [0x15 duration] 0x14 text 0x14 text 0x14 …`.
    private static func list(
        in bytes: ArraySlice<UInt8>
    ) -> (list: EDFAnnotation?, isWhole: Bool) {
        guard let timeEnd = bytes.firstIndex(of: EDFText.textEnd) else { return (nil, false) }
        let time = bytes[..<timeEnd].split(
            separator: EDFText.durationMark, maxSplits: 1, omittingEmptySubsequences: false)
        guard let onset = number(time[0]) else { return (nil, false) }
        var isWhole =
            bytes.first == UInt8(ascii: "+") || bytes.first == UInt8(ascii: "-")
        var duration: Double?
        if time.count == 2 {
            duration = number(time[1])
            if duration == nil { isWhole = false }
        }
        var texts: [String] = []
        var rest = bytes[(timeEnd + 1)...]
        let keepsTime = rest.first == EDFText.textEnd
        while let end = rest.firstIndex(of: EDFText.textEnd) {
            if end > rest.startIndex { texts.append(text(rest[..<end])) }
            rest = rest[(end + 1)...]
        }
        if !rest.isEmpty {
            // The list was cut in its last text; what is there of it may be cut in a character.
            texts.append(text(rest))
            isWhole = false
        }
        let decimals = time[0].firstIndex(of: UInt8(ascii: ".")).map { time[0].endIndex - $0 - 1 }
        return (
            EDFAnnotation(
                onset: onset, decimals: decimals ?? 0, duration: duration, keepsTime: keepsTime,
                texts: texts), isWhole
        )
    }

    private static func number(_ bytes: ArraySlice<UInt8>) -> Double? {
        guard bytes.count <= 40 else { return nil }
        let number: Double
        switch CellNumber(bytes.map { $0 == UInt8(ascii: ",") ? UInt8(ascii: ".") : $0 }) {
        case .integer(let value): number = Double(value)
        case .decimal(let value): number = value
        case .tooLarge, .missing, .invalid: return nil
        }
        return abs(number) < largestTime ? number : nil
    }

    /// No recording is that long, in seconds; beyond it arithmetic would suffer.
    private static let largestTime = 1e10

    /// UTF-8, or Windows-1252 where it is none.
    private static func text(_ bytes: ArraySlice<UInt8>) -> String {
        let text = ForeignText.decode(bytes)
        let scalars = text.unicodeScalars.map { scalar -> Unicode.Scalar in
            scalar.properties.generalCategory == .control ? " " : scalar
        }
        return String(String.UnicodeScalarView(scalars)).trimmingCharacters(in: .whitespaces)
    }
}
