import Autodiff

extension DerivativeCase {
    /// What the layers of convolutional networks and transformers are made of.
    static let layers: [DerivativeCase] = [
        DerivativeCase("reshape") { tape in
            let x = tape.parameter([3, 4])
            let y = tape.parameter([2, 6])
            return curved(tape.multiply(tape.reshape(x, to: [2, 6]), y), on: &tape)
        },
        DerivativeCase("permuted axes") { tape in
            let x = tape.parameter([2, 3, 4, 2])
            let order = Permutation(extents: [2, 3, 4, 2], order: [2, 0, 3, 1])
            let y = tape.parameter([4, 2, 2, 3])
            return curved(tape.multiply(tape.permute(x, order), y), on: &tape)
        },
        DerivativeCase("two slices of one value, overlapping") { tape in
            let x = tape.parameter([10])
            let first = tape.slice(x, from: 0, as: [2, 3])
            let second = tape.slice(x, from: 4, as: [2, 3])
            return curved(tape.multiply(first, second), on: &tape)
        },
        convolution(
            "a signal of few channels",
            PatchLayout(
                signals: 2, length: 6, channels: 3, kernel: 3)),
        convolution(
            "a signal of many channels",
            PatchLayout(
                signals: 2, length: 6, channels: 6, kernel: 3)),
        convolution(
            "dilated causal patches",
            PatchLayout(
                signals: 2, length: 7, channels: 2, kernel: 3, dilation: 2, padding: 4)),
        convolution(
            "padded patches of images",
            PatchLayout(
                images: 2, input: .init(height: 4, width: 3), channels: 2,
                kernel: .init(height: 3, width: 3),
                padding: .init(
                    before: .init(height: 1, width: 1), after: .init(height: 1, width: 1)))),
        convolution(
            "a kernel wider than the image",
            PatchLayout(
                signals: 3, length: 2, channels: 1, kernel: 4, padding: 3)),
        convolution(
            "patches two pixels apart",
            PatchLayout(
                images: 2, input: .init(height: 5, width: 4), channels: 2,
                kernel: .init(height: 3, width: 3), stride: 2,
                padding: .init(
                    before: .init(height: 1, width: 1), after: .init(height: 1, width: 1)))),
        DerivativeCase("a convolution without a bias") { tape in
            let layout = PatchLayout(
                images: 2, input: .init(height: 3, width: 4), channels: 2,
                kernel: .init(height: 2, width: 2))
            let x = tape.parameter([2, 12, 2])
            let y = tape.convolution(x, layout, weight: tape.parameter([3, 2, 2, 2]))
            return curved(y, on: &tape)
        },
        // Columns of less than a vector, of one, of several and of one and a rest.
        batchNorm(rows: 4, columns: 3), batchNorm(rows: 5, columns: 16),
        batchNorm(rows: 3, columns: 41), batchNorm(rows: 150, columns: 5),
        maxPool(
            "two by two pixels",
            PatchLayout(
                images: 2, input: .init(height: 5, width: 4), channels: 3,
                kernel: .init(height: 2, width: 2), stride: 2)),
        maxPool(
            "overlapping patches of many channels",
            PatchLayout(
                images: 1, input: .init(height: 4, width: 5), channels: 67,
                kernel: .init(height: 3, width: 2), stride: 1)),
        DerivativeCase("means over pixels") { tape in
            let x = tape.parameter([2 * 6, 3])
            return curved(tape.meanPool(x, images: 2, channels: 3), on: &tape)
        },
        batched(.plain, .plain), batched(.transposed, .plain), batched(.plain, .transposed),
        batched(.transposed, .transposed),
        DerivativeCase("row sums and columns") { tape in
            let x = tape.parameter([3, 4])
            let spread = tape.repeatColumn(tape.rowSums(x), count: 4)
            return curved(tape.multiply(spread, x), on: &tape)
        },
        function("gelu", .gelu), function("tanh", .tanh), function("sigmoid", .sigmoid),
        DerivativeCase("softmax") { tape in
            let x = tape.parameter([2, 3, 4])
            return curved(tape.softmax(x), on: &tape)
        },
        DerivativeCase("standardized rows") { tape in
            let x = tape.parameter([3, 5])
            return curved(tape.normalize(x, .standardized(epsilon: 1e-2)), on: &tape)
        },
        DerivativeCase("rows of unit length") { tape in
            let x = tape.parameter([3, 5])
            return curved(tape.normalize(x, .unitLength), on: &tape)
        },
        DerivativeCase("layer normalization") { tape in
            let x = tape.parameter([4, 6])
            let y = tape.layerNorm(
                x, weight: tape.parameter([6]), bias: tape.parameter([6]))
            return curved(y, on: &tape)
        },
        DerivativeCase("weight normalization") { tape in
            let weight = tape.weightNorm(
                direction: tape.parameter([4, 3, 2]), length: tape.parameter([4, 1, 1]))
            return curved(weight, on: &tape)
        },
        DerivativeCase("squared error") { tape in
            let outputs = tape.map(tape.parameter([4, 2]), .tanh)
            let targets = tape.input([4, 2])
            let weights = tape.input([4, 2])
            return (
                tape.squaredError(outputs, targets: targets, weights: weights),
                [targets, weights]
            )
        },
        DerivativeCase("square of a squared error") { tape in
            let targets = tape.input([4, 2])
            let weights = tape.input([4, 2])
            let loss = tape.squaredError(
                tape.parameter([4, 2]), targets: targets, weights: weights)
            return (tape.multiply(loss, loss), [targets, weights])
        },
        DerivativeCase("inverses of symmetric matrices") { tape in
            let matrices = symmetric(count: 2, width: 4, on: &tape)
            return curved(tape.inverse(ofSymmetric: matrices), on: &tape)
        },
        DerivativeCase("an inverse of which only a part is used twice") { tape in
            let matrices = symmetric(count: 1, width: 3, on: &tape)
            let inverse = tape.inverse(ofSymmetric: matrices)
            let right = tape.parameter([1, 3, 2])
            let solution = tape.batchedProduct(.plain(inverse), .plain(right))
            let again = tape.batchedProduct(.plain(inverse), .plain(solution))
            return curved(again, on: &tape)
        },
        DerivativeCase("log-determinants of symmetric matrices") { tape in
            let matrices = symmetric(count: 3, width: 3, on: &tape)
            let inverse = tape.inverse(ofSymmetric: matrices)
            return curved(
                tape.logDeterminants(ofSymmetric: matrices, inverse: inverse), on: &tape)
        },
        DerivativeCase("log of the sum of exponentials") { tape in
            let x = tape.parameter([3, 4])
            return curved(tape.logSumExp(tape.multiply(x, x)), on: &tape)
        },
        DerivativeCase("one row's sum of exponentials at every place") { tape in
            let x = tape.parameter([1, 3])
            return curved(tape.multiply(tape.fill([1, 3], with: tape.logSumExp(x)), x), on: &tape)
        },
        DerivativeCase("logarithm of exponentials") { tape in
            let x = tape.map(tape.parameter([5]), .exponential)
            let y = tape.map(tape.parameter([5]), .exponential)
            return curved(tape.map(tape.add(x, y), .logarithm), on: &tape)
        },
        DerivativeCase("products of rows") { tape in
            let x = tape.parameter([3, 4])
            return curved(tape.rowProducts(x, tape.parameter([3, 4])), on: &tape)
        },
        DerivativeCase("attention") { tape in
            let x = tape.parameter([2, 4, 3])
            let scores = tape.softmax(
                tape.scale(tape.batchedProduct(.plain(x), .transposed(x)), by: 0.7))
            return curved(tape.batchedProduct(.plain(scores), .plain(x)), on: &tape)
        },
    ]

