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
        let prior = Prior(self, &recorder)
        let posterior =
            recorder.shape.support == 0
            ? Posterior(self, prior, &recorder) : Posterior(self, prior, support, &recorder)
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

/// What is known of people, recorded.
private struct Prior {
    /// `[1 × size]`.
    let mean: Tape.Variable
    /// `[size × size]`.
    let spread: Tape.Variable
    /// The blocks of each class on the spread's diagonal, `[classes, width, width]`.
    let blocks: Tape.Variable
    /// `[width × width]`.
    let noise: Tape.Variable
    /// The part of the noise that a hold's windows share.
    let held: Tape.Variable

    init(_ head: PosteriorHead, _ recorder: inout HeadRecorder) {
        let (classes, width) = (head.classCount, head.width)
        let size = classes * width
        mean = recorder.tape.reshape(recorder.parameter("mean"), to: [1, size])
        let root = recorder.parameter("spread")
        let ridge = recorder.tape.map(recorder.parameter("log_spread"), .exponential)
        func positive(
            _ product: Tape.Variable, _ ridge: Tape.Variable, _ recorder: inout HeadRecorder
        ) -> Tape.Variable {
            let shape = recorder.tape.shape(of: product)
            let unit = recorder.units(shape[0], width: shape[1])
            let diagonal = recorder.tape.multiply(recorder.tape.fill(shape, with: ridge), unit)
            return recorder.tape.add(product, diagonal)
        }
        let whole = recorder.tape.reshape(root, to: [1, size, size])
        spread = recorder.tape.reshape(
            positive(
                recorder.tape.batchedProduct(.plain(whole), .transposed(whole)), ridge, &recorder),
            to: [size, size])
        let rows = recorder.tape.reshape(root, to: [classes, width, size])
        blocks = positive(
            recorder.tape.batchedProduct(.plain(rows), .transposed(rows)), ridge, &recorder)
        let scatter = recorder.tape.reshape(recorder.parameter("noise"), to: [1, width, width])
        noise = recorder.tape.reshape(
            positive(
                recorder.tape.batchedProduct(.plain(scatter), .transposed(scatter)),
                recorder.tape.map(recorder.parameter("log_noise"), .exponential), &recorder),
            to: [width, width])
        held = recorder.tape.map(recorder.parameter("held"), .sigmoid)
    }
}

/// What the support says of a person, recorded.
private struct Posterior {
    /// The class means in each turn, `[turns × size]`.
    let means: Tape.Variable
    /// What each class's windows scatter by, `[classes, width, width]`.
    let covariances: Tape.Variable
    /// The logarithm of each turn's probability, `[turns]`.
    let logWeights: Tape.Variable

