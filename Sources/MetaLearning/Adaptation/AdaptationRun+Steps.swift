internal import Autodiff

// Inner steps, taken and taken again, and what is kept of them.
extension AdaptationRun {
    /// Takes a step with the loaded batch's gradient.
    mutating func move(_ step: Int, from: Int, to: Int, isReplay: Bool) {
        let optimizer = settings.optimizer
        let (initial, lambda) = (initial, Scalar(settings.lambda))
        var next = OptimizerState<Scalar>()
        swap(&next, &states[to])
        var pulled: [Scalar] = []
        swap(&pulled, &self.pulled)
        let source = from == to ? nil : states[from]
        if let source { next.resize(like: source) }
        if let source, adaptedParts != [nil] { next.copy(source) }
        let read = objective.parametersRead
        // What one part's step has changed is not what the next part's gradient is taken at.
        let held = adaptedParts.count > 1 ? source?.parameters ?? next.parameters : nil
        for part in adaptedParts {
            objective.forEachGradientBlock(
                at: held ?? source?.parameters ?? next.parameters, within: part
            ) { block, gradient in
                let movesParameters = !isReplay || read.contains { $0.overlaps(block) }
                guard lambda > 0 else {
                    return optimizer.update(
                        &next, from: source, in: block, gradient: gradient, step: step,
                        movesParameters: movesParameters)
                }
                Self.pull(
                    gradient, in: block, from: source?.parameters ?? next.parameters, to: initial,
                    by: lambda, into: &pulled)
                optimizer.update(
                    &next, from: source, in: block,
                    gradient: pulled.span.extracting(0..<block.count),
                    step: step, movesParameters: movesParameters)
            }
        }
        swap(&pulled, &self.pulled)
        swap(&next, &states[to])
    }

    /// A block's gradient with that of `λ/2 ‖φ − θ‖²`.
    private static func pull(
        _ gradient: Span<Scalar>, in block: Range<Int>, from parameters: [Scalar],
        to initial: [Scalar], by lambda: Scalar, into result: inout [Scalar]
    ) {
        if result.count < gradient.count { result = Array(repeating: 0, count: gradient.count) }
        let (place, start) = (parameters.span.extracting(block), initial.span.extracting(block))
        for index in 0..<gradient.count {
            result[index] = gradient[index] + lambda * (place[index] - start[index])
        }
    }

    mutating func save(_ step: Int) {
        let ranges = objective.parametersRead
        let count = ranges.reduce(0) { $0 + $1.count }
        if saved[step].count != count { saved[step] = Array(repeating: 0, count: count) }
        let parameters = states[1].parameters
        var note = saved[step].mutableSpan
        var next = 0
        for range in ranges {
            var part = note._mutatingExtracting(next..<next + range.count)
            VectorLoops.scale(
                parameters.span.extracting(range), by: 1, into: &part, accumulating: false)
            next += range.count
        }
    }

    mutating func restore(_ step: Int) {
        let note = saved[step]
        var parameters = states[1].parameters.mutableSpan
        var next = 0
        for range in objective.parametersRead {
            var part = parameters._mutatingExtracting(range)
            VectorLoops.scale(
                note.span.extracting(next..<next + range.count), by: 1, into: &part,
                accumulating: false)
            next += range.count
        }
    }
}
