private import CSections

/// An autoregressive model by Burg's method (J. P. Burg, thesis, Stanford 1975).
final class BurgModel {
    private let order: Int
    private var forward: [Double]
    private var backward: [Double]

    /// Prepares for windows of a length.
    ///
    /// - Parameters:
    ///   - window: Samples in a window, at least 2.
    ///   - order: The highest order that is asked for.
    init(window: Int, order: Int) {
        self.order = min(order, window - 1)
        forward = Array(repeating: 0, count: window - 1)
        backward = forward
    }

    /// The reflection coefficients, which hold the models of all lower orders too.
    func reflections(_ values: Span<Double>) -> [Double] {
        precondition(values.count == forward.count + 1)
        let order = order
        return unsafe forward.withUnsafeMutableBufferPointer { forward in
            unsafe backward.withUnsafeMutableBufferPointer { backward in
                guard let ahead = forward.baseAddress, let behind = backward.baseAddress else {
                    return []
                }
                var count = min(forward.count, backward.count)
                for index in 0..<count {
                    unsafe ahead[index] = values[unchecked: index &+ 1]
                    unsafe behind[index] = values[unchecked: index]
                }
                var result: [Double] = []
                result.reserveCapacity(order)
                var (product, energy) = (0.0, 0.0)
                unsafe burg_sums(ahead, behind, count, &product, &energy)
                for index in 0..<order {
                    let reflection = energy > 0 ? -2 * product / energy : 0
                    result.append(reflection)
                    guard index + 1 < order else { break }
                    unsafe burg_step(ahead, behind, count, reflection, &product, &energy)
                    count -= 1
                }
                return result
            }
        }
    }

    /// The coefficients a₁ … of the polynomial, missing ones 0.
    static func coefficients(_ reflections: [Double], order: Int) -> [Double] {
        var result: [Double] = []
        for reflection in reflections.prefix(order) {
            let last = result
            for index in result.indices {
                result[index] += reflection * last[last.count - 1 - index]
            }
            result.append(reflection)
        }
        return result + Array(repeating: 0, count: max(0, order - result.count))
    }
}
