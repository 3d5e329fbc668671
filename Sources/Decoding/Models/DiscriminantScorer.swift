private import Foundation
private import MetaLearning

/// Runs a discriminant on one window after the other.
struct DiscriminantScorer: WindowScorer {
    private let model: DiscriminantModel
    private let channelCount: Int
    private var features: [Double]

    init(_ model: DiscriminantModel, channelCount: Int) {
        self.model = model
        self.channelCount = channelCount
        features = Array(repeating: 0, count: channelCount)
    }

    mutating func score(_ window: Span<Float>, into probabilities: inout MutableSpan<Double>) {
        let count = window.count / channelCount
        for channel in 0..<channelCount {
            var sum = 0.0
            for sample in 0..<count { sum += abs(Double(window[sample * channelCount + channel])) }
            features[channel] = log(
                sum / Double(count) / model.amplitude.scale + model.amplitude.floor)
        }
        for label in probabilities.indices {
            var score = model.offsets[label]
            for channel in 0..<channelCount {
                score += model.weights[label * channelCount + channel] * features[channel]
            }
            probabilities[label] = score
        }
        probabilities.becomeSoftmax()
    }
}
