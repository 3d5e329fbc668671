import Autodiff
import SeededRandom
import Testing

/// A scalar function of a flat vector of parameters, with the tape that computes it.
struct DerivativeCase: Sendable, CustomTestStringConvertible {
    let name: String
    /// Records the function; the second value lists its inputs.
    let record: @Sendable (inout Tape) -> (loss: Tape.Variable, inputs: [Tape.Variable])

    init(
        _ name: String,
        _ record:
            @escaping @Sendable (inout Tape) -> (
                loss: Tape.Variable, inputs: [Tape.Variable]
            )
    ) {
        self.name = name
        self.record = record
    }

    var testDescription: String { name }

    /// The function with its inputs set to seeded numbers, and a point to look at it from.
    func prepared<Scalar: TensorScalar>(
        as scalar: Scalar.Type = Double.self
    ) -> (execution: Execution<Scalar>, point: [Scalar], direction: [Scalar]) {
        var tape = Tape()
        let (loss, inputs) = record(&tape)
        var generator = SeededGenerator(seed: 7, stream: name)
        var execution = Execution<Scalar>(Gradient(of: loss, on: tape))
        for input in inputs {
            execution.withInput(input) { elements in
                for index in elements.indices {
                    elements[index] = Scalar(generator.uniform(in: 0.1..<1.2))
                }
            }
        }
        let point = (0..<tape.parameterCount).map { _ in Scalar(generator.nearlyNormal()) }
        let direction = (0..<tape.parameterCount).map { _ in Scalar(generator.nearlyNormal()) }
        return (execution, point, direction)
    }

    /// Makes a scalar of a value in which every element counts differently and twice: `Σ w y²`.
    static func weighed(_ value: Tape.Variable, on tape: inout Tape) -> (
        loss: Tape.Variable, weights: Tape.Variable
    ) {
        let weights = tape.input(tape.shape(of: value))
        let square = tape.multiply(value, value)
        return (tape.sum(tape.multiply(weights, square)), weights)
    }

    /// Every operation, each as a function with curvature.
    static let operations = arithmetic + layers

