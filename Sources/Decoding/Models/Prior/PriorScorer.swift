private import MetaLearning

/// Runs a prior on one window after the other, and learns from them, as those of classes that it is told
/// or that it finds probable.
struct PriorScorer: WindowScorer {
    private let features: BandFeatures
    private let updates: SoftUpdates?
    private var classifier: PersonClassifier
    private var workspace: DecisionWorkspace
    private var channels: [ChannelWindow]
    /// The features of the window that was scored last.
    private var row: [Double]
    /// Its probabilities.
    private var decided: [Double]
    /// How many windows were scored.
    private var count = 0

    init(_ model: PriorModel) {
        features = model.features
        updates = model.updates
        classifier = model.classifier
        workspace = DecisionWorkspace(classifier)
        channels = Array(repeating: .silent, count: features.channels)
        row = Array(repeating: 0, count: features.width)
        decided = Array(repeating: 0, count: model.classCount)
    }

    var learns: Bool { true }

    mutating func score(_ window: Span<Float>, into probabilities: inout MutableSpan<Double>) {
        Self.describe(window, by: features, in: &channels, into: &row)
        let (row, classifier) = (row, classifier)
        classifier.findProbabilities(of: row.span, into: &probabilities, using: &workspace)
        for label in decided.indices { decided[label] = probabilities[label] }
        count += 1
    }

    private static func describe(
        _ window: Span<Float>, by features: BandFeatures, in channels: inout [ChannelWindow],
        into row: inout [Double]
    ) {
        var described = channels.mutableSpan
        ChannelWindow.describe(window, into: &described)
        var numbers = row.mutableSpan
        features.write(channels.span, into: &numbers)
    }

    mutating func learn(_ label: Int?) {
        guard count > 0, row.allSatisfy(\.isFinite) else { return }
        if let label {
            classifier.update(row, label: label, share: SoftUpdates.toldShare)
        } else if let updates, (count - 1).isMultiple(of: updates.interval) {
            classifier.update(row, classes: decided, share: updates.share)
        }
    }
}
