package import Documents
private import Statistics

/// How well a decoder decided about windows that were held out of a calibration.
package struct HeldOutScore: Sendable, Hashable {
    /// What was decided of what.
    package private(set) var confusion: ConfusionMatrix
    /// Windows of which none shares a sample with another, among all: what a window counts in
    /// ``interval``.
    private let independentShare: Double
    private var quality = ProbabilityScore()

    /// Of no window.
    ///
    /// - Parameters:
    ///   - classCount: How many classes there are.
    ///   - windowLength: Samples of a window.
    ///   - stride: Samples from one window to the next.
    package init(classCount: Int, windowLength: Int, stride: Int) {
        confusion = ConfusionMatrix(classCount: classCount)
        independentShare = min(1, Double(stride) / Double(windowLength))
    }

    /// Adds a window.
    ///
    /// - Parameters:
    ///   - probabilities: A number for each class; of what is no number the first class is decided.
    ///   - label: The true class.
    package mutating func add(_ probabilities: [Double], label: Int) {
        let decided = probabilities.span.likeliest ?? 0
        confusion.add(
            ConfusionMatrix(
                labels: [UInt8(label)], predictions: [UInt8(decided)],
                classCount: confusion.classCount))
        quality.add(probabilities, decided: decided, label: label)
    }

    /// How many windows were decided about.
    package var count: Int { confusion.total }
    /// How many of them rightly.
    package var right: Int {
        (0..<confusion.classCount).reduce(0) { $0 + confusion[$1, $1] }
    }
    /// The mean over the classes there are of the share decided rightly: what decoders are compared
    /// by, as guessing the most frequent class gains nothing by it.
    package var balancedAccuracy: Double { confusion.balancedAccuracy }

    /// Classes that windows were of.
    private var asked: [Int] {
        (0..<confusion.classCount).filter { confusion.asked($0) > 0 }
    }
    /// The balanced accuracy of guessing; where windows were of one class alone, among all.
    package var chance: Double {
        1 / Double(asked.count == 1 ? confusion.classCount : max(1, asked.count))
    }

    /// Where the balanced accuracy lies with 95 % confidence.
    package var interval: ClosedRange<Double> {
        interval(deviations: WilsonInterval.deviationsOf95)
    }

    /// Whether the balanced accuracy lies above that of guessing with 99 % confidence.
    package var isAboveChance: Bool {
        interval(deviations: 2.575829303548901).lowerBound > chance
    }

    /// Wilson's interval of as many windows as fit in without overlap.
    private func interval(deviations z: Double) -> ClosedRange<Double> {
        let inverse = asked.reduce(0) {
            $0 + 1 / max(1, Double(confusion.asked($1)) * independentShare)
        }
        let classes = Double(asked.count)
        let count = classes * classes / inverse
        return WilsonInterval.bounds(
            ofShare: balancedAccuracy, count: count, deviations: z)
    }

    /// The mean of −log of the probability of the true class; 0 without windows.
    package var loss: Double { quality.loss ?? 0 }

    /// The score for programs.
    package var document: DocumentValue {
        .object([
            "balanced_accuracy": .number(balancedAccuracy),
            "low": .number(interval.lowerBound), "high": .number(interval.upperBound),
            "windows": .integer(count), "right": .integer(right), "loss": .number(loss),
        ])
    }
}