    /// Arithmetic, products and the cross-entropy.
    private static let arithmetic: [DerivativeCase] = [
        DerivativeCase("linear") { tape in
            let x = tape.parameter([3, 4])
            let weight = tape.parameter([2, 4])
            let y = tape.linear(x, weight: weight, bias: tape.parameter([2]))
            let (loss, weights) = weighed(y, on: &tape)
            return (loss, [weights])
        },
        DerivativeCase("linear of a constant") { tape in
            let x = tape.input([5, 3])
            let weight = tape.parameter([2, 3])
            let y = tape.linear(x, weight: weight, bias: tape.parameter([2]))
            let (loss, weights) = weighed(y, on: &tape)
            return (loss, [x, weights])
        },
        product(.plain, .plain), product(.transposed, .plain), product(.plain, .transposed),
        product(.transposed, .transposed),
        DerivativeCase("product of a matrix by its own transpose") { tape in
            let x = tape.parameter([3, 2])
            let (loss, weights) = weighed(
                tape.product(.plain(x), .transposed(x)), on: &tape)
            return (loss, [weights])
        },
        DerivativeCase("sum of a value and itself") { tape in
            let x = tape.parameter([4])
            let (loss, weights) = weighed(tape.add(x, x), on: &tape)
            return (loss, [weights])
        },
        DerivativeCase("sum, difference and scale") { tape in
            let x = tape.parameter([2, 3])
            let y = tape.parameter([2, 3])
            let difference = tape.subtract(tape.scale(x, by: 1.7), y)
            let (loss, weights) = weighed(
                tape.add(difference, tape.multiply(x, y)), on: &tape)
            return (loss, [weights])
        },
        DerivativeCase("cube, the same value three times") { tape in
            let x = tape.parameter([5])
            return (tape.sum(tape.multiply(x, tape.multiply(x, x))), [])
        },
        DerivativeCase("broadcast rows and their sums") { tape in
            let row = tape.parameter([3])
            let matrix = tape.parameter([4, 3])
            let spread = tape.multiply(tape.repeatRow(row, count: 4), matrix)
            let (loss, weights) = weighed(tape.columnSums(spread), on: &tape)
            return (loss, [weights])
        },
        DerivativeCase("broadcast of one row") { tape in
            let row = tape.parameter([1])
            let (loss, weights) = weighed(tape.repeatRow(row, count: 1), on: &tape)
            return (loss, [weights])
        },
        DerivativeCase("scalar at every place") { tape in
            let x = tape.parameter([2, 2])
            let total = tape.sum(x)
            let (loss, weights) = weighed(
                tape.multiply(tape.fill([2, 2], with: total), x), on: &tape)
            return (loss, [weights])
        },
        DerivativeCase("relu and gate") { tape in
            let x = tape.parameter([4, 4])
            let y = tape.parameter([4, 4])
            let (loss, weights) = weighed(
                tape.gate(tape.relu(tape.multiply(x, y)), where: y), on: &tape)
            return (loss, [weights])
        },
        DerivativeCase("cross-entropy") { tape in
            let logits = tape.parameter([4, 3])
            let targets = tape.input([4, 3])
            return (tape.crossEntropy(logits, targets: targets), [targets])
        },
        DerivativeCase("square of a cross-entropy") { tape in
            let logits = tape.parameter([4, 3])
            let targets = tape.input([4, 3])
            let loss = tape.crossEntropy(logits, targets: targets)
            return (tape.multiply(loss, loss), [targets])
        },
        DerivativeCase("two-layer network") { tape in
            let x = tape.input([6, 5])
            let firstWeight = tape.parameter([4, 5])
            let hidden = tape.relu(
                tape.linear(x, weight: firstWeight, bias: tape.parameter([4])))
            let secondWeight = tape.parameter([3, 4])
            let logits = tape.linear(hidden, weight: secondWeight, bias: tape.parameter([3]))
            let targets = tape.input([6, 3])
            return (tape.crossEntropy(logits, targets: targets), [x, targets])
        },
        DerivativeCase("weights shared by two layers") { tape in
            let x = tape.input([6, 4])
            let weight = tape.parameter([4, 4])
            let bias = tape.parameter([4])
            let hidden = tape.relu(tape.linear(x, weight: weight, bias: bias))
            let logits = tape.linear(hidden, weight: weight, bias: bias)
            let targets = tape.input([6, 4])
            return (tape.crossEntropy(logits, targets: targets), [x, targets])
        },
        DerivativeCase("a parameter that the loss does not use") { tape in
            let x = tape.parameter([3])
            _ = tape.parameter([2])
            return (tape.sum(tape.multiply(x, x)), [])
        },
    ]

    private static func product(_ left: MatrixForm, _ right: MatrixForm) -> DerivativeCase {
        DerivativeCase("product, \(left) and \(right)") { tape in
            let x = tape.parameter(left == .transposed ? [4, 3] : [3, 4])
            let y = tape.parameter(right == .transposed ? [2, 4] : [4, 2])
            let (loss, weights) = weighed(
                tape.product(Tape.Factor(x, left), Tape.Factor(y, right)), on: &tape)
            return (loss, [weights])
        }
    }
}

extension Execution {
    /// The loss at a point.
    mutating func loss(at point: [Scalar]) -> Scalar {
        run(parameters: point)
        return loss
    }

    /// The gradient at a point.
    mutating func gradient(at point: [Scalar]) -> [Scalar] {
        run(parameters: point)
        var result = [Scalar](repeating: 0, count: point.count)
        addGradient(to: &result, parameters: point)
        return result
    }

    /// The Hessian at a point, times a direction.
    mutating func hessian(at point: [Scalar], times direction: [Scalar]) -> [Scalar] {
        run(parameters: point)
        var result = [Scalar](repeating: 0, count: point.count)
        multiplyHessian(by: direction, parameters: point, into: &result)
        return result
    }
}

/// `|left − right| / max(|right|, floor)` over whole vectors.
func relativeDistance<Scalar: TensorScalar>(
    _ left: [Scalar], _ right: [Scalar], floor: Double = 1e-9
) -> Double {
    var (difference, norm) = (0.0, 0.0)
    for (left, right) in zip(left, right) {
        difference += (Double(left) - Double(right)) * (Double(left) - Double(right))
        norm += Double(right) * Double(right)
    }
    return difference.squareRoot() / max(norm.squareRoot(), floor)
}
