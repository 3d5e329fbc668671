/// Element by element kernels.
///
/// Each loop stores to one span only and every span is as long as the loop, so that the bounds
/// are checked once and the loop is vectorized.
enum Elementwise {
    /// `result = factor · x`.
    static func scale<Scalar: TensorScalar>(
        _ x: Span<Scalar>, by factor: Scalar, into result: inout MutableSpan<Scalar>,
        accumulating: Bool
    ) {
        VectorLoops.scale(x, by: factor, into: &result, accumulating: accumulating)
    }

    /// `result = x + y`.
    static func add<Scalar: TensorScalar>(
        _ x: Span<Scalar>, _ y: Span<Scalar>, into result: inout MutableSpan<Scalar>,
        accumulating: Bool
    ) {
        let count = result.count
        precondition(x.count == count && y.count == count, "operands differ in length")
        if accumulating {
            for index in 0..<count { result[index] += x[index] + y[index] }
        } else {
            VectorLoops.add(y, times: 1, to: x, into: &result)
        }
    }

    /// `result = x − y`.
    static func subtract<Scalar: TensorScalar>(
        _ x: Span<Scalar>, _ y: Span<Scalar>, into result: inout MutableSpan<Scalar>,
        accumulating: Bool
    ) {
        let count = result.count
        precondition(x.count == count && y.count == count, "operands differ in length")
        if accumulating {
            for index in 0..<count { result[index] += x[index] - y[index] }
        } else {
            VectorLoops.add(y, times: -1, to: x, into: &result)
        }
    }

    /// `result = x · y`, element by element.
    static func multiply<Scalar: TensorScalar>(
        _ x: Span<Scalar>, _ y: Span<Scalar>, into result: inout MutableSpan<Scalar>,
        accumulating: Bool
    ) {
        VectorLoops.multiply(x, y, into: &result, accumulating: accumulating)
    }

    /// `result = factor · x · y`, element by element.
    static func multiply<Scalar: TensorScalar>(
        _ x: Span<Scalar>, _ y: Span<Scalar>, by factor: Scalar,
        into result: inout MutableSpan<Scalar>, accumulating: Bool
    ) {
        let count = result.count
        precondition(x.count == count && y.count == count, "operands differ in length")
        if accumulating {
            for index in 0..<count { result[index] += factor * x[index] * y[index] }
        } else {
            for index in 0..<count { result[index] = factor * x[index] * y[index] }
        }
    }

    /// `result = f(x)`, or a derivative of it.
    static func map<Scalar: TensorScalar>(
        _ function: ElementFunction, _ order: Int, _ x: Span<Scalar>,
        into result: inout MutableSpan<Scalar>, accumulating: Bool
    ) {
        for index in 0..<result.count {
            let value = function.value(x[index], derivative: order)
            result[index] = accumulating ? result[index] + value : value
        }
    }

    /// `result = f(x) y` for a derivative f.
    static func mapTimes<Scalar: TensorScalar>(
        _ function: ElementFunction, _ order: Int, _ x: Span<Scalar>, _ y: Span<Scalar>,
        into result: inout MutableSpan<Scalar>, accumulating: Bool
    ) {
        for index in 0..<result.count {
            let term = function.value(x[index], derivative: order) * y[index]
            result[index] = accumulating ? result[index] + term : term
        }
    }

    /// `result = f(x) y z` for a derivative f.
    static func mapTimes<Scalar: TensorScalar>(
        _ function: ElementFunction, _ order: Int, _ x: Span<Scalar>, _ y: Span<Scalar>,
        _ z: Span<Scalar>, into result: inout MutableSpan<Scalar>, accumulating: Bool
    ) {
        for index in 0..<result.count {
            let term = function.value(x[index], derivative: order) * y[index] * z[index]
            result[index] = accumulating ? result[index] + term : term
        }
    }

    /// `result = max(x, 0)`.
    static func rectify<Scalar: TensorScalar>(
        _ x: Span<Scalar>, into result: inout MutableSpan<Scalar>, accumulating: Bool
    ) {
        VectorLoops.rectify(x, into: &result, accumulating: accumulating)
    }

    /// `result = x` where `gate > 0`, else 0.
    static func gate<Scalar: TensorScalar>(
        _ x: Span<Scalar>, where gate: Span<Scalar>, into result: inout MutableSpan<Scalar>,
        accumulating: Bool
    ) {
        VectorLoops.gate(x, where: gate, into: &result, accumulating: accumulating)
    }

    /// `result = value` everywhere.
    static func fill<Scalar: TensorScalar>(
        _ value: Scalar, into result: inout MutableSpan<Scalar>, accumulating: Bool
    ) {
        if accumulating {
            for index in 0..<result.count { result[index] += value }
        } else {
            for index in 0..<result.count { result[index] = value }
        }
    }

    /// The sum of all elements, taken in double precision.
    static func sum<Scalar: TensorScalar>(_ x: Span<Scalar>) -> Scalar {
        var total = 0.0
        for index in 0..<x.count { total += Double(x[index]) }
        return Scalar(total)
    }
}