    /// Symmetric positive definite matrices `X Xᵀ` of parameters, `X` three times as wide as high.
    private static func symmetric(
        count: Int, width: Int, on tape: inout Tape
    ) -> Tape.Variable {
        let x = tape.parameter([count, width, 3 * width])
        return tape.batchedProduct(.plain(x), .transposed(x))
    }

    private static func curved(
        _ value: Tape.Variable, on tape: inout Tape
    ) -> (loss: Tape.Variable, inputs: [Tape.Variable]) {
        let (loss, weights) = weighed(value, on: &tape)
        return (loss, [weights])
    }

    private static func batchNorm(rows: Int, columns: Int) -> DerivativeCase {
        DerivativeCase("batch normalization of \(rows) rows of \(columns)") { tape in
            let x = tape.parameter([rows, columns])
            let y = tape.batchNorm(
                x, weight: tape.parameter([columns]), bias: tape.parameter([columns]),
                epsilon: 1e-2)
            return curved(y, on: &tape)
        }
    }

    private static func maxPool(_ name: String, _ layout: PatchLayout) -> DerivativeCase {
        DerivativeCase("pooling of \(name)") { tape in
            let count = layout.images * layout.input.height * layout.input.width
            let x = tape.parameter([count, layout.channels])
            return curved(tape.maxPool(x, layout), on: &tape)
        }
    }

    private static func convolution(_ name: String, _ layout: PatchLayout) -> DerivativeCase {
        DerivativeCase(name) { tape in
            let x = tape.parameter([
                layout.images, layout.input.height * layout.input.width, layout.channels,
            ])
            let weight = tape.parameter([
                2, layout.channels, layout.kernel.height, layout.kernel.width,
            ])
            let y = tape.convolution(x, layout, weight: weight, bias: tape.parameter([2]))
            return curved(y, on: &tape)
        }
    }

    private static func batched(_ left: MatrixForm, _ right: MatrixForm) -> DerivativeCase {
        DerivativeCase("batched product, \(left) and \(right)") { tape in
            let x = tape.parameter(left == .transposed ? [2, 4, 3] : [2, 3, 4])
            let y = tape.parameter(right == .transposed ? [2, 2, 4] : [2, 4, 2])
            return curved(
                tape.batchedProduct(Tape.Factor(x, left), Tape.Factor(y, right)), on: &tape)
        }
    }

    private static func function(_ name: String, _ function: ElementFunction) -> DerivativeCase {
        DerivativeCase(name) { tape in
            curved(tape.map(tape.parameter([7]), function), on: &tape)
        }
    }
}
