extension Execution {
    /// Adds the gradient of the last run to a flat vector.
    ///
    /// - Parameters:
    ///   - result: The flat vector.
    ///   - parameters: The parameters of the last run.
    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    public mutating func addGradient(to result: inout [Scalar], parameters: [Scalar]) {
        check(parameters)
        check(result)
        buffers[layout.parameters] = parameters
        add(program.gradients, to: &result)
        buffers[layout.parameters] = []
    }

    /// Gives the gradient of the last run piece by piece, so that an optimizer can use each one
    /// while it is still in the core's cache.
    ///
    /// - Parameters:
    ///   - parameters: The parameters of the last run; not looked at, and best left out so that
    ///     they can be changed in place, unless ``gradientReadsParameters``.
    ///   - part: The part of the flat vector that is wanted; parameters outside it are left out.
    ///   - body: Called with consecutive pieces of the flat gradient and the place of each.
    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    package mutating func forEachGradientBlock(
        parameters: [Scalar] = [], within part: Range<Int>? = nil,
        _ body: (_ range: Range<Int>, _ gradient: Span<Scalar>) -> Void
    ) {
        if gradientReadsParameters { check(parameters) }
        buffers[layout.parameters] = parameters
        var scratch: [Scalar] = []
        swap(&scratch, &self.scratch)
        let list = program.gradientBlocks
        let blocks = list.span
        for index in blocks.indices
        where part?.contains(blocks[index].range.lowerBound) ?? true {
            let range = blocks[index].range
            if scratch.count < range.count { scratch = Array(repeating: 0, count: range.count) }
            var all = scratch.mutableSpan
            var piece = all._mutatingExtracting(0..<range.count)
            evaluate(blocks[index], into: &piece)
            body(range, scratch.span.extracting(0..<range.count))
        }
        self.scratch = scratch
        buffers[layout.parameters] = []
    }

    private func evaluate(_ block: GradientBlock, into piece: inout MutableSpan<Scalar>) {
        guard let instruction = block.instruction else {
            return Elementwise.fill(0, into: &piece, accumulating: false)
        }
        guard let (layout, first) = block.rows else {
            return perform(instruction, into: &piece, accumulating: false)
        }
        let buffers = buffers.span
        let start = instruction.first.range.lowerBound + first
        Scalar.multiply(
            layout,
            buffers[instruction.first.buffer].span
                .extracting(start..<instruction.first.range.upperBound),
            buffers[instruction.second.buffer].span.extracting(instruction.second.range),
            into: &piece, accumulating: false)
    }
}
