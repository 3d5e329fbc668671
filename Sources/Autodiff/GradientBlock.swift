/// A piece of a gradient that is computed at a time.
///
/// A class, like ``Instruction``, so that going through the pieces copies nothing.
final class GradientBlock: Sendable {
    /// Its place in the flat vector.
    let range: Range<Int>
    /// What computes it, or all of the part that it is some rows of; `nil` for zeros.
    let instruction: Instruction?
    /// The piece's layout and its first row, when it is some rows of a product.
    let rows: (layout: MatrixLayout, first: Int)?

    /// Numbers of a piece at most: small enough to stay in a core's own cache until they have
    /// been used.
    private static var size: Int { 16_384 }

    private init(
        range: Range<Int>, instruction: Instruction?, rows: (layout: MatrixLayout, first: Int)?
    ) {
        self.range = range
        self.instruction = instruction
        self.rows = rows
    }

    /// Cuts a weight's gradient `deltaᵀ x` by rows; takes any other part as a whole.
    static func cut(_ output: ProgramOutput) -> [GradientBlock] {
        guard
            let instruction = output.instructions.first,
            case .product(left: .transposed, right: .plain) = instruction.primitive,
            let layout = instruction.layout, layout.columns > 0, output.range.count > size
        else {
            return [
                GradientBlock(
                    range: output.range, instruction: output.instructions.first, rows: nil)
            ]
        }
        // Whole vector registers of rows, and no last piece of a row or two.
        let fitting = max(1, size / layout.columns)
        let count = (layout.rows + fitting - 1) / fitting
        let height = ((layout.rows + count - 1) / count + 15) / 16 * 16
        return stride(from: 0, to: layout.rows, by: height).map { first in
            let rows = min(height, layout.rows - first)
            let start = output.range.lowerBound + first * layout.columns
            return GradientBlock(
                range: start..<start + rows * layout.columns, instruction: instruction,
                rows: (
                    MatrixLayout(
                        rows: rows, columns: layout.columns, inner: layout.inner,
                        left: .transposed, right: .plain, leftStride: layout.rows),
                    first
                ))
        }
    }
}
