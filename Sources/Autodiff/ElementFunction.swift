/// A smooth function of one number, with its derivatives.
public enum ElementFunction: Sendable, Hashable, CaseIterable {
    /// The Gaussian error linear unit, `x Φ(x)` (Hendrycks and Gimpel 2016), in its exact form.
    case gelu
    /// The hyperbolic tangent.
    case tanh
    /// The logistic function `1 / (1 + e⁻ˣ)`.
    case sigmoid
    /// `eˣ`.
    case exponential
    /// The natural logarithm, of numbers above 0.
    case logarithm

    /// The function or its first or second derivative.
    func value<Scalar: TensorScalar>(_ x: Scalar, derivative: Int) -> Scalar {
        switch self {
        case .gelu:
            let density = Scalar(0.398_942_280_401_432_7) * (-x * x / 2).exponential
            let share = (1 + (x * Scalar(0.707_106_781_186_547_5)).errorFunction) / 2
            return switch derivative {
            case 0: x * share
            case 1: share + x * density
            default: density * (2 - x * x)
            }
        case .tanh:
            let y = x.hyperbolicTangent
            return switch derivative {
            case 0: y
            case 1: 1 - y * y
            default: -2 * y * (1 - y * y)
            }
        case .sigmoid:
            let y = (1 + (x / 2).hyperbolicTangent) / 2
            return switch derivative {
            case 0: y
            case 1: y * (1 - y)
            default: y * (1 - y) * (1 - 2 * y)
            }
        case .exponential: return x.exponential
        case .logarithm:
            return switch derivative {
            case 0: x.naturalLogarithm
            case 1: 1 / x
            default: -1 / (x * x)
            }
        }
    }
}
