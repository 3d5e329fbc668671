import Autodiff
import SeededRandom
import Testing

/// Convolutions of signals have loops of their own; patches and products are another way to the
/// same numbers.
@Suite("Convolutions of signals without patches")
struct CorrelationTests {
    /// The sizes of a convolution: signals, their length and channels, the kernels' width and
    /// number.
    struct Sizes: Sendable, CustomTestStringConvertible {
        let signals, length, channels, kernel, filters: Int

        init(_ signals: Int, _ length: Int, _ channels: Int, _ kernel: Int, _ filters: Int) {
            self.signals = signals
            self.length = length
            self.channels = channels
            self.kernel = kernel
            self.filters = filters
        }

        var layout: PatchLayout {
            PatchLayout(signals: signals, length: length, channels: channels, kernel: kernel)
        }
        var testDescription: String {
            "\(signals) × \(length) × \(channels) by \(filters) of \(kernel)"
        }
    }

    static let sizes = [
        Sizes(4, 40, 8, 3, 16), Sizes(3, 38, 16, 3, 32), Sizes(2, 36, 32, 3, 64),
        // One sample, one filter, a kernel as long as the signal, parts of vectors and of tiles,
        // kernels longer than a panel.
        Sizes(5, 16, 16, 1, 1), Sizes(2, 9, 7, 9, 5), Sizes(3, 14, 9, 2, 17),
        Sizes(2, 25, 70, 4, 70), Sizes(1, 13, 33, 2, 100), Sizes(2, 60, 20, 15, 24),
    ]

    private struct Derivatives<Scalar: TensorScalar> {
        var values: [Scalar]
        var gradient: [Scalar]
        var product: [Scalar]
    }

    /// Value, gradient and Hessian-vector product of `Σ w y²` for a convolution `y`.
    private func derivatives<Scalar: TensorScalar>(
        of sizes: Sizes, in type: Scalar.Type,
        _ convolve: (inout Tape, Tape.Variable, Tape.Variable, Tape.Variable) -> Tape.Variable
    ) -> Derivatives<Scalar> {
        var tape = Tape()
        let x = tape.parameter([sizes.signals, sizes.length, sizes.channels])
        let weight = tape.parameter([sizes.filters, sizes.channels, sizes.kernel])
        let bias = tape.parameter([sizes.filters])
        let y = convolve(&tape, x, weight, bias)
        let weights = tape.input(tape.shape(of: y))
        let loss = tape.sum(tape.multiply(tape.multiply(y, y), weights))
        var execution = Execution<Scalar>(Gradient(of: loss, on: tape))
        var generator = SeededGenerator(seed: 5, stream: sizes.testDescription)
        execution.withInput(weights) { values in
            for index in values.indices { values[index] = Scalar(generator.nearlyNormal()) }
        }
        let point = (0..<tape.parameterCount).map { _ in Scalar(generator.nearlyNormal()) }
        let direction = (0..<tape.parameterCount).map { _ in Scalar(generator.nearlyNormal()) }
        execution.run(parameters: point)
        var gradient = [Scalar](repeating: 0, count: tape.parameterCount)
        execution.addGradient(to: &gradient, parameters: point)
        var product = [Scalar](repeating: 0, count: tape.parameterCount)
        execution.multiplyHessian(by: direction, parameters: point, into: &product)
        return Derivatives(
            values: execution.elements(of: y), gradient: gradient, product: product)
    }

    private func compare<Scalar: TensorScalar>(
        _ sizes: Sizes, in type: Scalar.Type, within bound: Double
    ) {
        let direct = derivatives(of: sizes, in: type) { tape, x, weight, bias in
            tape.convolution(x, sizes.layout, weight: weight, bias: bias)
        }
        let patches = derivatives(of: sizes, in: type) { tape, x, weight, bias in
            let kernels = tape.permute(
                weight,
                Permutation(
                    extents: [sizes.filters, sizes.channels, sizes.kernel], order: [0, 2, 1]),
                as: [sizes.filters, sizes.kernel * sizes.channels])
            return tape.linear(tape.patches(x, sizes.layout), weight: kernels, bias: bias)
        }
        for (found, expected) in [
            (direct.values, patches.values), (direct.gradient, patches.gradient),
            (direct.product, patches.product),
        ] {
            #expect(relativeDistance(found.map(Double.init), expected.map(Double.init)) < bound)
        }
    }

    @Test("values, gradients and curvatures are those of patches and products", arguments: sizes)
    func sameAsPatches(_ sizes: Sizes) {
        compare(sizes, in: Double.self, within: 1e-13)
        compare(sizes, in: Float.self, within: 1e-5)
    }

    @Test(
        "an exchange of the last two axes moves every number to its place",
        arguments: [
            [34, 64], [8, 8], [3, 17, 5], [2, 16, 9], [4, 3, 32], [2, 2, 40, 7], [1, 1],
        ])
    func exchangedAxes(_ extents: [Int]) {
        let rank = extents.count
        var tape = Tape()
        let x = tape.parameter(Shape(extents))
        let order = Array(0..<rank - 2) + [rank - 1, rank - 2]
        let y = tape.permute(x, Permutation(extents: extents, order: order))
        // Twice, so that one gradient is added to another.
        let sum = tape.add(tape.permute(x, Permutation(extents: extents, order: order)), y)
        let weights = tape.input(tape.shape(of: y))
        let loss = tape.sum(tape.multiply(sum, weights))
        var execution = Execution<Float>(Gradient(of: loss, on: tape))
        let count = extents.reduce(1, *)
        execution.withInput(weights) { values in
            for index in values.indices { values[index] = Float(index) }
        }
        execution.run(parameters: (0..<count).map(Float.init))
        let (rows, columns) = (extents[rank - 2], extents[rank - 1])
        func exchanged(_ rows: Int, _ columns: Int) -> [Float] {
            (0..<count).map { place in
                let (matrix, rest) = (place / (rows * columns), place % (rows * columns))
                return Float((matrix * rows + rest % rows) * columns + rest / rows)
            }
        }
        #expect(execution.elements(of: y) == exchanged(rows, columns))
        #expect(
            execution.gradient(at: (0..<count).map(Float.init))
                == exchanged(columns, rows).map { 2 * $0 })
    }
}
