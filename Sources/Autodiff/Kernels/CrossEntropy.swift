/// Softmax cross-entropy of logits `z` against weighted targets `t`, row by row.
///
/// A row of targets sums to its sample's weight `w`: `1 / batch` at the class for the mean over
/// a batch, several batches' means in one tensor for their sum. With `p = softmax(z)`:
/// loss `w · log Σ exp z − t · z`, gradient `w p − t`, Hessian-vector product along `s`
/// `w (p ∘ s − p (p · s))`.
enum CrossEntropy {
    /// The loss, summed over rows in double precision.
    static func loss<Scalar: TensorScalar>(
        _ logits: Span<Scalar>, _ targets: Span<Scalar>, classes: Int
    ) -> Scalar {
        check(logits.count, targets.count, classes)
        var total = 0.0
        for start in stride(from: 0, to: logits.count, by: classes) {
            let row = logits.extracting(start..<start + classes)
            let largest = maximum(of: row)
            var sum: Scalar = 0
            var weight: Scalar = 0
            var hit: Scalar = 0
            for index in 0..<classes {
                sum += (row[index] - largest).exponential
                weight += targets[start + index]
                hit += targets[start + index] * (row[index] - largest)
            }
            total += Double(weight * sum.naturalLogarithm - hit)
        }
        return Scalar(total)
    }

    /// `result = upstream · (w p − t)`.
    static func gradient<Scalar: TensorScalar>(
        _ logits: Span<Scalar>, _ targets: Span<Scalar>, upstream: Scalar, classes: Int,
        into result: inout MutableSpan<Scalar>, accumulating: Bool
    ) {
        check(logits.count, targets.count, classes)
        if !accumulating { Elementwise.fill(0, into: &result, accumulating: false) }
        for start in stride(from: 0, to: logits.count, by: classes) {
            let row = logits.extracting(start..<start + classes)
            let (largest, scale) = softmaxScale(row, targets, start)
            for index in 0..<classes {
                let probability = scale * (row[index] - largest).exponential
                result[start + index] += upstream * (probability - targets[start + index])
            }
        }
    }

    /// `result = upstream · w (p ∘ s − p (p · s))`.
    static func hvp<Scalar: TensorScalar>(
        _ logits: Span<Scalar>, _ targets: Span<Scalar>, upstream: Scalar,
        along direction: Span<Scalar>, classes: Int, into result: inout MutableSpan<Scalar>,
        accumulating: Bool
    ) {
        check(logits.count, targets.count, classes)
        if !accumulating { Elementwise.fill(0, into: &result, accumulating: false) }
        for start in stride(from: 0, to: logits.count, by: classes) {
            let row = logits.extracting(start..<start + classes)
            let largest = maximum(of: row)
            var sum: Scalar = 0
            var weight: Scalar = 0
            var mean: Scalar = 0
            for index in 0..<classes {
                let term = (row[index] - largest).exponential
                sum += term
                mean += term * direction[start + index]
                weight += targets[start + index]
            }
            mean /= sum
            for index in 0..<classes {
                let probability = (row[index] - largest).exponential / sum
                result[start + index] +=
                    upstream * weight * probability * (direction[start + index] - mean)
            }
        }
    }

    /// `Σ (w p − t) · s`, the loss's directional derivative along `s`.
    static func jvp<Scalar: TensorScalar>(
        _ logits: Span<Scalar>, _ targets: Span<Scalar>, along direction: Span<Scalar>,
        classes: Int
    ) -> Scalar {
        check(logits.count, targets.count, classes)
        var total = 0.0
        for start in stride(from: 0, to: logits.count, by: classes) {
            let row = logits.extracting(start..<start + classes)
            let (largest, scale) = softmaxScale(row, targets, start)
            for index in 0..<classes {
                let probability = scale * (row[index] - largest).exponential
                total += Double((probability - targets[start + index]) * direction[start + index])
            }
        }
        return Scalar(total)
    }

    /// The largest logit, and the factor that makes `exp(z − largest)` into `w p`.
    private static func softmaxScale<Scalar: TensorScalar>(
        _ row: Span<Scalar>, _ targets: Span<Scalar>, _ start: Int
    ) -> (largest: Scalar, scale: Scalar) {
        let largest = maximum(of: row)
        var sum: Scalar = 0
        var weight: Scalar = 0
        for index in 0..<row.count {
            sum += (row[index] - largest).exponential
            weight += targets[start + index]
        }
        return (largest, weight / sum)
    }

    private static func maximum<Scalar: TensorScalar>(of row: Span<Scalar>) -> Scalar {
        var largest = row[0]
        for index in 1..<row.count { largest = row[index] > largest ? row[index] : largest }
        return largest
    }

    private static func check(_ logits: Int, _ targets: Int, _ classes: Int) {
        precondition(
            classes >= 1 && logits == targets && logits.isMultiple(of: classes),
            "expected rows of \(classes) logits and targets, got \(logits) and \(targets)")
    }
}
