import Autodiff

/// `|left − right| / |right|` over whole vectors.
func relativeDistance<Scalar: TensorScalar>(_ left: [Scalar], _ right: [Scalar]) -> Double {
    guard left.count == right.count else { return .infinity }
    var (difference, norm) = (0.0, 0.0)
    for (left, right) in zip(left, right) {
        difference += (Double(left) - Double(right)) * (Double(left) - Double(right))
        norm += Double(right) * Double(right)
    }
    return (difference / norm).squareRoot()
}
