package import Documents

/// Cepstral coefficients of the autoregressive model, by LibEMG's recursion.
///
/// Source: A. Phinyomark, P. Phukpattaranont, C. Limsakul, Expert Syst. Appl. 39 (2012) 7420–7431, by the recursion of LibEMG.
package struct CepstralCoefficients: Feature {
    /// The order of the model, from 1 to 64.
    package var order: Int

    /// Of order 4.
    package init() {
        self.init(order: 4)
    }

    /// Of an order.
    ///
    /// - Parameter order: From 1 to 64; 4 to 6 are usual.
    package init(order: Int) {
        self.order = order
    }

    /// The short name in lists and documents.
    package static let key = "cc"
    /// The name spelled out.
    package static let fullName = "cepstral coefficients"
    /// What it computes.
    package static let documentation =
        "Cepstral coefficients of the autoregressive model, by LibEMG's recursion."
    /// The unit of its values.
    package static let unit = FeatureUnit.none
    /// The parameters.
    package static let fields: Fields<Self> = [
        Field(
            "order", \.order, .integer(in: SharedNumbers.modelOrders),
            "The order of the model; 4 to 6 are usual.")
    ]
    /// `cc:6` sets the order.
    package static let mainField: String? = "order"

    /// As many as the order.
    package var count: Int { order }
    /// The model.
    package var needs: Set<SharedNumber> { [.model(order: order)] }

    /// Appends the coefficients of a window.
    package func append(
        _ window: Span<Double>, _ shared: SharedNumbers, to numbers: inout [Double]
    ) {
        numbers += Self.cepstrum(shared.autoregressiveCoefficients(order: order))
    }

    /// LibEMG's cepstral coefficients, counted from 0: cₚ = -aₚ - Σ (1 - l/p)·aₚ·c₍ₚ₋ₗ₎ over
    /// 0 < l < p.
    private static func cepstrum(_ coefficients: [Double]) -> [Double] {
        var result: [Double] = []
        for (index, value) in coefficients.enumerated() {
            var sum = 0.0
            for lag in stride(from: 1, to: index, by: 1) {
                sum += value * result[index - lag] * (1 - Double(lag) / Double(index))
            }
            result.append(-value - sum)
        }
        return result
    }
}

extension Feature where Self == CepstralCoefficients {
    /// Cepstral coefficients of the autoregressive model, by LibEMG's recursion.
    ///
    /// - Parameter order: The order of the model, from 1 to 64.
    /// - Returns: The feature.
    package static func cepstrum(order: Int = 4) -> CepstralCoefficients {
        CepstralCoefficients(order: order)
    }
}
