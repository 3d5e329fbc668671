internal import EMGFormats
internal import Foundation

/// Text for the fields of a header, which hold printable ASCII only.
enum HeaderText {
    /// A text without accents, with `_` for what ASCII does not have.
    static func ascii(_ text: String) -> String {
        var result = ""
        for scalar in text.decomposedStringWithCanonicalMapping.unicodeScalars {
            switch scalar {
            case " "..."~": result.unicodeScalars.append(scalar)
            case "\u{B5}", "\u{3BC}": result += "u"
            default:
                if scalar.properties.canonicalCombiningClass == .notReordered { result += "_" }
            }
        }
        return result
    }

    /// A subfield of EDF+: no blanks; `X` for nothing.
    static func subfield(_ text: String) -> String {
        let word = ascii(text).replacing(" ", with: "_")
        return word.isEmpty ? EDFText.unknown : word
    }

    /// A text of exact length, cut or filled up with blanks.
    static func field(_ text: String, _ count: Int) -> [UInt8] {
        let bytes = Array(ascii(text).utf8.prefix(count))
        return bytes + [UInt8](repeating: 0x20, count: count - bytes.count)
    }

    /// Labels of at most 16 characters, no two alike.
    static func labels(_ names: [String]) -> [String] {
        let limit = EDFField.OfSignal(0, of: 1).label.width
        var taken: Set<String> = []
        return names.map { name in
            let plain = String(ascii(name).prefix(limit))
            var label = plain.trimmingCharacters(in: .whitespaces)
            var copy = 1
            while label.isEmpty || taken.contains(label) {
                copy += 1
                let end = "~\(copy)"
                label = String(plain.prefix(limit - end.count)) + end
            }
            taken.insert(label)
            return label
        }
    }

    /// The text of an annotation: what ends texts and lists there becomes a blank.
    static func annotation(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.map { scalar in
                    scalar.properties.generalCategory == .control ? " " : scalar
                }))
    }
}
