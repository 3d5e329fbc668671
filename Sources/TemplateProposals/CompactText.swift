private import Foundation

/// Numbers as a person writes them.
enum CompactText {
    /// Up to six digits that count.
    static func of(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e15
            ? String(format: "%.0f", value) : String(format: "%.6g", value)
    }
}
