/// One recording of one person: samples, labels, time stamps, and how it came to be.
public struct Recording: Sendable, Hashable {
    /// Whose recording it is, how it was sampled, and how it came to be.
    public var description: RecordingDescription
    /// The samples, `[samples × channels]`, in the channels' units.
    public var samples: SampleMatrix
    /// The class of each sample; `nil` for an unlabeled recording.
    public var labels: LabelTrack?
    /// The time of each sample in seconds as the source gave it; `nil` when it gave none.
    public var timeStamps: [Double]?
    /// Continuous quantities measured along with it, one row a sample.
    public var targets: [TargetTrack]

    /// Creates a recording.
    ///
    /// - Parameters:
    ///   - description: Whose recording it is, how it was sampled, and how it came to be; with one
    ///     channel for each column of `samples`.
    ///   - samples: The samples.
    ///   - labels: The class of each sample.
    ///   - timeStamps: The time of each sample in seconds.
    ///   - targets: Continuous quantities measured along with it.
    /// - Throws: ``SignalError`` when lengths differ.
    public init(
        _ description: RecordingDescription, samples: SampleMatrix, labels: LabelTrack? = nil,
        timeStamps: [Double]? = nil, targets: [TargetTrack] = []
    ) throws(SignalError) {
        let hint = "this is a fault of the program that made the recording"
        var lengths = [
            ("channels", samples.channelCount, description.channels.count),
            ("labels", samples.sampleCount, labels?.values.count ?? samples.sampleCount),
            ("time stamps", samples.sampleCount, timeStamps?.count ?? samples.sampleCount),
        ]
        for target in targets {
            lengths.append(
                (
                    "values of target \(target.description.name)", samples.sampleCount,
                    target.values.sampleCount
                ))
        }
        lengths.append(
            ("names of targets", targets.count, Set(targets.map(\.description.name)).count))
        for (what, expected, found) in lengths where expected != found {
            throw SignalError(
                .lengthMismatch(what: what, expected: expected, found: found), hint: hint)
        }
        self.description = description
        self.samples = samples
        self.labels = labels
        self.timeStamps = timeStamps
        self.targets = targets
    }

    /// The person, the visit, the condition and the repetition.
    public var identity: RecordingIdentity {
        get { description.identity }
        set { description.identity = newValue }
    }

    /// The channels, in the order of the samples' columns.
    public var channels: [Channel] {
        get { description.channels }
        set { description.channels = newValue }
    }

    /// The rate the source declares or its time stamps give.
    public var samplingRate: SamplingRate {
        get { description.samplingRate }
        set { description.samplingRate = newValue }
    }

    /// The rate at which the samples really change, at most ``samplingRate``.
    public var effectiveRate: SamplingRate {
        get { description.effectiveRate }
        set { description.effectiveRate = newValue }
    }

    /// The quality problems by segment.
    public var quality: [QualityInterval] {
        get { description.quality }
        set { description.quality = newValue }
    }

    /// The file it came from.
    public var source: SourceFile {
        get { description.source }
        set { description.source = newValue }
    }

    /// The steps that made it, oldest first.
    public var history: [ProcessingStep] {
        get { description.history }
        set { description.history = newValue }
    }

    /// How many samples each channel has, at least 0.
    public var sampleCount: Int { samples.sampleCount }

    /// The segments that may be filtered and windowed as one: the recording cut at the start of
    /// every gap and free of non-finite samples.
    public var segments: [SampleRange] {
        quality.segments(sampleCount: sampleCount)
    }
}
