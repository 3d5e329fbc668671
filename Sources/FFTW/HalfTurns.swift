private import Foundation

// Sine, cosine and tangent of multiples of π. Taking π times a rounded quotient inside the
// argument loses digits near the zeros of these functions, where filter corners near 0 and near
// Nyquist live; reducing the argument first loses none.

/// The sine of π times `x`, to full relative precision for `x` in `0...1`.
package func sinPi(_ x: Double) -> Double {
    let folded = x > 0.5 ? 1 - x : x
    return folded <= 0.25 ? sin(.pi * folded) : cos(.pi * (0.5 - folded))
}

/// The cosine of π times `x`, to full relative precision for `x` in `0...0.5`.
package func cosPi(_ x: Double) -> Double {
    x <= 0.25 ? cos(.pi * x) : sin(.pi * (0.5 - x))
}

/// The tangent of π times `x` for `x` in `0..<0.5`, to full relative precision.
package func tanPi(_ x: Double) -> Double {
    sinPi(x) / cosPi(x)
}
