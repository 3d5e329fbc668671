/// What several features of a window may need beside its sums, computed once for all of them when
/// one says so.
public enum SharedNumber: Sendable, Hashable {
    /// The sum of ln(|xₙ| + 1).
    case logarithms
    /// The power spectrum.
    case spectrum
    /// An autoregressive model of that order, from 1 to 64.
    case model(order: Int)
}

/// What the features of a window share.
///
/// The sums are there for every feature; the rest for those whose ``Feature/needs`` ask for it.
public struct SharedNumbers: Sendable {
    /// Sums over the window and over its steps.
    public let sums: WindowSums
    private let logarithms: Double?
    private let arrays: Arrays?

    /// What has a storage of its own, behind one reference: these numbers are copied for each
    /// feature of each window, most of which need no array.
    private final class Arrays: Sendable {
        let spectrum: WindowPower?
        /// Reflection coefficients, which hold the models of all lower orders, too.
        let reflections: [Double]?

        init(spectrum: WindowPower?, reflections: [Double]?) {
            self.spectrum = spectrum
            self.reflections = reflections
        }
    }

    init(
        sums: WindowSums, logarithms: Double?, spectrum: WindowPower?, reflections: [Double]?
    ) {
        self.sums = sums
        self.logarithms = logarithms
        arrays =
            spectrum == nil && reflections == nil
            ? nil : Arrays(spectrum: spectrum, reflections: reflections)
    }

    /// Orders that a model may have.
    public static let modelOrders = 1...64

    /// The sum of ln(|xₙ| + 1), for features that need ``SharedNumber/logarithms``.
    public var logarithmSum: Double {
        guard let logarithms else { preconditionFailure("the feature's needs lack logarithms") }
        return logarithms
    }

    /// The power by frequency, for features that need ``SharedNumber/spectrum``.
    public var power: WindowPower {
        guard let spectrum = arrays?.spectrum else {
            preconditionFailure("the feature's needs lack the spectrum")
        }
        return spectrum
    }

    /// The coefficients a₁ … of the model xₙ + a₁xₙ₋₁ + …, for features that need
    /// ``SharedNumber/model(order:)``.
    ///
    /// - Parameter order: How many; at most the order that was asked for.
    /// - Returns: The coefficients; 0 where the window is too short for them.
    public func autoregressiveCoefficients(order: Int) -> [Double] {
        guard let reflections = arrays?.reflections else {
            preconditionFailure("the feature's needs lack a model")
        }
        return BurgModel.coefficients(reflections, order: order)
    }
}
