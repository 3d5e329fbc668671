extension Double {
    /// The number for a sentence: at most three decimals, none that are zero.
    package var brief: String {
        guard isFinite, magnitude < 1e15 else { return "\(self)" }
        let thousandths = (magnitude * 1_000).rounded(.toNearestOrAwayFromZero)
        let whole = Int(thousandths) / 1_000
        var decimals = String(Int(thousandths) % 1_000 + 1_000).dropFirst()
        while decimals.last == "0" { decimals.removeLast() }
        let sign = self < 0 && thousandths > 0 ? "-" : ""
        return decimals.isEmpty ? "\(sign)\(whole)" : "\(sign)\(whole).\(decimals)"
    }
}
