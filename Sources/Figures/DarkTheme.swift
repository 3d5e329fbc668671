/// The colors of figures on a dark page: rules of a style sheet that repaint an SVG in place, so
/// that one drawing serves both.
package enum DarkTheme {
    /// What figures stand on.
    package static let paper = Color(0x171C23).hexadecimal

    private static let ink = Color(0xE6E9EE)
    private static let ground = Color(0x171C23)

    private static let series = [
        Color(0xC3D0FF), Color(0xFF8A4C), Color(0x5CC2AE), Color(0xF28AA8), Color(0x3FA7FF),
        Color(0xB79CE6),
    ]

    private static let stops = [
        Color(0x1E262F), Color(0x1E3A5F), Color(0x25578F), Color(0x3A7CC4), Color(0x6FA8E6),
        Color(0xB5D5FF),
    ]

    /// The rules.
    ///
    /// - Parameter scope: A selector of what the figures are in.
    /// - Returns: Rules without a media query round them.
    package static func styleSheet(within scope: String) -> String {
        var rules = """
            \(scope) rect[fill="#ffffff"]{fill:\(paper)}
            \(scope) text[fill="#ffffff"]{fill:#0d1117}

            """
        for (light, dark) in pairs {
            let (from, to) = (light.hexadecimal, dark.hexadecimal)
            rules += "\(scope) [fill=\"\(from)\"]{fill:\(to)}\n"
            rules += "\(scope) [stroke=\"\(from)\"]{stroke:\(to)}\n"
        }
        return rules
    }

    /// Every color of figures with what it becomes.
    private static var pairs: [(Color, Color)] {
        var pairs = [
            (Palette.text, ink), (Palette.quiet, Color(0x9AA5B1)), (Palette.axis, Color(0x8B96A3)),
            (Palette.grid, Color(0x2A313B)), (Palette.muted, Color(0x8B96A3)),
            (Palette.missing, Color(0x2A313B)),
        ]
        for (light, dark) in zip(Palette.series, series) {
            pairs.append((light, dark))
            // The samples of spreads in legends.
            pairs.append(
                (light.mixed(with: .white, share: 0.7), dark.mixed(with: ground, share: 0.7)))
        }
        var bands: [(Bands.Style, Color)] = [
            (.support, Color(0x1F3A5C)), (.query, Color(0x4A3322)), (.flawed, Color(0x4B2630)),
            (.neutral, Color(0x2A313B)),
        ]
        for (index, color) in series.enumerated() {
            bands.append((.category(index), color.mixed(with: ground, share: 0.62)))
        }
        for (style, dark) in bands {
            let light = Palette.band(style)
            pairs.append((light, dark))
            pairs.append(
                (light.mixed(with: Palette.text, share: 0.3), dark.mixed(with: ink, share: 0.3)))
            if let hatch = Palette.hatch(style) {
                pairs.append((hatch, dark.mixed(with: ink, share: 0.35)))
            }
        }
        for level in 0..<Palette.levels {
            let place = Double(level) / Double(Palette.levels - 1) * Double(stops.count - 1)
            let index = min(stops.count - 2, Int(place))
            pairs.append(
                (
                    Palette.ramp(level: level),
                    stops[index].mixed(with: stops[index + 1], share: place - Double(index))
                ))
        }
        return pairs
    }
}