    init(
        _ head: PosteriorHead, _ prior: Prior, _ support: Tape.Variable,
        _ recorder: inout HeadRecorder
    ) {
        let (classes, width, turns) = (head.classCount, head.width, head.turns.count)
        let (size, shown, rows) = (
            classes * width, recorder.shape.shown, recorder.shape.support
        )
        let count = shown * width
        // Which of all class means the support shows.
        let selection = recorder.constant([count, size]) { counts in
            counts.shown.flatMap { label in
                (0..<width * size).map { place in
                    place % size == label * width + place / size ? 1 : 0
                }
            }
        }
        let noise = Self.noiseOfMeans(head, prior, &recorder)
        let common = recorder.tape.product(.plain(prior.spread), .transposed(selection))
        let total = recorder.tape.add(
            recorder.tape.product(.plain(selection), .plain(common)), noise)
        let inverse = recorder.tape.reshape(
            recorder.tape.inverse(
                ofSymmetric: recorder.tape.reshape(total, to: [1, count, count])),
            to: [count, count])
        let gain = recorder.tape.product(.plain(common), .plain(inverse))

        let weights = recorder.constant([turns, shown, rows]) { counts in
            let one = counts.meanWeights(of: counts.shown)
            return (0..<turns).flatMap { _ in one }
        }
        let own = recorder.tape.reshape(
            recorder.tape.batchedProduct(
                .plain(weights),
                .plain(recorder.tape.reshape(support, to: [turns, rows, width]))),
            to: [turns, count])
        func everyTurn(_ row: Tape.Variable, _ recorder: inout HeadRecorder) -> Tape.Variable {
            let width = recorder.tape.shape(of: row).count
            return recorder.tape.repeatRow(
                recorder.tape.reshape(row, to: [width]), count: turns)
        }
        let expected = recorder.tape.product(.plain(prior.mean), .transposed(selection))
        let difference = recorder.tape.subtract(own, everyTurn(expected, &recorder))
        means = recorder.tape.add(
            everyTurn(prior.mean, &recorder),
            recorder.tape.product(.plain(difference), .transposed(gain)))

        // The determinant of the total is that of every turn.
        let evidence = recorder.tape.scale(
            recorder.tape.rowProducts(
                recorder.tape.product(.plain(difference), .plain(inverse)), difference), by: -0.5)
        let normalizer = recorder.tape.logSumExp(
            recorder.tape.reshape(evidence, to: [1, turns]))
        logWeights = recorder.tape.subtract(
            evidence, recorder.tape.fill([turns], with: normalizer))

        let known = recorder.tape.batchedProduct(
            .plain(recorder.tape.reshape(gain, to: [classes, width, count])),
            .transposed(recorder.tape.reshape(common, to: [classes, width, count])))
        covariances = recorder.tape.add(
            Self.scatter(head, prior, &recorder), recorder.tape.subtract(prior.blocks, known))
    }

    /// What is known of a person of whom nothing was shown: every turn is as likely.
    init(_ head: PosteriorHead, _ prior: Prior, _ recorder: inout HeadRecorder) {
        let turns = head.turns.count
        means = recorder.tape.repeatRow(
            recorder.tape.reshape(prior.mean, to: [head.classCount * head.width]), count: turns)
        covariances = recorder.tape.add(Self.scatter(head, prior, &recorder), prior.blocks)
        logWeights = recorder.constant([turns]) { _ in
            Array(repeating: -log(Double(turns)), count: turns)
        }
    }

    /// The noise of windows, once for each class.
    private static func scatter(
        _ head: PosteriorHead, _ prior: Prior, _ recorder: inout HeadRecorder
    ) -> Tape.Variable {
        let (classes, width) = (head.classCount, head.width)
        return recorder.tape.reshape(
            recorder.tape.repeatRow(
                recorder.tape.reshape(prior.noise, to: [width * width]), count: classes),
            to: [classes, width, width])
    }

    /// What the means of shown classes scatter by: of n windows the part `h + (1 − h) / n` of the
    /// noise, each class by itself, `[shown · width]²`.
    private static func noiseOfMeans(
        _ head: PosteriorHead, _ prior: Prior, _ recorder: inout HeadRecorder
    ) -> Tape.Variable {
        let (width, count) = (head.width, recorder.shape.shown * head.width)
        let copies = recorder.constant([count, width]) { _ in
            (0..<count * width).map { $0 / width % width == $0 % width ? 1 : 0 }
        }
        /// A number at each place whose row and column are of one class.
        func blocks(_ value: @escaping @Sendable (Int) -> Double) -> Tape.Variable {
            recorder.constant([count, count]) { counts in
                (0..<count * count).map { place in
                    let (row, column) = (place / count / width, place % count / width)
                    return row == column ? value(counts.counts[counts.shown[row]]) : 0
                }
            }
        }
        let single = blocks { 1 / Double($0) }
        let shared = blocks { 1 - 1 / Double($0) }
        let parts = recorder.tape.add(
            single,
            recorder.tape.multiply(
                recorder.tape.fill([count, count], with: prior.held), shared))
        let noises = recorder.tape.product(
            .plain(recorder.tape.product(.plain(copies), .plain(prior.noise))),
            .transposed(copies))
        return recorder.tape.multiply(noises, parts)
    }
}
