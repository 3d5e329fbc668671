package import Documents

/// Coefficients a₁ … of the model xₙ + a₁xₙ₋₁ + … by Burg's method.
///
/// Source: J. P. Burg, thesis, Stanford 1975.
package struct AutoregressiveCoefficients: Feature {
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
    package static let key = "ar"
    /// The name spelled out.
    package static let fullName = "autoregressive coefficients"
    /// What it computes.
    package static let documentation =
        "Coefficients a₁ … of the model xₙ + a₁xₙ₋₁ + … by Burg's method."
    /// The unit of its values.
    package static let unit = FeatureUnit.none
    /// The parameters.
    package static let fields: Fields<Self> = [
        Field(
            "order", \.order, .integer(in: SharedNumbers.modelOrders),
            "The order of the model; 4 to 6 are usual.")
    ]
    /// `ar:6` sets the order.
    package static let mainField: String? = "order"

    /// As many as the order.
    package var count: Int { order }
    /// The model.
    package var needs: Set<SharedNumber> { [.model(order: order)] }

    /// Appends the coefficients of a window.
    package func append(
        _ window: Span<Double>, _ shared: SharedNumbers, to numbers: inout [Double]
    ) {
        numbers += shared.autoregressiveCoefficients(order: order)
    }
}

extension Feature where Self == AutoregressiveCoefficients {
    /// Coefficients a₁ … of the model xₙ + a₁xₙ₋₁ + … by Burg's method.
    ///
    /// - Parameter order: The order of the model, from 1 to 64.
    /// - Returns: The feature.
    package static func autoregressive(order: Int = 4) -> AutoregressiveCoefficients {
        AutoregressiveCoefficients(order: order)
    }
}
