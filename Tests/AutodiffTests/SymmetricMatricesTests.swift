import Autodiff
import Documents
import Foundation
import SeededRandom
import TestSupport
import Testing

@Suite("Symmetric matrices on a tape")
struct SymmetricMatricesTests {
    private static let (count, width, columns, right) = (2, 5, 9, 3)

    /// Numbers in −1…1 that need no random generator, and whose matrices have full rank.
    private static func formula(_ count: Int, _ a: Double, _ b: Double) -> [Double] {
        (1..<count + 1).map { sin(a * Double($0 * $0) + b) }
    }

    /// The function of `Golden/make_symmetric_matrices.py`.
    private static func execution<Scalar: TensorScalar>(
        _ scalar: Scalar.Type
    ) -> Execution<Scalar> {
        var tape = Tape()
        let x = tape.parameter([count, width, columns])
        let right = tape.parameter([count, width, right])
        let matrices = tape.batchedProduct(.plain(x), .transposed(x))
        let inverse = tape.inverse(ofSymmetric: matrices)
        let solutions = tape.batchedProduct(.plain(inverse), .plain(right))
        let logs = tape.logDeterminants(ofSymmetric: matrices, inverse: inverse)
        let mixed = tape.logSumExp(tape.reshape(solutions, to: [count * width, self.right]))
        let weights = tape.input(tape.shape(of: solutions))
        let weighed = tape.multiply(weights, tape.multiply(solutions, solutions))
        let squares = [logs, mixed].map { tape.sum(tape.multiply($0, $0)) }
        let loss = tape.add(tape.sum(weighed), tape.add(squares[0], squares[1]))
        var execution = Execution<Scalar>(Gradient(of: loss, on: tape))
        execution.withInput(weights) { elements in
            elements = formula(count * width * self.right, 1.1, 0.4).map { Scalar($0 + 1.5) }
        }
        return execution
    }

    private static func golden(_ key: String) throws -> [Double] {
        let file = SharedMaterial.packageFolder.appending(
            path: "Tests/AutodiffTests/Golden/symmetric_matrices.json")
        return try Document(contentsOf: file).cursor.object().required(key).array().map {
            try $0.number()
        }
    }

    @Test("solutions, determinants and their first and second derivatives equal PyTorch's")
    func golden() throws {
        var execution = Self.execution(Double.self)
        let point = Self.formula(execution.parameterCount, 0.731, 1.3)
        let direction = Self.formula(execution.parameterCount, 0.31, 0.77)
        #expect(
            relativeDistance([execution.loss(at: point)], try Self.golden("loss")) < 1e-11)
        #expect(
            relativeDistance(execution.gradient(at: point), try Self.golden("gradient")) < 1e-10)
        #expect(
            relativeDistance(
                execution.hessian(at: point, times: direction), try Self.golden("hessianProduct"))
                < 1e-10)
    }

    @Test("an inverse is worked out by hand and times its matrix is one", arguments: [1, 2, 6, 30])
    func inverse(width: Int) throws {
        var tape = Tape()
        let x = tape.parameter([2, width, width])
        let inverse = tape.inverse(ofSymmetric: x)
        let logs = tape.logDeterminants(ofSymmetric: x, inverse: inverse)
        let loss = tape.add(tape.sum(inverse), tape.sum(logs))
        var execution = Execution<Double>(Gradient(of: loss, on: tape), keeping: [inverse, logs])
        // Twice and three times one, plus ones everywhere: (a I + 1 1ᵀ)⁻¹ = I / a − 1 1ᵀ / (a (a + n)).
        var matrices = [Double](repeating: 1, count: 2 * width * width)
        for row in 0..<width {
            matrices[row * (width + 1)] += 2
            matrices[width * width + row * (width + 1)] += 3
        }
        execution.run(parameters: matrices)
        let found = execution.elements(of: inverse)
        for (matrix, factor) in [2.0, 3].enumerated() {
            for place in 0..<width * width {
                var expected = -1 / (factor * (factor + Double(width)))
                if place % (width + 1) == 0 { expected += 1 / factor }
                #expect(abs(found[matrix * width * width + place] - expected) < 1e-14)
            }
            let determinant =
                Double(width - 1) * log(factor) + log(factor + Double(width))
            #expect(abs(execution.elements(of: logs)[matrix] - determinant) < 1e-12)
        }
    }

    @Test("a matrix that is not positive definite gives no number and harms no other")
    func indefinite() {
        var tape = Tape()
        let x = tape.parameter([2, 2, 2])
        let inverse = tape.inverse(ofSymmetric: x)
        let logs = tape.logDeterminants(ofSymmetric: x, inverse: inverse)
        let loss = tape.add(tape.sum(inverse), tape.sum(logs))
        var execution = Execution<Float>(Gradient(of: loss, on: tape), keeping: [inverse, logs])
        execution.run(parameters: [1, 2, 2, 1, 2, 0, 0, 4])
        let found = execution.elements(of: inverse)
        #expect(found[0..<4].allSatisfy(\.isNaN) && found[4...] == [0.5, 0, 0, 0.25])
        #expect(execution.elements(of: logs)[0].isNaN && !execution.loss.isFinite)
    }

    @Test("the logarithm of a sum of exponentials is finite for large numbers")
    func largeExponents() {
        var tape = Tape()
        let x = tape.parameter([2, 2])
        let sums = tape.logSumExp(x)
        var execution = Execution<Float>(Gradient(of: tape.sum(sums), on: tape), keeping: [sums])
        #expect(execution.gradient(at: [500, 500, -900, 80]) == [0.5, 0.5, 0, 1])
        #expect(abs(execution.elements(of: sums)[0] - 500.693_15) < 1e-3)
        #expect(execution.elements(of: sums)[1] == 80)
    }
}
