private import Foundation

extension Double {
    /// The number for people: whole numbers without a fraction, others to 6 significant digits.
    var plain: String {
        guard isFinite else { return "\(self)" }
        if rounded() == self, abs(self) < 1e15 { return String(format: "%.0f", self) }
        return String(format: "%.6g", self)
    }
}
