private import CVectorKernels

extension VectorLoops {
    /// The numbers of Adam's rule.
    package struct Adam<Scalar: TensorScalar>: Sendable {
        let rate, epsilon, keepFirst, takeFirst, keepSecond, takeSecond: Scalar

        /// Rounds the numbers once.
        package init(
            rate: Double, epsilon: Double, firstDecay: Double, secondDecay: Double
        ) {
            self.rate = Scalar(rate)
            self.epsilon = Scalar(epsilon)
            (keepFirst, takeFirst) = (Scalar(firstDecay), Scalar(1 - firstDecay))
            (keepSecond, takeSecond) = (Scalar(secondDecay), Scalar(1 - secondDecay))
        }
    }

    /// A state of Adam: parameters and both moments, one block of each.
    ///
    /// - Parameters:
    ///   - theta: The parameters after the step.
    ///   - first: The first moment after the step.
    ///   - second: The second moment after the step.
    ///   - source: The three before the step; themselves when left out.
    ///   - block: The block of all six.
    ///   - gradient: The block's gradient.
    ///   - rule: The rule's numbers.
    ///   - movesParameters: Whether parameters are moved too.
    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    package static func adamStep<Scalar: TensorScalar>(
        _ theta: inout [Scalar], _ first: inout [Scalar], _ second: inout [Scalar],
        from source: (theta: [Scalar], first: [Scalar], second: [Scalar])?,
        in block: Range<Int>, gradient: Span<Scalar>, _ rule: Adam<Scalar>,
        movesParameters: Bool
    ) {
        let count = gradient.count
        let length = theta.count
        precondition(
            block.count == count && block.lowerBound >= 0 && block.upperBound <= length
                && first.count == length && second.count == length
                && source.map {
                    $0.theta.count == length && $0.first.count == length
                        && $0.second.count == length
                } ?? true,
            "vectors differ in length")
        let (start, moves): (Int, Int32) = (block.lowerBound, movesParameters ? 1 : 0)
        unsafe theta.withUnsafeMutableBufferPointer { theta in
            unsafe first.withUnsafeMutableBufferPointer { m in
                unsafe second.withUnsafeMutableBufferPointer { v in
                    unsafe gradient.withUnsafeBufferPointer { g in
                        guard let theta = theta.baseAddress, let m = m.baseAddress,
                            let v = v.baseAddress, let g = g.baseAddress
                        else { return }
                        func step(
                            _ theta0: UnsafePointer<Scalar>, _ m0: UnsafePointer<Scalar>,
                            _ v0: UnsafePointer<Scalar>
                        ) {
                            if Scalar.self == Float.self {
                                unsafe myotask_adam_step_float(
                                    float(theta + start), float(m + start), float(v + start),
                                    float(theta0 + start), float(m0 + start),
                                    float(v0 + start), float(g), count, float(rule.rate),
                                    float(rule.epsilon), float(rule.keepFirst),
                                    float(rule.takeFirst), float(rule.keepSecond),
                                    float(rule.takeSecond), moves)
                            } else {
                                unsafe myotask_adam_step_double(
                                    double(theta + start), double(m + start),
                                    double(v + start), double(theta0 + start),
                                    double(m0 + start), double(v0 + start), double(g), count,
                                    double(rule.rate), double(rule.epsilon),
                                    double(rule.keepFirst), double(rule.takeFirst),
                                    double(rule.keepSecond), double(rule.takeSecond), moves)
                            }
                        }
                        guard let source else { return unsafe step(theta, m, v) }
                        unsafe source.theta.withUnsafeBufferPointer { theta0 in
                            unsafe source.first.withUnsafeBufferPointer { m0 in
                                unsafe source.second.withUnsafeBufferPointer { v0 in
                                    guard let theta0 = theta0.baseAddress,
                                        let m0 = m0.baseAddress,
                                        let v0 = v0.baseAddress
                                    else { return }
                                    unsafe step(theta0, m0, v0)
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    /// Adam's adjoint on one block, in place.
    ///
    /// - Parameters:
    ///   - lambda: The derivative by the parameters.
    ///   - byFirst: That by the first moment.
    ///   - bySecond: That by the second moment.
    ///   - direction: Set to that by the gradient.
    ///   - first: The first moment before the step.
    ///   - second: The second moment before the step.
    ///   - block: The block of all six.
    ///   - gradient: The block's gradient.
    ///   - rule: The rule's numbers.
    @specialized(where Scalar == Float)
    @specialized(where Scalar == Double)
    package static func adamPullBack<Scalar: TensorScalar>(
        _ lambda: [Scalar], _ byFirst: inout [Scalar], _ bySecond: inout [Scalar],
        to direction: inout [Scalar], first: [Scalar], second: [Scalar], in block: Range<Int>,
        gradient: Span<Scalar>, _ rule: Adam<Scalar>
    ) {
        let (count, length, start) = (gradient.count, lambda.count, block.lowerBound)
        precondition(
            block.count == count && start >= 0 && block.upperBound <= length
                && byFirst.count == length && bySecond.count == length
                && direction.count == length && first.count == length && second.count == length,
            "vectors differ in length")
        unsafe lambda.withUnsafeBufferPointer { lambda in
            unsafe byFirst.withUnsafeMutableBufferPointer { byFirst in
                unsafe bySecond.withUnsafeMutableBufferPointer { bySecond in
                    unsafe direction.withUnsafeMutableBufferPointer { direction in
                        unsafe first.withUnsafeBufferPointer { m in
                            unsafe second.withUnsafeBufferPointer { v in
                                unsafe gradient.withUnsafeBufferPointer { g in
                                    guard let l = lambda.baseAddress,
                                        let a = byFirst.baseAddress,
                                        let b = bySecond.baseAddress,
                                        let d = direction.baseAddress,
                                        let m = m.baseAddress,
                                        let v = v.baseAddress,
                                        let g = g.baseAddress
                                    else { return }
                                    if Scalar.self == Float.self {
                                        unsafe myotask_adam_pull_float(
                                            float(l + start), float(a + start),
                                            float(b + start), float(d + start),
                                            float(m + start), float(v + start), float(g),
                                            count, float(rule.rate), float(rule.epsilon),
                                            float(rule.keepFirst), float(rule.takeFirst),
                                            float(rule.keepSecond), float(rule.takeSecond))
                                    } else {
                                        unsafe myotask_adam_pull_double(
                                            double(l + start), double(a + start),
                                            double(b + start), double(d + start),
                                            double(m + start), double(v + start), double(g),
                                            count, double(rule.rate), double(rule.epsilon),
                                            double(rule.keepFirst), double(rule.takeFirst),
                                            double(rule.keepSecond), double(rule.takeSecond))
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
