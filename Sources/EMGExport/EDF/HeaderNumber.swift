/// Numbers in eight characters of a header: plain decimals, no exponent.
enum HeaderNumber {
    private static let width = 8

    /// The nearest number that fits; `nil` when it has too many digits before the point.
    static func nearest(_ value: Double) -> String? {
        text(value) { $0.rounded(.toNearestOrAwayFromZero) }
    }

    /// The largest number that fits and is not above a value.
    static func below(_ value: Double) -> String? {
        text(value) { $0.rounded(.down) }
    }

    /// The smallest number that fits and is not below a value.
    static func above(_ value: Double) -> String? {
        text(value) { $0.rounded(.up) }
    }

    /// The number that a text stands for.
    static func value(_ text: String) -> Double { Double(text) ?? 0 }

    private static func text(_ value: Double, rounding: (Double) -> Double) -> String? {
        guard value.isFinite, abs(value) < 1e8 else { return nil }
        for decimals in stride(from: width - 1, through: 0, by: -1) {
            let power = Int(powerOfTen(decimals))
            let scaled = rounding(value * Double(power))
            guard abs(scaled) < 9e15 else { continue }
            let text = Self.text(Int(scaled), power: power, decimals: decimals)
            if text.utf8.count <= width { return text }
        }
        return nil
    }

    /// A whole number of parts of a power of ten, without zeros at its end.
    private static func text(_ scaled: Int, power: Int, decimals: Int) -> String {
        let whole = scaled.magnitude / UInt(power)
        let rest = scaled.magnitude % UInt(power)
        var text = (scaled < 0 ? "-" : "") + String(whole)
        guard rest > 0 else { return text }
        var fraction = String(rest)
        fraction = String(repeating: "0", count: decimals - fraction.utf8.count) + fraction
        while fraction.last == "0" { fraction.removeLast() }
        text += "." + fraction
        return text
    }

    private static func powerOfTen(_ exponent: Int) -> Double {
        var power = 1.0
        for _ in 0..<exponent { power *= 10 }
        return power
    }

    /// A time in seconds with seven decimals at most, as programs for EDF+ read it.
    static func seconds(_ value: Double) -> String {
        let ticks = Int((value * 1e7).rounded())
        return text(ticks, power: 10_000_000, decimals: 7)
    }
}
