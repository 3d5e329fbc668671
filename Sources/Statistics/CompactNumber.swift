private import Foundation

/// Numbers as they stand in tables for people: with a real minus, and a dash for none.
package enum CompactNumber {
    /// Three digits behind the point.
    package static func share(_ value: Double) -> String { fixed(value, digits: 3) }

    /// Four digits behind the point, for deviations that are small beside the means.
    package static func deviation(_ value: Double) -> String { fixed(value, digits: 4) }

    /// Three digits behind the point, with its sign.
    package static func signed(_ value: Double) -> String { withSign(share(value), value) }

    /// One digit behind the point.
    package static func decimal(_ value: Double) -> String { fixed(value, digits: 1) }

    /// The same with its sign.
    package static func signedDecimal(_ value: Double) -> String {
        withSign(decimal(value), value)
    }

    /// A number of digits behind the point.
    package static func fixed(_ value: Double, digits: Int) -> String {
        guard value.isFinite else { return "–" }
        let text = String(format: "%.\(digits)f", value)
        // What is rounded to nothing has no sign.
        guard text.hasPrefix("-") else { return text }
        return text.contains { "123456789".contains($0) }
            ? "−" + text.dropFirst() : String(text.dropFirst())
    }

    /// A probability; small ones as a bound.
    package static func probability(_ value: Double?) -> String {
        guard let value else { return "–" }
        return value < 0.001 ? "< 0.001" : String(format: "%.3f", value)
    }

    /// As short as can be.
    package static func text(_ value: Double) -> String {
        let text =
            value == value.rounded() && abs(value) < 1e15
            ? "\(Int(value))" : String(format: "%.4g", value)
        return text.replacingOccurrences(of: "-", with: "−")
    }

    private static func withSign(_ text: String, _ value: Double) -> String {
        value > 0 && text.contains { "123456789".contains($0) } ? "+" + text : text
    }
}
