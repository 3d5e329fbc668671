extension Execution {
    /// Numbers of a gradient that are computed at a time: small enough to stay in a core's own
    /// cache until they have been used.
    private static var blockSize: Int { 16_384 }

    /// Adds the gradient of the last run to a flat vector.
    ///
    /// - Parameters:
    ///   - result: The flat vector.
    ///   - parameters: The parameters of the last run.
    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    public func addGradient(to result: inout [Scalar], parameters: [Scalar]) {
        check(parameters)
        check(result)
        var whole = result.mutableSpan
        for output in program.gradients {
            for instruction in output.instructions {
                var part = whole._mutatingExtracting(output.range)
                perform(instruction, parameters, [], into: &part, accumulating: true)
            }
        }
    }

    /// Gives the gradient of the last run piece by piece, so that an optimiser can use each one
    /// while it is still in the core's cache.
    ///
    /// - Parameters:
    ///   - parameters: The parameters of the last run; not looked at, and best left out so that
    ///     they can be changed in place, unless ``gradientReadsParameters``.
    ///   - part: The part of the flat vector that is wanted; parameters outside it are left out.
    ///   - body: Called with consecutive pieces of the flat gradient and the place of each.
    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    public mutating func forEachGradientBlock(
        parameters: [Scalar] = [], within part: Range<Int>? = nil,
        _ body: (_ range: Range<Int>, _ gradient: Span<Scalar>) -> Void
    ) {
        if gradientReadsParameters { check(parameters) }
        var scratch: [Scalar] = []
        swap(&scratch, &self.scratch)
        for output in program.gradients where part?.contains(output.range.lowerBound) ?? true {
            for block in blocks(of: output) {
                let count = block.range.count
                if scratch.count < count { scratch = Array(repeating: 0, count: count) }
                var all = scratch.mutableSpan
                var piece = all._mutatingExtracting(0..<count)
                evaluate(block, parameters, into: &piece)
                body(block.range, scratch.span.extracting(0..<count))
            }
        }
        self.scratch = scratch
    }

    /// A piece of a gradient's part.
    private struct Block {
        let range: Range<Int>
        let instruction: Instruction?
        /// The piece's layout and the first row of it, when it is some rows of a product.
        let rows: (layout: MatrixLayout, first: Int)?
    }

    /// Cuts a weight's gradient `deltaᵀ x` by rows; takes any other part as a whole.
    private func blocks(of output: Program.Output) -> [Block] {
        guard
            let instruction = output.instructions.first,
            case .product(leftTransposed: true, rightTransposed: false) = instruction.primitive,
            let layout = instruction.layout, layout.columns > 0,
            output.range.count > Self.blockSize
        else {
            return [
                Block(
                    range: output.range, instruction: output.instructions.first, rows: nil)
            ]
        }
        // Whole vector registers of rows, and no last block of a row or two.
        let fitting = max(1, Self.blockSize / layout.columns)
        let count = (layout.rows + fitting - 1) / fitting
        let height = ((layout.rows + count - 1) / count + 15) / 16 * 16
        return stride(from: 0, to: layout.rows, by: height).map { first in
            let rows = min(height, layout.rows - first)
            let start = output.range.lowerBound + first * layout.columns
            return Block(
                range: start..<start + rows * layout.columns, instruction: instruction,
                rows: (
                    MatrixLayout(
                        rows: rows, columns: layout.columns, inner: layout.inner,
                        leftTransposed: true, rightTransposed: false, leftStride: layout.rows),
                    first
                ))
        }
    }

    private func evaluate(
        _ block: Block, _ parameters: [Scalar], into piece: inout MutableSpan<Scalar>
    ) {
        guard let instruction = block.instruction else {
            return Elementwise.fill(0, into: &piece, accumulating: false)
        }
        guard let (layout, first) = block.rows else {
            return perform(instruction, parameters, [], into: &piece, accumulating: false)
        }
        let left = numbers(at: instruction.first, parameters, [])
        let right = numbers(at: instruction.second, parameters, [])
        let start = instruction.first.range.lowerBound + first
        Scalar.multiply(
            layout, left.span.extracting(start..<instruction.first.range.upperBound),
            right.span.extracting(instruction.second.range), into: &piece, accumulating: false)
    }
}
