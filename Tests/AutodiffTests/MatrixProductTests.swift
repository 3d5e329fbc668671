import Autodiff
import SeededRandom
import Testing

@Suite("Matrix products")
struct MatrixProductTests {
    struct Size: Sendable, CustomTestStringConvertible {
        let rows: Int
        let columns: Int
        let inner: Int
        var testDescription: String { "\(rows) × \(inner) by \(inner) × \(columns)" }
    }

    /// Small ones, empty ones, and ones large enough to be cut into pieces with uneven rests; then
    /// batches of few rows, which have a loop of their own, and one long row.
    static let sizes = [
        Size(rows: 1, columns: 1, inner: 1), Size(rows: 3, columns: 5, inner: 7),
        Size(rows: 2, columns: 3, inner: 0), Size(rows: 0, columns: 3, inner: 2),
        Size(rows: 33, columns: 517, inner: 321), Size(rows: 130, columns: 70, inner: 150),
        Size(rows: 515, columns: 321, inner: 31), Size(rows: 70, columns: 400, inner: 500),
        Size(rows: 1, columns: 32, inner: 96), Size(rows: 2, columns: 33, inner: 97),
        Size(rows: 5, columns: 34, inner: 320), Size(rows: 19, columns: 35, inner: 511),
        Size(rows: 32, columns: 128, inner: 512), Size(rows: 36, columns: 47, inner: 1_024),
        Size(rows: 36, columns: 40, inner: 1_009), Size(rows: 37, columns: 40, inner: 1_025),
        Size(rows: 1, columns: 32, inner: 1_025), Size(rows: 1, columns: 67, inner: 6_400),
    ]

    @Test("equal the sum of products", arguments: sizes)
    func oracle(size: Size) {
        check(size, Double.self, tolerance: 1e-14)
        check(size, Float.self, tolerance: 1e-5)
    }

    private func check<Scalar: TensorScalar>(
        _ size: Size, _ scalar: Scalar.Type, tolerance: Double
    ) {
        var generator = SeededGenerator(seed: 5, stream: size.testDescription)
        let left = (0..<size.rows * size.inner).map { _ in Scalar(generator.nearlyNormal()) }
        let right = (0..<size.inner * size.columns).map { _ in Scalar(generator.nearlyNormal()) }
        let expected = (0..<size.rows * size.columns).map { place in
            let (row, column) = place.quotientAndRemainder(dividingBy: size.columns)
            return (0..<size.inner).reduce(0.0) { sum, index in
                sum + Double(left[row * size.inner + index])
                    * Double(right[index * size.columns + column])
            }
        }
        for (leftForm, rightForm): (MatrixForm, MatrixForm) in [
            (.plain, .plain), (.transposed, .plain), (.plain, .transposed),
            (.transposed, .transposed),
        ] {
            let layout = MatrixLayout(
                rows: size.rows, columns: size.columns, inner: size.inner,
                left: leftForm, right: rightForm)
            let first =
                leftForm == .transposed
                ? transposed(left, rows: size.rows, columns: size.inner) : left
            let second =
                rightForm == .transposed
                ? transposed(right, rows: size.inner, columns: size.columns) : right
            for accumulating in [false, true] {
                var result = [Scalar](repeating: accumulating ? 2 : .nan, count: expected.count)
                var span = result.mutableSpan
                Scalar.multiply(
                    layout, first.span, second.span, into: &span, accumulating: accumulating)
                let scale = Double(size.inner).squareRoot() + 1
                for (found, wanted) in zip(result, expected) {
                    let wanted = accumulating ? wanted + 2 : wanted
                    #expect(abs(Double(found) - wanted) <= tolerance * scale * 10)
                }
            }
        }
    }

    private func transposed<Scalar>(_ x: [Scalar], rows: Int, columns: Int) -> [Scalar] {
        (0..<columns).flatMap { column in (0..<rows).map { x[$0 * columns + column] } }
    }
}
