internal import Autodiff

// The derivative of the query loss, taken back to the parameters that adaptation starts from.
extension AdaptationRun {
    mutating func startAdjoint() {
        let count = network.parameters.count
        let momentCount = settings.optimizer.momentCount
        if direction.count == count {
            adjoint.reset()
        } else {
            adjoint = OptimizerState(
                parameters: Array(repeating: 0, count: count), momentCount: momentCount)
            direction = Array(repeating: 0, count: count)
        }
        let rateCount = settings.optimizer.rateLayout(of: network.parameters)?.count ?? 0
        if adjoint.rates.count != rateCount {
            adjoint.rates = Array(repeating: 0, count: rateCount)
        }
    }

    /// Takes the adjoint back over a step.
    mutating func reverse(_ step: Int, at slot: Int) {
        let optimizer = settings.optimizer
        let state = states[slot]
        var (adjoint, direction) = (OptimizerState<Scalar>(), [Scalar]())
        swap(&adjoint, &self.adjoint)
        swap(&direction, &self.direction)
        if optimizer.adjointNeedsGradient {
            for part in adaptedParts {
                objective.forEachGradientBlock(at: state.parameters, within: part) {
                    block, gradient in
                    optimizer.pullBack(
                        &adjoint, to: &direction, from: state, in: block, gradient: gradient,
                        step: step)
                }
            }
        } else {
            let nothing: [Scalar] = []
            for part in adaptedParts {
                optimizer.pullBack(
                    &adjoint, to: &direction, from: state, in: part ?? 0..<direction.count,
                    gradient: nothing.span, step: step)
            }
        }
        objective.multiplyHessian(
            by: direction, parameters: state.parameters, into: &adjoint.parameters)
        swap(&adjoint, &self.adjoint)
        swap(&direction, &self.direction)
    }

    /// Puts the implicit gradient into the adjoint.
    mutating func solve(_ task: TaskSamples<Scalar>, at slot: Int) {
        guard case .implicitGradient(let solver) = goal else { return }
        let phi = states[slot].parameters
        var objective = Objective<Scalar>(network, loss: settings.loss)
        swap(&objective, &self.objective)
        let count = task.support.count
        let whole = Minibatches(sampleCount: count, size: count)
        let order = Array(0..<count)
        let rows = queryRows
        var isLoaded = false
        let solution = solver.solve(adjoint.parameters) { direction, result in
            for start in stride(from: 0, to: count, by: rows) where !isLoaded || count > rows {
                load(order[start..<min(start + rows, count)])
                if count > rows { multiply(direction, &result) }
            }
            if count <= rows { multiply(direction, &result) }
            isLoaded = true
        }
        func load(_ part: ArraySlice<Int>) {
            objective.load(task.support, part, weighedBy: whole)
            _ = objective.run(parameters: phi)
        }
        func multiply(_ direction: [Scalar], _ result: inout [Scalar]) {
            objective.multiplyHessian(by: direction, parameters: phi, into: &result)
        }
        swap(&objective, &self.objective)
        adjoint.parameters = solution
        cost.hessianProductCount += solver.iterations
    }
}
