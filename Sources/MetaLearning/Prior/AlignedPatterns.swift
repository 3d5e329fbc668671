internal import Autodiff
private import Foundation

/// Training people's class means, turned onto each other.
struct AlignedPatterns {
    let classCount: Int
    let width: Int
    /// The class means of each occasion, `[classes × features]`.
    private(set) var rows: [[Double]] = []
    /// The person of each row.
    private var people: [Int] = []
    /// The differences of windows from their class's mean on a person's first occasion, by class.
    private var differences: [[[Double]]]

    /// Turns people onto each other: each to the turn in which their first occasion lies nearest
    /// to the mean of all, and their other occasions to the nearest turn of that.
    ///
    /// - Parameters:
    ///   - occasions: For each person at least one occasion with all classes.
    ///   - classCount: How many classes there are.
    ///   - turns: The turns to choose from.
    init(_ occasions: [[ClassRows]], classCount: Int, turns: FeatureTurns) {
        self.classCount = classCount
        width = occasions[0][0].width
        differences = Array(repeating: [], count: classCount)
        func pattern(_ rows: ClassRows) -> [Double] {
            (0..<classCount).flatMap { rows.mean(of: $0) ?? [] }
        }
        let firsts = occasions.map { pattern($0[0]) }
        let chosen = turns.aligning(firsts, aligned: width, width: width)
        for (person, sets) in occasions.enumerated() {
            let own = turns.turned(firsts[person], by: chosen[person])
            append(own, of: person)
            for other in sets.dropFirst() {
                let found = pattern(other)
                let turn = turns.nearest(found, to: own, aligned: width, width: width)
                append(turns.turned(found, by: turn), of: person)
            }
            for label in 0..<classCount {
                let center = firsts[person][label * width..<(label + 1) * width]
                let windows = sets[0].rows[label] ?? []
                for first in stride(from: 0, to: windows.count, by: width) {
                    let difference = zip(windows[first..<first + width], center).map { $0 - $1 }
                    differences[label].append(turns.turned(difference, by: chosen[person]))
                }
            }
        }
    }

    private mutating func append(_ row: [Double], of person: Int) {
        rows.append(row)
        people.append(person)
    }

    /// The covariance of windows round their class's mean.
    ///
    /// - Parameters:
    ///   - byClass: Whether each class has its own, shrunk half way to that of all.
    ///   - ridge: What is added to each variance.
    /// - Returns: One for each class, or one for all.
    func noises(byClass: Bool, ridge: Double) -> [[Double]] {
        let pooled = Covariance(of: differences.flatMap { $0 })
            .shrunk(towardsDiagonal: 0, ridge: ridge)
        guard byClass else { return [pooled] }
        return differences.map { rows in
            guard rows.count > width else { return pooled }
            let own = Covariance(of: rows).shrunk(towardsDiagonal: 0, ridge: ridge)
            return zip(own, pooled).map { ($0 + $1) / 2 }
        }
    }

    /// The shrinkage of the spread under which people are likeliest, each by a prior of the others.
    ///
    /// - Parameters:
    ///   - ridge: What is added to each variance of a class mean.
    ///   - noises: The covariance of windows round class means.
    /// - Returns: One of twenty values, from 0.05 to 1.
    func likeliestShrinkage(ridge: Double, noises: [[Double]]) -> Double {
        let persons = Set(people)
        guard persons.count > 2 else { return 1 }
        let parts = persons.sorted().map { person in
            let others = rows.indices.filter { people[$0] != person }.map { rows[$0] }
            return (
                own: rows[people.firstIndex(of: person) ?? 0], mean: Covariance.mean(of: others),
                covariance: Covariance(of: others)
            )
        }
        var best = (likelihood: -Double.infinity, shrinkage: 1.0)
        for step in 1...20 {
            let shrinkage = Double(step) / 20
            let likelihood = parts.reduce(0) { sum, part in
                let factor = CholeskyFactor(
                    part.covariance.shrunk(towardsDiagonal: shrinkage, ridge: ridge),
                    width: part.mean.count)
                let difference = zip(part.own, part.mean).map { $0 - $1 }
                return sum + factor.logDensity(of: difference)
            }
            if likelihood > best.likelihood { best = (likelihood, shrinkage) }
        }
        return best.shrinkage
    }
}

extension CholeskyFactor {
    /// The logarithm of the normal density with this covariance, without its constant `−d/2·log 2π`.
    ///
    /// - Parameter difference: The distance from the mean.
    /// - Returns: The logarithm.
    func logDensity(of difference: [Double]) -> Double {
        let distance = zip(difference, solve(difference)).reduce(0) { $0 + $1.0 * $1.1 }
        return -0.5 * (distance + logDeterminant)
    }
}
