package import Autodiff

/// A ridge regression from the support's features to its classes, one of K (Bertinetto, Henriques,
/// Torr and Vedaldi, "Meta-learning with differentiable closed-form solvers", 2019: R2D2).
///
/// The weights are `Xᵀ (X Xᵀ + λ I)⁻¹ Y` when there are no more rows than features, and
/// `(Xᵀ X + λ I)⁻¹ Xᵀ Y` otherwise, which is the same (Woodbury); the logits are `s q W + b`. `λ`, `s`
/// and `b` are learned.
package struct RidgeHead: ClosedFormHead, Hashable {
    /// Creates the head.
    package init() {}

    /// The logarithm of `λ`, from 1; `s`, from 10; and `b`, from 0.
    package var parameters: [HeadParameter] {
        [
            HeadParameter("log_lambda", .scalar, start: [0]),
            HeadParameter("scale", .scalar, start: [10]),
            HeadParameter("bias", .scalar, start: [0]),
        ]
    }

    /// The weights.
    package func fittedNumbers(
        width: Int, classCount: Int
    ) -> [(name: String, shape: Shape)] {
        [("weights", [width, classCount])]
    }

    /// Records the regression.
    package func recordFit(
        _ recorder: inout HeadRecorder, support: Tape.Variable
    ) -> [Tape.Variable] {
        let (rows, classes) = (recorder.shape.support, recorder.classCount)
        let width = recorder.tape.shape(of: support)[1]
        let answers = recorder.constant([rows, classes]) { counts in
            counts.labels.flatMap { label in (0..<classes).map { $0 == label ? 1 : 0 } }
        }
        let size = min(rows, width)
        let unit = recorder.units(1, width: size)
        let ridge = recorder.tape.multiply(recorder.positive("log_lambda", [1, size, size]), unit)
        let products =
            rows <= width
            ? recorder.tape.product(.plain(support), .transposed(support))
            : recorder.tape.product(.transposed(support), .plain(support))
        let matrix = recorder.tape.add(
            recorder.tape.reshape(products, to: [1, size, size]), ridge)
        let inverse = recorder.tape.reshape(
            recorder.tape.inverse(ofSymmetric: matrix), to: [size, size])
        let weights =
            rows <= width
            ? recorder.tape.product(
                .transposed(support),
                .plain(recorder.tape.product(.plain(inverse), .plain(answers))))
            : recorder.tape.product(
                .plain(inverse),
                .plain(recorder.tape.product(.transposed(support), .plain(answers))))
        return [weights]
    }

    /// Records what it says of the query.
    package func recordDecision(
        _ recorder: inout HeadRecorder, fitted: [Tape.Variable], query: Tape.Variable
    ) -> Tape.Variable {
        let scores = recorder.tape.product(.plain(query), .plain(fitted[0]))
        let shape = recorder.tape.shape(of: scores)
        return recorder.tape.add(
            recorder.tape.multiply(
                recorder.tape.fill(shape, with: recorder.parameter("scale")), scores),
            recorder.tape.fill(shape, with: recorder.parameter("bias")))
    }
}
