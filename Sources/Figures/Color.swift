/// A color of the screen.
package struct Color: Sendable, Hashable {
    package let red: UInt8
    package let green: UInt8
    package let blue: UInt8

    init(_ hexadecimal: UInt32) {
        red = UInt8(truncatingIfNeeded: hexadecimal >> 16)
        green = UInt8(truncatingIfNeeded: hexadecimal >> 8)
        blue = UInt8(truncatingIfNeeded: hexadecimal)
    }

    private init(red: Double, green: Double, blue: Double) {
        func byte(_ part: Double) -> UInt8 { UInt8(min(255, max(0, part.rounded()))) }
        self.red = byte(red)
        self.green = byte(green)
        self.blue = byte(blue)
    }

    /// As style sheets write it.
    var hexadecimal: String {
        let digits = Array("0123456789abcdef")
        return "#"
            + String([red, green, blue].flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
    }

    /// The color part of the way to another one.
    func mixed(with other: Color, share: Double) -> Color {
        func mix(_ one: UInt8, _ two: UInt8) -> Double {
            Double(one) + (Double(two) - Double(one)) * share
        }
        return Color(
            red: mix(red, other.red), green: mix(green, other.green),
            blue: mix(blue, other.blue))
    }

    /// How light it is to the eye, roughly: 0 for black, 1 for white.
    var brightness: Double {
        (0.299 * Double(red) + 0.587 * Double(green) + 0.114 * Double(blue)) / 255
    }

    static let white = Color(0xFFFFFF)
}
