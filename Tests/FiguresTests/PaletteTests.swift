import Figures
import Foundation
import Testing

@Suite("Colors of figures")
struct PaletteTests {
    /// Linear parts of a color, from 0 to 1.
    private static func linear(_ color: Color) -> [Double] {
        [color.red, color.green, color.blue].map { byte in
            let part = Double(byte) / 255
            return part <= 0.040_45 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4)
        }
    }

    /// CIE L*a*b* of linear parts, D65.
    private static func lab(_ parts: [Double]) -> [Double] {
        let rows = [
            [0.4124, 0.3576, 0.1805, 0.9505], [0.2126, 0.7152, 0.0722, 1],
            [0.0193, 0.1192, 0.9505, 1.089],
        ]
        let f = rows.map { row -> Double in
            let value = zip(row, parts).map(*).reduce(0, +) / row[3]
            return value > 0.008_856 ? cbrt(value) : 7.787 * value + 16.0 / 116
        }
        return [116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])]
    }

    /// What color-blind eyes see (Machado, Oliveira and Fernandes 2009, severity 1).
    private static let eyes: [(name: String, rows: [[Double]])] = [
        ("all cones", [[1, 0, 0], [0, 1, 0], [0, 0, 1]]),
        (
            "protanopia",
            [
                [0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
                [-0.003882, -0.048116, 1.051998],
            ]
        ),
        (
            "deuteranopia",
            [
                [0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
                [-0.011820, 0.042940, 0.968881],
            ]
        ),
        (
            "tritanopia",
            [
                [1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
                [0.004733, 0.691367, 0.303900],
            ]
        ),
    ]

    @Test("any two series differ for every kind of color vision", arguments: eyes.map(\.name))
    func vision(eye: String) throws {
        let rows = try #require(Self.eyes.first { $0.name == eye }).rows
        let seen = Palette.series.map { color -> [Double] in
            let parts = Self.linear(color)
            return Self.lab(
                rows.map { row in min(1, max(0, zip(row, parts).map(*).reduce(0, +))) })
        }
        for (index, one) in seen.enumerated() {
            for other in seen[..<index] {
                let distance = zip(one, other).map { ($0 - $1) * ($0 - $1) }.reduce(0, +)
                #expect(distance.squareRoot() >= 20)
            }
        }
    }

    @Test("on a gray print, neighbors and the first three differ, and all stand out of the paper")
    func gray() {
        let lightness = Palette.series.map { Self.lab(Self.linear($0))[0] }
        for (one, other) in zip(lightness, lightness.dropFirst()) {
            #expect(abs(one - other) >= 10)
        }
        for index in 0..<3 {
            for other in 0..<index { #expect(abs(lightness[index] - lightness[other]) >= 14) }
        }
        #expect(lightness.allSatisfy { $0 < 66 })
    }

    @Test("the colors of matrices get darker with every step")
    func ramp() {
        let lightness = (0..<Palette.levels).map {
            Self.lab(Self.linear(Palette.ramp(level: $0)))[0]
        }
        for (one, next) in zip(lightness, lightness.dropFirst()) { #expect(next < one) }
    }
}
