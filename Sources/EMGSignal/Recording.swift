/// One recording of one person: samples, labels, time stamps, and how it came to be.
public struct Recording: Sendable, Hashable {
    /// Who, when and what.
    public var identity: RecordingIdentity
    /// The channels, in the order of the samples' columns.
    public var channels: [Channel]
    /// The rate the source declares or its time stamps give.
    public var samplingRate: SamplingRate
    /// The rate at which the samples really change, when held samples make it lower than
    /// ``samplingRate``; equal to it otherwise. Filter corners are checked against this one.
    public var effectiveRate: SamplingRate
    /// The samples, `[samples × channels]`, in the channels' units.
    public var samples: SampleMatrix
    /// The class of each sample; `nil` for an unlabeled recording.
    public var labels: LabelTrack?
    /// The time of each sample in seconds as the source gave it; `nil` when it gave none.
    public var timeStamps: [Double]?
    /// Continuous quantities measured along with it, one row a sample.
    public var targets: [TargetTrack]
    /// The quality problems by segment.
    public var quality: [QualityInterval]
    /// The file it came from.
    public var source: SourceFile
    /// The steps that made it, oldest first.
    public var history: [ProcessingStep]

    /// Creates a recording.
    ///
    /// - Parameters:
    ///   - identity: Who, when and what.
    ///   - channels: One for each column of `samples`.
    ///   - samplingRate: The declared rate.
    ///   - effectiveRate: The rate at which samples really change; `nil` for `samplingRate`.
    ///   - samples: The samples.
    ///   - labels: The class of each sample.
    ///   - timeStamps: The time of each sample in seconds.
    ///   - quality: The quality problems by segment.
    ///   - source: The file it came from.
    ///   - history: The steps that made it.
    ///   - targets: Continuous quantities measured along with it.
    /// - Throws: ``SignalError`` when lengths differ.
    public init(
        identity: RecordingIdentity, channels: [Channel], samplingRate: SamplingRate,
        effectiveRate: SamplingRate? = nil, samples: SampleMatrix, labels: LabelTrack? = nil,
        timeStamps: [Double]? = nil, quality: [QualityInterval] = [], source: SourceFile,
        history: [ProcessingStep] = [], targets: [TargetTrack] = []
    ) throws(SignalError) {
        let hint = "this is a fault of the program that made the recording"
        var lengths = [
            ("channels", samples.channelCount, channels.count),
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
        self.identity = identity
        self.channels = channels
        self.samplingRate = samplingRate
        self.effectiveRate = effectiveRate ?? samplingRate
        self.samples = samples
        self.labels = labels
        self.timeStamps = timeStamps
        self.quality = quality
        self.source = source
        self.history = history
        self.targets = targets
    }

    /// The number of samples.
    public var sampleCount: Int { samples.sampleCount }

    /// The segments that may be filtered and windowed as one: the recording cut at the start of
    /// every gap and free of non-finite samples.
    public var segments: [SampleRange] {
        quality.segments(sampleCount: sampleCount)
    }
}

/// The file that a recording was read from.
public struct SourceFile: Sendable, Hashable {
    /// Its name without folders, so that an archive tells nothing of one machine's disks.
    public package(set) var name: String
    /// The SHA-256 of its bytes as 64 lower-case hexadecimal digits.
    public package(set) var sha256: String

    /// Creates a source.
    ///
    /// - Parameters:
    ///   - name: Its name without folders.
    ///   - sha256: The SHA-256 of its bytes as 64 lower-case hexadecimal digits.
    public init(name: String, sha256: String) {
        self.name = name
        self.sha256 = sha256
    }
}
