public import EMGArchive
public import EMGFilters
public import EMGSignal
public import MetaLearning

extension Method {
    /// A linear discriminant on time-domain features, fitted to each task's support.
    public static let lda = Method(rawValue: "lda")
}

/// What clinics use today: a linear discriminant on Hudgins' time-domain features of each channel
/// (Hudgins, Parker and Scott, "A new strategy for multifunction myoelectric control", IEEE Trans.
/// Biomed. Eng. 40, 1993), fitted to a task's support and frozen.
public struct TimeDomainDiscriminant: SupportClassifier {
    /// The features of each channel: mean absolute value, waveform length, zero crossings and
    /// changes of slope.
    public static let features: [FeatureKind] = [
        .mav, .waveformLength, .zeroCrossings(), .slopeSignChanges(),
    ]

    /// What it is called in tables.
    public var method: Method { .lda }
    private let samplingRate: SamplingRate

    /// Creates the method; `nil` when windows are too short.
    ///
    /// - Parameters:
    ///   - windowLength: Samples of a window; features need at least 3.
    ///   - samplingRate: The rate of the samples.
    public init?(windowLength: Int, samplingRate: SamplingRate) {
        guard windowLength >= 3 else { return nil }
        self.samplingRate = samplingRate
    }

    /// Fits the discriminant to the support and tells the query's classes.
    ///
    /// - Parameter task: The task.
    /// - Returns: A class for each query window.
    /// - Throws: `FilterError` for windows that have no features.
    public func predictions(for task: Episode) throws -> [UInt8] {
        let discriminant = LinearDiscriminant(
            rows: try features(of: task.support), labels: task.support.labels)
        return discriminant.predictions(try features(of: task.query))
    }

    /// The features of windows, `[windows × channels × features]`.
    func features(of windows: WindowSet) throws(FilterError) -> [Double] {
        let (channels, length) = (windows.channelCount, windows.windowLength)
        var result: [Double] = []
        var first = 0
        while first < windows.count {
            // Windows at even distances share sums; most sets consist of few such runs.
            var (end, step) = (first + 1, 1)
            if end < windows.count, windows.starts[end] > windows.starts[first] {
                step = windows.starts[end] - windows.starts[first]
                while end < windows.count, windows.starts[end] - windows.starts[end - 1] == step {
                    end += 1
                }
            }
            let begin = windows.starts[first] * channels
            let stop = (windows.starts[end - 1] + length) * channels
            result += try SlidingFeatures(
                Self.features, window: length, stride: step, samplingRate: samplingRate
            ).compute(Array(windows.signal[begin..<stop]), channelCount: channels)
            first = end
        }
        return result
    }
}

extension TrainingConfiguration {
    /// What is compared on a collection's test tasks and is no model.
    ///
    /// - Parameter manifest: The collection's manifest.
    /// - Returns: The discriminant, when it is wanted and windows are long enough for features.
    public func classifiers(for manifest: CollectionManifest) -> [any SupportClassifier] {
        // There is nothing to tell apart without classes, or when targets are learned.
        guard baselines.lda, manifest.targets == nil, !manifest.classes.isEmpty else { return [] }
        let classifier = TimeDomainDiscriminant(
            windowLength: manifest.window.length, samplingRate: manifest.samplingRate)
        return classifier.map { [$0] } ?? []
    }
}
