/// Everything about a recording but its samples, labels and time stamps.
public struct RecordingHeader: Sendable, Hashable {
    /// Who, when and what.
    public var identity: RecordingIdentity
    /// The channels, in the order of the samples' columns.
    public var channels: [Channel]
    /// The declared rate.
    public var samplingRate: SamplingRate
    /// The rate at which the samples really change.
    public var effectiveRate: SamplingRate
    /// The number of samples.
    public var sampleCount: Int
    /// What each label means; `nil` for an unlabeled recording. ``LabelTrack/unlabeledName`` among
    /// them is no class.
    public var classNames: [String]?
    /// Whether the source had time stamps.
    public var hasTimeStamps: Bool
    /// The quality problems by segment.
    public var quality: [QualityInterval]
    /// The file it came from.
    public var source: SourceFile
    /// The steps that made it, oldest first.
    public var history: [ProcessingStep]
    /// The way back to the numbers of the source.
    public var scaling: ADCScaling
    /// The software that wrote the file.
    public var software: String
    /// The continuous quantities measured along with it.
    public var targets: [TargetDescription]

    /// Creates a header.
    public init(
        identity: RecordingIdentity, channels: [Channel], samplingRate: SamplingRate,
        effectiveRate: SamplingRate, sampleCount: Int, classNames: [String]?,
        hasTimeStamps: Bool, quality: [QualityInterval], source: SourceFile,
        history: [ProcessingStep], scaling: ADCScaling, software: String,
        targets: [TargetDescription] = []
    ) {
        self.identity = identity
        self.channels = channels
        self.samplingRate = samplingRate
        self.effectiveRate = effectiveRate
        self.sampleCount = sampleCount
        self.classNames = classNames
        self.hasTimeStamps = hasTimeStamps
        self.quality = quality
        self.source = source
        self.history = history
        self.scaling = scaling
        self.software = software
        self.targets = targets
    }

    /// The header of a recording in memory.
    ///
    /// - Parameters:
    ///   - recording: The recording.
    ///   - scaling: The way back to the numbers of its source; scale 1 and offset 0 when `nil`.
    public init(_ recording: Recording, scaling: ADCScaling? = nil) {
        self.init(
            identity: recording.identity, channels: recording.channels,
            samplingRate: recording.samplingRate, effectiveRate: recording.effectiveRate,
            sampleCount: recording.sampleCount, classNames: recording.labels?.classNames,
            hasTimeStamps: recording.timeStamps != nil, quality: recording.quality,
            source: recording.source, history: recording.history,
            scaling: scaling ?? .identity(channelCount: recording.samples.channelCount),
            software: SoftwareVersion.text, targets: recording.targets.map(\.description))
    }

    /// How long the recording is, in seconds.
    public var duration: Double { samplingRate.seconds(ofSamples: sampleCount) }
}

/// A recording without its samples.
public struct RecordingMetadata: Sendable, Hashable {
    /// Everything but samples, labels and time stamps.
    public let header: RecordingHeader
    /// The class of each sample; `nil` for an unlabeled recording.
    public let labels: LabelTrack?

    /// Creates the metadata.
    public init(header: RecordingHeader, labels: LabelTrack?) {
        self.header = header
        self.labels = labels
    }
}

/// The way from a recording's samples back to the raw ADC counts of its source, exactly:
/// `sample = scale · number + offset`, for each channel.
public struct ADCScaling: Sendable, Hashable {
    /// One scale a channel, finite and not 0.
    public let scale: [Double]
    /// One offset a channel, finite.
    public let offset: [Double]

    /// Creates a scaling.
    ///
    /// - Parameters:
    ///   - scale: One factor a channel, finite and not 0.
    ///   - offset: One offset a channel, finite.
    public init(scale: [Double], offset: [Double]) {
        precondition(
            scale.count == offset.count, "\(scale.count) scales for \(offset.count) offsets")
        self.scale = scale
        self.offset = offset
    }

    /// Samples that are the numbers of the source themselves: scale 1, offset 0.
    ///
    /// - Parameter channelCount: How many channels.
    /// - Returns: The scaling.
    public static func identity(channelCount: Int) -> ADCScaling {
        ADCScaling(
            scale: [Double](repeating: 1, count: channelCount),
            offset: [Double](repeating: 0, count: channelCount))
    }
}
