internal import Autodiff
private import Foundation

/// What the support says of a person, recorded.
struct RecordedPosterior {
    /// The class means in each turn, `[turns × size]`.
    let means: Tape.Variable
    /// What each class's windows scatter by, `[classes, width, width]`.
    let covariances: Tape.Variable
    /// The logarithm of each turn's probability, `[turns]`.
    let logWeights: Tape.Variable

    init(
        _ head: PosteriorHead, _ prior: RecordedPrior, _ support: Tape.Variable,
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
    init(_ head: PosteriorHead, _ prior: RecordedPrior, _ recorder: inout HeadRecorder) {
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
        _ head: PosteriorHead, _ prior: RecordedPrior, _ recorder: inout HeadRecorder
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
        _ head: PosteriorHead, _ prior: RecordedPrior, _ recorder: inout HeadRecorder
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
