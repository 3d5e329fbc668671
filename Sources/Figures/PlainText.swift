private import Foundation

/// Texts and numbers as they stand in figures.
enum PlainText {
    /// A text without what no figure can show: control characters and others that XML forbids or
    /// that turn the direction of reading.
    static func printable(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
                .paragraphSeparator:
                result.unicodeScalars.append(" ")
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// A number with a fixed count of digits behind the point, with a real minus sign; never
    /// minus zero.
    static func number(_ value: Double, decimals: Int) -> String {
        guard value.isFinite else { return "" }
        let text = String(format: "%.\(decimals)f", value)
        guard text.hasPrefix("-") else { return text }
        let rest = text.dropFirst()
        return rest.contains { $0 != "0" && $0 != "." } ? "−\(rest)" : String(rest)
    }

    /// A coordinate in hundredths of a point, as short as can be.
    static func coordinate(_ value: Double) -> String {
        let limit = 1e6
        let held = value.isFinite ? min(limit, max(-limit, value)) : 0
        let hundredths = Int((held * 100).rounded())
        let (whole, rest) = abs(hundredths).quotientAndRemainder(dividingBy: 100)
        let sign = hundredths < 0 ? "-" : ""
        if rest == 0 { return "\(sign)\(whole)" }
        if rest.isMultiple(of: 10) { return "\(sign)\(whole).\(rest / 10)" }
        return "\(sign)\(whole).\(rest < 10 ? "0" : "")\(rest)"
    }
}
