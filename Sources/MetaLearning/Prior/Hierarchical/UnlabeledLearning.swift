/// How a classifier goes on learning from all windows that it has decided about: no label is needed.
///
/// The windows so far are given to classes by how probable each class is, and what was known after the
/// support learns from all of them at once, again and again: a window that was taken for another class
/// at first is given to its own once more is known. Each time is a step of expectation and
/// maximization (A. P. Dempster, N. M. Laird, D. B. Rubin: Maximum likelihood from incomplete data via
/// the EM algorithm, Journal of the Royal Statistical Society B 39, 1977).
package struct UnlabeledLearning: Sendable, Hashable {
    /// How much of an independent window each is, above 0 and at most 1: neighboring windows say
    /// nearly the same.
    package var share = 0.05
    /// Of so many windows one is learned from: those between overlap with it.
    package var interval = 4
    /// After so many more windows that are learned from, all are given to classes anew.
    package var renewal = 4

    /// The default settings.
    package init() {}
}

extension PersonClassifier {
    /// A class that less than so many windows were given to has not been seen.
    private static let leastWindows = 0.3

    /// Decides about windows in the order in which they come, and learns from them. A window is
    /// decided about before it is learned from, and never again.
    ///
    /// - Parameters:
    ///   - rows: The windows' features in the order of time, `[windows × width]`.
    ///   - learning: What is learned from, and how much.
    /// - Returns: `[windows][classes]`, each summing to 1.
    package func probabilities(
        of rows: [Double], learningBy learning: UnlabeledLearning
    ) -> [[Double]] {
        let start = settled
        var current = self
        var kept: [Double] = []
        return stride(from: 0, to: rows.count, by: prior.width).enumerated().map { number, first in
            let row = Array(rows[first..<first + prior.width])
            let decided = current.probabilities(of: row)[0]
            guard number.isMultiple(of: learning.interval) else { return decided }
            kept += row
            if (kept.count / prior.width).isMultiple(of: learning.renewal) {
                current = start.learned(
                    from: kept, of: current.probabilities(of: kept), learning)
            }
            return decided
        }
    }

    /// The classifier once it has learned from windows.
    ///
    /// - Parameters:
    ///   - rows: The windows' features, `[windows × width]`.
    ///   - classes: How probable each class is for each window.
    ///   - learning: How much windows count.
    /// - Returns: Another classifier for the same person.
    private func learned(
        from rows: [Double], of classes: [[Double]], _ learning: UnlabeledLearning
    ) -> PersonClassifier {
        let width = prior.width
        var observed: [ClassObservation] = []
        for label in 0..<prior.classCount {
            let weights = classes.map { $0[label] }
            let count = weights.reduce(0, +)
            guard count > Self.leastWindows else { continue }
            var mean = [Double](repeating: 0, count: width)
            for (window, weight) in weights.enumerated() {
                for place in 0..<width {
                    mean[place] += weight / count * rows[window * width + place]
                }
            }
            observed.append(
                ClassObservation(
                    label: label, mean: mean, share: learning.share * count))
        }
        var result = self
        result.learn(from: observed, turnShare: learning.share)
        return result
    }
}
