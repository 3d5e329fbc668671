package import Autodiff
private import Foundation

/// The posterior of a ``LearnedPrior`` on a network's features: mean and spread of people's class
/// means, the noise of windows and the part of it that a hold's windows share are learned with the
/// network, by the query loss differentiated through the posterior.
///
/// With `P`, `N` free and `ρ`, `τ`, `η` numbers, the spread is `P Pᵀ + e^ρ I`, the noise
/// `N Nᵀ + e^τ I` and the shared part `1 / (1 + e^−η)`: positive whatever training does. Turns are a
/// latent variable, all of them counted with the probability that the support gives them.
package struct PosteriorHead: ClosedFormHead, Hashable {
    /// Classes that are told apart.
    package let classCount: Int
    /// Features of a row.
    package let width: Int
    /// How a person's features may be turned.
    package let turns: FeatureTurns
    /// How the prior that training starts from is shrunk; see ``LearnedPrior/Settings``.
    package let shrinkage: Double?

    /// Creates the head.
    ///
    /// - Parameters:
    ///   - classCount: Classes, at least 2.
    ///   - width: Features of a row, at least 1.
    ///   - turns: How a person's features may be turned.
    ///   - shrinkage: How far the spread of people is shrunk at first.
    package init(
        classCount: Int, width: Int, turns: FeatureTurns = .none, shrinkage: Double? = 0.3
    ) {
        self.classCount = classCount
        self.width = width
        self.turns = turns
        self.shrinkage = shrinkage
    }

    /// Numbers of all class means together.
    private var size: Int { classCount * width }

    /// Mean, spread and noise, which start from people who do not differ until tasks are known.
    package var parameters: [HeadParameter] {
        [
            HeadParameter("mean", [size], start: Array(repeating: 0, count: size)),
            HeadParameter(
                "spread", [size, size], start: Array(repeating: 0, count: size * size)),
            HeadParameter("log_spread", .scalar, start: [0]),
            HeadParameter(
                "noise", [width, width], start: Array(repeating: 0, count: width * width)),
            HeadParameter("log_noise", .scalar, start: [0]),
            HeadParameter("held", .scalar, start: [0]),
        ]
    }

    /// The parameters of the prior that ``LearnedPrior`` finds.
    package func start(from people: [ClassRows]) throws(MetaLearningError) -> [Double] {
        var settings = LearnedPrior.Settings()
        settings.shrinkage = shrinkage
        settings.mixesTurns = true
        let prior = try LearnedPrior.fit(
            people.map { [$0] }, classCount: classCount, turns: turns, settings: settings)
        let held = log(settings.heldNoise / (1 - settings.heldNoise))
        // Half of each ridge is left to the number that keeps the matrix positive.
        return prior.mean
            + Self.root(of: prior.spread, less: settings.spreadRidge / 2, width: size)
            + [log(settings.spreadRidge / 2)]
            + Self.root(of: prior.noise(of: 0), less: settings.noiseRidge / 2, width: width)
            + [log(settings.noiseRidge / 2), held]
    }

    /// A matrix whose product with its own transpose is a matrix less a number on its diagonal.
    private static func root(of matrix: [Double], less ridge: Double, width: Int) -> [Double] {
        var matrix = matrix
        for row in 0..<width { matrix[row * (width + 1)] -= ridge }
        return CholeskyFactor(matrix, width: width).lowerTriangle
    }

    /// It is a prior then.
    package var decidesWithoutSupport: Bool { true }

    /// Densities are none.
    package var isAffine: Bool { false }

    /// The class means in each turn, the inverses of what each class's windows scatter by and the
    /// logarithms of their determinants, and those of the turns' probabilities.
    package func fittedNumbers(
        width: Int, classCount: Int
    ) -> [(name: String, shape: Shape)] {
        [
            ("means", [turns.count, size]), ("inverses", [classCount, width, width]),
            ("log_determinants", [classCount]), ("log_turns", [turns.count]),
        ]
    }

    /// Records the posterior; without rows the prior.
    package func recordFit(
        _ recorder: inout HeadRecorder, support: Tape.Variable
    ) -> [Tape.Variable] {
        let prior = RecordedPrior(self, &recorder)
        let posterior =
            recorder.shape.support == 0
            ? RecordedPosterior(self, prior, &recorder)
            : RecordedPosterior(self, prior, support, &recorder)
        let inverses = recorder.tape.inverse(ofSymmetric: posterior.covariances)
        let determinants = recorder.tape.logDeterminants(
            ofSymmetric: posterior.covariances, inverse: inverses)
        return [posterior.means, inverses, determinants, posterior.logWeights]
    }

    /// Records each class's density at the query's rows.
    package func recordDecision(
        _ recorder: inout HeadRecorder, fitted: [Tape.Variable], query: Tape.Variable
    ) -> Tape.Variable {
        let (means, inverses) = (fitted[0], fitted[1])
        let (determinants, logWeights) = (fitted[2], fitted[3])
        let (rows, turnCount, classCount, width) = (
            recorder.shape.query, turns.count, classCount, width
        )
        let all = turnCount * rows
        // The logarithm of each class's density at each row, turns mixed: each row beside itself once
        // for each class, less the class's mean in the row's turn.
        let copies = recorder.constant([width, size]) { _ in
            (0..<width).flatMap { feature in
                (0..<classCount * width).map { $0 % width == feature ? 1 : 0 }
            }
        }
        let turnOfRow = recorder.constant([all, turnCount]) { _ in
            (0..<all * turnCount).map { $0 / turnCount / rows == $0 % turnCount ? 1 : 0 }
        }
        let differences = recorder.tape.permute(
            recorder.tape.subtract(
                recorder.tape.product(.plain(query), .plain(copies)),
                recorder.tape.product(.plain(turnOfRow), .plain(means))),
            Permutation(extents: [all, classCount, width], order: [1, 0, 2]))
        let weighed = recorder.tape.batchedProduct(.plain(differences), .plain(inverses))
        let distances = recorder.tape.reshape(
            recorder.tape.rowProducts(
                recorder.tape.reshape(weighed, to: [classCount * all, width]),
                recorder.tape.reshape(differences, to: [classCount * all, width])),
            to: [classCount, all])
        let densities = recorder.tape.scale(
            recorder.tape.add(distances, recorder.tape.repeatColumn(determinants, count: all)),
            by: -0.5)
        let byTurn = recorder.tape.permute(
            densities,
            Permutation(extents: [classCount, turnCount, rows], order: [2, 0, 1]),
            as: [rows * classCount, turnCount])
        guard turnCount > 1 else { return recorder.tape.reshape(byTurn, to: [rows, classCount]) }
        let mixed = recorder.tape.logSumExp(
            recorder.tape.add(
                byTurn, recorder.tape.repeatRow(logWeights, count: rows * classCount)))
        return recorder.tape.reshape(mixed, to: [rows, classCount])
    }
}
