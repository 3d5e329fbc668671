/// The colors of figures.
///
/// Any two of the series' colors are distinguished with full color vision and with each kind of
/// color blindness, and each differs in lightness from the one before, so that a gray print shows
/// them too; lines through points are dashed differently besides.
package enum Palette {
    static let text = Color(0x1F2328)
    static let quiet = Color(0x57606A)
    static let axis = Color(0x4A525A)
    static let grid = Color(0xE4E7EB)
    static let muted = Color(0x9AA3AD)
    static let missing = Color(0xDADDE1)

    package static let series = [
        Color(0x162E6B), Color(0xF2590A), Color(0x216B61), Color(0x85022E), Color(0x2A9DFF),
        Color(0x8772AD),
    ]

    private static let dashes: [[Double]] = [
        [], [6, 2.5], [1.5, 2], [8, 2.5, 1.5, 2.5], [4, 2], [8, 2, 1.5, 2, 1.5, 2],
    ]

    static func color(_ index: Int) -> Color { series[wrapped(index)] }

    static func dash(_ index: Int) -> [Double] { dashes[wrapped(index)] }

    private static func wrapped(_ index: Int) -> Int {
        let rest = index % series.count
        return rest < 0 ? rest + series.count : rest
    }

    /// The fill of a band.
    static func band(_ style: Bands.Style) -> Color {
        switch style {
        case .category(let index): color(index).mixed(with: .white, share: 0.72)
        case .support: Color(0xBFD3EE)
        case .query: Color(0xFBE3CF)
        case .flawed: Color(0xE9C6CE)
        case .neutral: Color(0xE9ECEF)
        }
    }

    /// The strokes across a band, for prints without color.
    static func hatch(_ style: Bands.Style) -> Color? {
        switch style {
        case .query: Color(0xE0A679)
        case .flawed: Color(0xB97A88)
        case .category, .support, .neutral: nil
        }
    }

    private static let ramp = [
        Color(0xF5F8FC), Color(0xCFDFF0), Color(0x94BCDD), Color(0x4C8CC0), Color(0x1F5A98),
        Color(0x0B2A5B),
    ]

    /// How many different colors a ramp has.
    package static let levels = 64

    /// A color from light to dark.
    ///
    /// - Parameter level: From 0 to `levels - 1`.
    /// - Returns: The color; each level's is darker than the one before.
    package static func ramp(level: Int) -> Color {
        let place = Double(level) / Double(levels - 1) * Double(ramp.count - 1)
        let index = min(ramp.count - 2, max(0, Int(place)))
        return ramp[index].mixed(with: ramp[index + 1], share: place - Double(index))
    }
}
