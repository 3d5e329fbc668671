private import Foundation

extension MutableSpan<Double> {
    /// Makes probabilities of logits, in place.
    package mutating func becomeSoftmax() {
        var largest = -Double.infinity
        for index in indices { largest = Swift.max(largest, self[index]) }
        var sum = 0.0
        for index in indices {
            self[index] = exp(self[index] - largest)
            sum += self[index]
        }
        for index in indices { self[index] /= sum }
    }
}
