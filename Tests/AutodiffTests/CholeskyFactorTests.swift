import Autodiff
import SeededRandom
import Testing

@Suite("Cholesky factor")
struct CholeskyFactorTests {
    /// The product of a matrix, row after row, with a column.
    private func product(_ matrix: [Double], _ column: [Double]) -> [Double] {
        column.indices.map { row in
            column.indices.reduce(0) { $0 + matrix[row * column.count + $1] * column[$1] }
        }
    }

    /// The products of the columns of some random rows with each other.
    private func covariance(width: Int, rows: Int, seed: UInt64) -> [Double] {
        var generator = SeededGenerator(seed: seed)
        let values = (0..<rows * width).map { _ in generator.nearlyNormal() }
        return (0..<width * width).map { place in
            (0..<rows).reduce(0) { sum, row in
                sum + values[row * width + place / width] * values[row * width + place % width]
            }
        }
    }

    @Test("equations of a matrix worked out by hand are solved")
    func byHand() {
        // The factor of [[4, 12, -16], [12, 37, -43], [-16, -43, 98]] is
        // [[2, 0, 0], [6, 1, 0], [-8, 5, 3]].
        let factor = CholeskyFactor([4, 12, -16, 12, 37, -43, -16, -43, 98], width: 3)
        // The right side is the matrix times (1, 2, 3).
        let solution = factor.solve([-20, -43, 192])
        for (found, expected) in zip(solution, [1.0, 2, 3]) {
            #expect(abs(found - expected) < 1e-10)
        }
    }

    @Test("a solution solves the equations it was asked for", arguments: [1, 2, 7, 40, 130])
    func solves(width: Int) {
        let matrix = covariance(width: width, rows: 3 * width, seed: UInt64(width))
        let expected = (0..<width).map { Double($0 % 5) - 1.5 }
        let solution = CholeskyFactor(matrix, width: width).solve(product(matrix, expected))
        for (found, expected) in zip(solution, expected) { #expect(abs(found - expected) < 1e-9) }
    }

    @Test("a column without variance has the solution 0 and changes no other")
    func emptyColumn() {
        let matrix = [2.0, 0, 1, 0, 0, 0, 1, 0, 3]
        let solution = CholeskyFactor(matrix, width: 3).solve([3, 7, 4])
        // 2 x + z = 3 and x + 3 z = 4.
        for (found, expected) in zip(solution, [1.0, 0, 1]) {
            #expect(abs(found - expected) < 1e-12)
        }
    }

    @Test("a singular matrix gets a ridge so small that the equations still hold")
    func singular() {
        // Fewer rows than columns, and twice the same column.
        for matrix in [covariance(width: 6, rows: 3, seed: 4), [1, 1, 1, 1]] {
            let width = matrix.count == 4 ? 2 : 6
            let right = product(matrix, (0..<width).map { Double($0) + 1 })
            let solution = CholeskyFactor(matrix, width: width).solve(right)
            for (found, expected) in zip(product(matrix, solution), right) {
                #expect(abs(found - expected) < 1e-6 * (1 + abs(expected)))
            }
        }
    }

    @Test("no equations have no solution to give")
    func empty() {
        #expect(CholeskyFactor([], width: 0).solve([]).isEmpty)
    }
}
