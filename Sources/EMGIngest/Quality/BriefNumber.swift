extension Double {
    /// The number for a sentence: at most three decimals, none that are zero.
    package var brief: String {
        guard isFinite, magnitude < 1e15 else { return "\(self)" }
        if self != 0, magnitude < 0.01 { return scientific }
        let thousandths = (magnitude * 1_000).rounded(.toNearestOrAwayFromZero)
        let whole = Int(thousandths) / 1_000
        var decimals = String(Int(thousandths) % 1_000 + 1_000).dropFirst()
        while decimals.last == "0" { decimals.removeLast() }
        let sign = self < 0 && thousandths > 0 ? "-" : ""
        return decimals.isEmpty ? "\(sign)\(whole)" : "\(sign)\(whole).\(decimals)"
    }

    /// A small number: three decimals and a power of ten.
    private var scientific: String {
        var mantissa = self
        var exponent = 0
        // Below 9.9995 it is written with one digit before the point.
        while mantissa.magnitude < 0.99995 {
            mantissa *= 10
            exponent -= 1
        }
        return "\(mantissa.brief)e\(exponent)"
    }
}
