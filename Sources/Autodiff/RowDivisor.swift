/// What a row is divided by.
public enum RowDivisor: Sendable, Hashable {
    /// The row less its mean, by its standard deviation with ε added to the variance: layer
    /// normalization (Ba, Kiros and Hinton 2016), without its scale and shift.
    case standardized(epsilon: Double)
    /// The row by its Euclidean length: weight normalization (Salimans and Kingma 2016), without
    /// its scale.
    case unitLength
}
