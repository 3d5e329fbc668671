internal import ComplexModule
private import FFTW
private import Foundation
internal import RealModule

/// One factor of a filter's transfer function, of first or second order, in the plane of the
/// bilinear transform:
///
///     H(s) = (n₂s² + n₁s + n₀) / (d₂s² + d₁s + d₀),   s = (1 - z⁻¹) / (1 + z⁻¹)
///
/// On the unit circle, at the frequency f, s is `j·tan(πf / fₛ)`. Cut-offs far below the sampling
/// rate are small numbers here, with all their digits, while in the z-plane they are differences
/// from 1 that have lost most of them. Responses and decay rates are therefore computed in this
/// plane, and only the recursion uses z-plane coefficients.
struct BilinearSection: Sendable, Hashable {
    /// The edges of a band in this plane.
    struct Band: Sendable, Hashable {
        /// The distance between the edges, Ω₂ - Ω₁.
        let width: Double
        /// The product of the edges, Ω₁·Ω₂.
        let centerSquared: Double

        /// The band from `low` to `high`, both as fractions of the sampling rate.
        ///
        /// The width is taken from the difference of the frequencies, so that a narrow band at a high
        /// frequency keeps its digits: tan a - tan b = sin(a - b) / (cos a · cos b).
        init(low: Double, high: Double) {
            width = sinPi(high - low) / (cosPi(low) * cosPi(high))
            centerSquared = tanPi(low) * tanPi(high)
        }

        /// The band of a notch, both as fractions of the sampling rate: the width between its -3 dB
        /// points is `bandwidth` exactly, on the unit circle and not just for narrow notches.
        init(center: Double, bandwidth: Double) {
            let cosine = cosPi(center)
            width = tanPi(bandwidth) / (cosine * cosine)
            let tangent = tanPi(center)
            centerSquared = tangent * tangent
        }

        /// The two edges where the band is `factor` times as wide, around the same center.
        func edges(widened factor: Double) -> (low: Double, high: Double) {
            let half = width * factor / 2
            let high = half + (half * half + centerSquared).squareRoot()
            return (centerSquared / high, high)
        }
    }

    /// The numerator's coefficients of 1, s and s².
    let numerator: SIMD3<Double>
    /// The denominator's coefficients of 1, s and s². All are positive but the last, which is 0
    /// for a section of first order.
    let denominator: SIMD3<Double>

    /// A factor from its coefficients.
    init(numerator: SIMD3<Double>, denominator: SIMD3<Double>) {
        self.numerator = numerator
        self.denominator = denominator
    }

    /// The factor of a section of a recursion, with z⁻¹ = (1 - s) / (1 + s).
    init(digital section: SecondOrderSections.Section) {
        if section.b2 == 0, section.a2 == 0 {
            numerator = [section.b0 + section.b1, section.b0 - section.b1, 0]
            denominator = [1 + section.a1, 1 - section.a1, 0]
            return
        }
        numerator = [
            section.b0 + section.b1 + section.b2, 2 * (section.b0 - section.b2),
            section.b0 - section.b1 + section.b2,
        ]
        denominator = [
            1 + section.a1 + section.a2, 2 * (1 - section.a2), 1 - section.a1 + section.a2,
        ]
    }

    /// Whether there is one pole rather than two.
    var isFirstOrder: Bool { denominator.z == 0 }

    /// The squared magnitude at the frequency where s = j·sine/cosine.
    ///
    /// Numerator and denominator are multiplied by powers of the cosine, which keeps Nyquist,
    /// where s is infinite, an ordinary point.
    func squaredMagnitude(sine: Double, cosine: Double) -> Double {
        if isFirstOrder {
            let top = square(numerator.x * cosine) + square(numerator.y * sine)
            let bottom = square(denominator.x * cosine) + square(denominator.y * sine)
            return top / bottom
        }
        let cosines = cosine * cosine
        let mixed = sine * cosine
        let sines = sine * sine
        let top =
            square(numerator.x * cosines - numerator.z * sines) + square(numerator.y * mixed)
        let bottom =
            square(denominator.x * cosines - denominator.z * sines)
            + square(denominator.y * mixed)
        return top / bottom
    }

    /// The poles in the plane of s; all have a negative real part.
    var prototypePoles: [Complex<Double>] {
        Self.roots(of: denominator)
    }

    /// The zeros in the plane of z. Those that the numerator lacks are at infinity, which is -1.
    var zeros: [Complex<Double>] {
        let finite = Self.roots(of: numerator).map(Self.digital)
        let missing = (isFirstOrder ? 1 : 2) - finite.count
        return finite + Array(repeating: Complex(-1), count: missing)
    }

    /// The poles in the plane of z.
    var poles: [Complex<Double>] { prototypePoles.map(Self.digital) }

    /// How fast the slowest pole's part of the impulse response decays, in nepers a sample:
    /// -ln|z| of the pole nearest the unit circle, without the cancellation in 1 - |z|.
    var decayRate: Double {
        prototypePoles.map { pole in
            // |1 + s|² / |1 - s|² = 1 + 4·Re(s) / |1 - s|²
            let distance = square(1 - pole.real) + square(pole.imaginary)
            return -log1p(4 * pole.real / distance) / 2
        }.min() ?? .infinity
    }

    /// The coefficients of the recursion, in powers of z⁻¹.
    var digital: SecondOrderSections.Section {
        if isFirstOrder {
            let lead = denominator.y + denominator.x
            return SecondOrderSections.Section(
                b0: (numerator.y + numerator.x) / lead, b1: (numerator.x - numerator.y) / lead,
                b2: 0, a1: (denominator.x - denominator.y) / lead, a2: 0)
        }
        let lead = denominator.sum()
        return SecondOrderSections.Section(
            b0: numerator.sum() / lead, b1: 2 * (numerator.x - numerator.z) / lead,
            b2: (numerator.z - numerator.y + numerator.x) / lead,
            a1: 2 * (denominator.x - denominator.z) / lead,
            a2: (denominator.z - denominator.y + denominator.x) / lead)
    }

    /// The roots of a polynomial of degree 2 or less, without cancellation.
    private static func roots(of coefficients: SIMD3<Double>) -> [Complex<Double>] {
        let (c, b, a) = (coefficients.x, coefficients.y, coefficients.z)
        if a == 0 { return b == 0 ? [] : [Complex(-c / b)] }
        let discriminant = square(b / 2) - a * c
        if discriminant < 0 {
            let root = Complex(-b / 2 / a, (-discriminant).squareRoot() / a)
            return [root, root.conjugate]
        }
        let larger = -(b / 2 + (b < 0 ? -1 : 1) * discriminant.squareRoot())
        return larger == 0 ? [.zero, .zero] : [Complex(larger / a), Complex(c / larger)]
    }

    private static func digital(_ root: Complex<Double>) -> Complex<Double> {
        (1 + root) / (1 - root)
    }
}

private func square(_ x: Double) -> Double { x * x }
