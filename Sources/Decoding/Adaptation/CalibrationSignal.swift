private import EMGArchive
private import EMGFilters
internal import EMGSignal
internal import EMGTasks
internal import Foundation
internal import MetaLearning

/// What a person was recorded for a decoder to adapt to: conditioned samples and the windows of the
/// support, of all recordings one after the other.
struct CalibrationSignal: Sendable {
    /// The task's name: that of the first recording.
    let id: String
    /// How many recordings there are.
    let recordingCount: Int
    /// The SHA-256 of the recordings' sources.
    let sources: [String]
    /// The samples as the bundle conditions them, in the channels' units.
    let samples: SampleMatrix
    /// The mean absolute value over channels of each sample.
    let levels: [Double]
    /// The ranges to adapt on.
    let ranges: [SampleRange]
    /// The windows in them.
    let windows: LabeledWindows
    /// Samples of a window.
    let windowLength: Int

    /// Reads recordings.
    ///
    /// - Parameters:
    ///   - recordings: At least one, all of one person.
    ///   - bundle: By which they are conditioned.
    ///   - window: How windows are cut and labeled.
    ///   - split: Which part of each recording is support.
    /// - Throws: `ArchiveError` for a recording that is damaged, ``DecodingError`` for one that the
    ///   bundle was not made for or of another person, `TaskError` when the split does not fit.
    init(
        _ recordings: [CalibrationRecording], for bundle: DecoderBundle, window: WindowSettings,
        split: SplitSettings
    ) throws {
        let input = bundle.input
        var conditioned = ConditionedSamples()
        var ranges: [SampleRange] = []
        var windows = LabeledWindows(starts: [], labels: [])
        var (first, sources): (RecordingIdentity?, [String]) = (nil, [])
        for source in recordings {
            let place = source.place
            let recording = try source.read()
            try bundle.check(
                channels: recording.channels, rate: recording.samplingRate, at: place)
            if let first, first.patient != recording.identity.patient {
                throw DecodingError(
                    .unsupported(
                        "this is a recording of \(recording.identity.patient), and one before is "
                            + "of \(first.patient)"), at: place,
                    hint: "adapt a decoder to one person at a time")
            }
            first = first ?? recording.identity
            let support = try RecordingSupport(
                RecordingMetadata(
                    header: RecordingHeader(recording), labels: recording.labels),
                classes: input.classes, window: window, split: split,
                quality: input.quality ?? QualityPolicy())
            let start = conditioned.count
            try conditioned.append(recording, by: bundle, at: place)
            ranges += support.ranges.map {
                SampleRange(start: $0.start + start, end: $0.end + start)
            }
            windows.starts += support.windows.starts.map { $0 + start }
            windows.labels += support.windows.labels
            sources.append(recording.source.sha256)
        }
        id = first?.id ?? ""
        recordingCount = recordings.count
        self.sources = sources
        samples = SampleMatrix(values: conditioned.values, channelCount: bundle.channelCount)
        levels = conditioned.levels
        self.ranges = ranges
        self.windows = windows
        windowLength = input.window.length
        try checkFinite()
    }

    private func checkFinite() throws(DecodingError) {
        for range in ranges {
            for sample in range.indices where !levels[sample].isFinite {
                throw DecodingError(
                    .malformed(expected: "finite samples in the support", found: "others"), at: id,
                    hint: "exclude them: quality.exclude of the collection names non_finite")
            }
        }
    }

    /// What samples are normalized with, fitted to some of the windows without their labels.
    ///
    /// - Parameters:
    ///   - rule: How.
    ///   - places: The windows; `nil` for all of the support.
    /// - Returns: The scaling.
    func scaling(_ rule: any NormalizationRule, of places: [Int]?) -> ChannelScaling {
        let fitted = FittedNormalization(
            fitting: rule, to: samples, on: places.map(ranges(of:)) ?? ranges)
        return ChannelScaling(offset: fitted.offset, scale: fitted.scale)
    }

    /// The samples of some windows, none twice.
    private func ranges(of places: [Int]) -> [SampleRange] {
        places.map {
            SampleRange(start: windows.starts[$0], end: windows.starts[$0] + windowLength)
        }.united()
    }

    /// Some of the windows as a model sees them.
    ///
    /// - Parameters:
    ///   - places: The windows; `nil` for all of the support.
    ///   - scaling: What samples are normalized with; `nil` for not at all.
    /// - Returns: The windows.
    /// - Throws: `MetaLearningError` never for windows of the support.
    func windowSet(
        _ places: [Int]?, _ scaling: ChannelScaling?
    ) throws(MetaLearningError) -> WindowSet {
        let chosen = places ?? Array(windows.starts.indices)
        return try WindowSet(
            signal: scaling.map { $0.normalized(samples.values) } ?? samples.values,
            channelCount: samples.channelCount, windowLength: windowLength,
            starts: chosen.map { windows.starts[$0] }, labels: chosen.map { windows.labels[$0] })
    }

    /// What a reference from training people says of the support's windows.
    ///
    /// - Parameters:
    ///   - reference: The reference.
    ///   - turns: How channels may lie turned: that turn is taken in which labels are likeliest.
    /// - Returns: A window for each of the support's.
    /// - Throws: `MetaLearningError` never for windows of the support.
    func windows(
        by reference: ClassReference, turns: FeatureTurns
    ) throws(MetaLearningError) -> [ExchangedLabels.Window] {
        let support = try windowSet(nil, nil)
        let (amplitudes, labels) = (support.meanAmplitudes(), support.labels.map(Int.init))
        func probabilities(_ turn: Int) -> [[Double]] {
            reference.probabilities(turns.turned(amplitudes, by: turn))
        }
        let turn = FeatureTurns.likeliest(
            among: 0..<turns.count, of: labels, probabilities: probabilities)
        return zip(labels, probabilities(turn)).map {
            ExchangedLabels.Window(label: $0, probabilities: $1)
        }
    }

    /// The amplitude of each window, as the control layer measures it.
    var amplitudes: [Double] {
        windows.starts.map { start in
            var sum = 0.0
            for sample in start..<start + windowLength { sum += levels[sample] }
            return sum / Double(windowLength)
        }
    }
}

/// Samples as a decoder conditions them.
private struct ConditionedSamples {
    var values: [Float] = []
    var levels: [Double] = []

    var count: Int { levels.count }

    /// Conditions a recording from its first sample on, from rest behind each gap and each sample that
    /// is not finite.
    mutating func append(
        _ recording: Recording, by bundle: DecoderBundle, at place: String
    ) throws {
        let channelCount = bundle.channelCount
        var conditioner = SampleConditioner(
            try bundle.isConditioned(recording.history, at: place)
                ? nil : bundle.makeConditioning(), channelCount: channelCount)
        let breaks = Set(recording.quality.filter { $0.kind == .gap }.map(\.range.start))
        let source = recording.samples.values
        values.reserveCapacity(values.count + source.count)
        for sample in 0..<recording.samples.sampleCount {
            if breaks.contains(sample) { conditioner.reset() }
            let first = sample * channelCount
            _ = conditioner.take(source.span.extracting(first..<first + channelCount))
            for value in conditioner.row { values.append(Float(value)) }
            levels.append(conditioner.level)
        }
    }
}
