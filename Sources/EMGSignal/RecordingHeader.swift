/// Everything about a recording but its samples, labels and time stamps.
public struct RecordingHeader: Sendable, Hashable {
    /// Whose recording it is, how it was sampled, and how it came to be.
    public var description: RecordingDescription
    /// How many samples each channel has, at least 0.
    public var sampleCount: Int
    /// What each label means; `nil` for an unlabeled recording. ``LabelTrack/unlabeledName`` among
    /// them is no class.
    public var classNames: [String]?
    /// Whether the source had time stamps.
    public var hasTimeStamps: Bool
    /// The way back to the numbers of the source.
    public var scaling: ADCScaling
    /// The software that wrote the file.
    public var software: String
    /// The continuous quantities measured along with it.
    public var targets: [TargetDescription]

    /// Creates the header of a recording whose samples are the numbers of its source, as this
    /// software writes it.
    ///
    /// - Parameters:
    ///   - description: Whose recording it is, how it was sampled, and how it came to be.
    ///   - sampleCount: The number of samples.
    ///   - classNames: What each label means; `nil` for an unlabeled recording.
    ///   - hasTimeStamps: Whether the source had time stamps.
    ///   - targets: The continuous quantities measured along with it.
    package init(
        _ description: RecordingDescription, sampleCount: Int, classNames: [String]?,
        hasTimeStamps: Bool, targets: [TargetDescription] = []
    ) {
        self.description = description
        self.sampleCount = sampleCount
        self.classNames = classNames
        self.hasTimeStamps = hasTimeStamps
        self.targets = targets
        scaling = .identity(channelCount: description.channels.count)
        software = SoftwareVersion.text
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

    /// The header of a recording in memory.
    ///
    /// - Parameters:
    ///   - recording: The recording.
    ///   - scaling: The way back to the numbers of its source; scale 1 and offset 0 when `nil`.
    package init(_ recording: Recording, scaling: ADCScaling? = nil) {
        self.init(
            recording.description, sampleCount: recording.sampleCount,
            classNames: recording.labels?.classNames,
            hasTimeStamps: recording.timeStamps != nil,
            targets: recording.targets.map(\.description))
        if let scaling { self.scaling = scaling }
    }

    /// How long the recording is, in seconds.
    public var duration: Double { samplingRate.seconds(ofSamples: sampleCount) }
}
