/// How wide texts are.
///
/// The widths are those of DejaVu Sans, the widest of the usual sans-serif fonts, so that texts
/// never overlap whichever of them is there, and layouts do not depend on the machine.
package enum TextMetrics {
    /// The usual height of a text in points.
    package static let size = 9.0
    /// The height of a figure's title.
    static let titleSize = 12.0
    /// The distance between the base lines of lines of usual text.
    static let lineHeight = 13.0

    /// Thousandths of the height, from the blank to `~`.
    private static let widths: [Int] = [
        318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361, 318, 337, 636, 636,
        636, 636, 636, 636, 636, 636, 636, 636, 337, 337, 838, 838, 838, 531, 1_000, 684, 686, 698,
        770, 632, 575, 775, 752, 295, 295, 656, 557, 863, 748, 787, 603, 787, 695, 635, 611, 732,
        684, 989, 685, 611, 685, 390, 337, 390, 838, 500, 500, 613, 635, 550, 635, 615, 352, 635,
        634, 278, 278, 579, 278, 974, 634, 612, 635, 635, 411, 521, 392, 634, 592, 818, 592, 592,
        525, 636, 337, 636, 838,
    ]

    /// The width of a text in points.
    package static func width(_ text: String, size: Double = size, isBold: Bool = false) -> Double {
        var sum = 0
        for scalar in text.unicodeScalars {
            let index = Int(scalar.value) - 32
            if widths.indices.contains(index) {
                sum += widths[index]
            } else {
                sum +=
                    scalar.value < 0x1100 || (0x2000..<0x2E80).contains(scalar.value) ? 838 : 1_000
            }
        }
        return Double(sum) / 1_000 * size * (isBold ? 1.13 : 1)
    }

    /// The text, cut to a width with an ellipsis; empty when not even a letter fits.
    package static func cut(
        _ text: String, to width: Double, size: Double = size, isBold: Bool = false
    ) -> String {
        if self.width(text, size: size, isBold: isBold) <= width { return text }
        var kept = ""
        for character in text.prefix(1_000) {
            let longer = kept + String(character)
            if self.width(longer + "…", size: size, isBold: isBold) > width { break }
            kept = longer
        }
        while kept.last == " " { kept.removeLast() }
        return kept.isEmpty ? "" : kept + "…"
    }
}
