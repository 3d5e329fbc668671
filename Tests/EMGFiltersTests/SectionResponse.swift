import EMGFilters
import Foundation

extension SecondOrderSections {
    /// The magnitude of the response of the coefficients as they are, without the cancellation
    /// that the usual sum has near 0 Hz.
    ///
    /// For b₀, b₁, b₂: e^{jω}·B = (b₀ + b₁ + b₂) - 2(b₀ + b₂)·sin²(ω/2) + j(b₀ - b₂)·sin ω.
    func magnitude(atHertz frequency: Double, rate: Double) -> Double {
        let omega = 2 * Double.pi * frequency / rate
        let half = sin(omega / 2) * sin(omega / 2)
        func size(_ c0: Double, _ c1: Double, _ c2: Double) -> Double {
            let real = (c0 + c1 + c2) - 2 * (c0 + c2) * half
            let imaginary = (c0 - c2) * sin(omega)
            return (real * real + imaginary * imaginary).squareRoot()
        }
        return sections.reduce(1) {
            $0 * size($1.b0, $1.b1, $1.b2) / size(1, $1.a1, $1.a2)
        }
    }
}
