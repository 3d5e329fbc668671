private import MetaLearning

/// Runs a discriminant on one window after the other.
struct DiscriminantScorer: WindowScorer {
    private let model: DiscriminantModel
    private let windowFeatures: WindowFeatures
    private var features: [Double]

    init(_ model: DiscriminantModel) {
        self.model = model
        windowFeatures = model.discriminant.windowFeatures
        features = Array(repeating: 0, count: model.width)
    }

    mutating func score(_ window: Span<Float>, into probabilities: inout MutableSpan<Double>) {
        let (model, windowFeatures) = (model, windowFeatures)
        var span = features.mutableSpan
        windowFeatures.compute(window, channelCount: model.form.channelCount, into: &span)
        model.score(features.span, into: &probabilities)
        probabilities.becomeSoftmax()
    }
}
