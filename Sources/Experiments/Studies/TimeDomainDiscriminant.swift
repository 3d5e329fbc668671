package import EMGArchive
package import EMGFeatures
private import EMGSignal
package import MetaLearning

/// What clinics use today: a linear discriminant on time-domain features of each channel, fitted
/// to a task's support and frozen.
///
/// Signals of both signs have Hudgins' features (Hudgins, Parker and Scott, "A new strategy for
/// multifunction myoelectric control", IEEE Trans. Biomed. Eng. 40, 1993). Amplitudes, as
/// rectified signals and envelopes, have no zero crossings to count: theirs are the mean and the
/// logarithm of the mean amplitude. Which a task has is given by its support.
package struct TimeDomainDiscriminant: SupportClassifier {
    /// The features of each channel of signals with both signs: mean absolute value, waveform
    /// length, zero crossings and changes of slope, of the normalized windows.
    package static let features: [any Feature] = [
        .mav, .waveformLength, .zeroCrossings(), .slopeSignChanges(),
    ]

    /// What it is called in tables.
    package var method: Method { .lda }
    private let samplingRate: SamplingRate
    private let coefficients: [String: CollectionManifest.Coefficients]

    /// Creates the method; `nil` when windows are too short.
    ///
    /// - Parameter manifest: The manifest of the collection that the tasks are of; its windows
    ///   have at least 3 samples.
    package init?(_ manifest: CollectionManifest) {
        guard manifest.window.length >= 3 else { return nil }
        samplingRate = manifest.samplingRate
        coefficients = manifest.coefficients
    }

    /// Fits the discriminant to the support and predicts the query's classes.
    ///
    /// - Parameter task: The task.
    /// - Returns: A class for each query window.
    /// - Throws: `FeatureError` for windows that have no features.
    package func predictions(for task: Episode) throws -> [UInt8] {
        // What a varied task is normalized with goes with its windows.
        let scaling = task.support.scaling ?? coefficients[task.id]?.scaling
        let amplitudes = scaling.flatMap {
            AmplitudeFeatures(of: task.support, normalizedWith: $0)
        }
        // A normalization that moves zero leaves no crossings of it to count.
        let shifted = amplitudes == nil && !task.support.hasNegativeSamples ? scaling : nil
        func features(_ windows: WindowSet) throws(FeatureError) -> [Double] {
            if let amplitudes { return amplitudes.rows(of: windows) }
            return try self.features(of: windows, normalizedWith: shifted)
        }
        let discriminant = LinearDiscriminant(
            rows: try features(task.support), labels: task.support.labels)
        return discriminant.predictions(try features(task.query))
    }

    /// Hudgins' features of windows, `[windows × channels × features]`.
    ///
    /// - Parameters:
    ///   - windows: The windows.
    ///   - scaling: What is taken back from their samples; `nil` for nothing.
    /// - Returns: The features.
    /// - Throws: `FeatureError` for windows that have no features.
    private func features(
        of windows: WindowSet, normalizedWith scaling: ChannelScaling?
    ) throws(FeatureError) -> [Double] {
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
            let samples = Array(windows.signal[begin..<stop])
            result += try SlidingFeatures(
                Self.features, window: length, stride: step, samplingRate: samplingRate
            ).compute(scaling?.raw(samples) ?? samples, channelCount: channels)
            first = end
        }
        return result
    }
}

extension WindowSet {
    /// Whether any sample of a window is below zero.
    fileprivate var hasNegativeSamples: Bool {
        starts.contains { start in
            signal[start * channelCount..<(start + windowLength) * channelCount].contains { $0 < 0 }
        }
    }
}
