public import EMGArchive
public import EMGFilters
public import EMGSignal

/// What windows of an archive are wanted, and what of them.
public struct WindowSelection: Sendable, Hashable {
    /// What is written of each window, beside recording, first sample and label.
    public enum Content: Sendable, Hashable {
        /// Nothing: the windows are views into the archive.
        case starts
        /// The samples, `[channels × samples]`.
        case samples
        /// Features, `[channels × features]`.
        case features([FeatureKind])
    }

    /// The length of a window.
    public var length: SampleDuration
    /// The distance between the starts of neighboring windows.
    public var stride: SampleDuration
    /// Which label a window gets.
    public var labelRule: LabelRule
    /// What is written of each window.
    public var content: Content
    /// What of the recordings' quality is in no window.
    public var quality: QualityPolicy
    /// The class of samples that nobody labeled; they are in no window when `nil`.
    public var unlabeledClass: String?

    /// Creates a selection.
    ///
    /// - Parameters:
    ///   - length: The length of a window.
    ///   - stride: The distance between the starts of neighboring windows.
    ///   - labelRule: Which label a window gets.
    ///   - content: What is written of each window.
    ///   - unlabeledClass: The class of samples that nobody labeled.
    ///   - quality: What of the recordings' quality is in no window.
    public init(
        length: SampleDuration, stride: SampleDuration,
        labelRule: LabelRule = .last, content: Content = .starts, unlabeledClass: String? = nil,
        quality: QualityPolicy = QualityPolicy()
    ) {
        self.length = length
        self.stride = stride
        self.labelRule = labelRule
        self.content = content
        self.quality = quality
        self.unlabeledClass = unlabeledClass
    }

    /// What the classes of recordings become.
    var classes: ClassMap {
        ClassMap(
            merges: unlabeledClass.map {
                [ClassMap.Merge(name: $0, sources: [LabelTrack.unlabeledName])]
            } ?? [])
    }

    /// How windows are cut at a rate.
    func layout(at rate: SamplingRate) -> WindowLayout {
        WindowLayout(
            length: length.samples(at: rate), stride: stride.samples(at: rate),
            labelRule: labelRule)
    }
}

extension FeatureKind {
    /// Reads a feature as a command line has it: its abbreviation, and behind a colon its
    /// threshold or order, for example `ZC:0.01` or `AR:6`.
    ///
    /// - Parameter text: The text; letters of either case.
    public init?(abbreviation text: String) {
        let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
        guard let name = parts.first?.uppercased() else { return nil }
        let number = parts.count == 2 ? Double(parts[1]) : nil
        if parts.count == 2, number == nil { return nil }
        let order = number.flatMap { Int(exactly: $0) }
        let plain: [String: FeatureKind] = [
            "MAV": .mav, "RMS": .rms, "WL": .waveformLength, "IAV": .iav, "VAR": .variance,
            "LD": .logDetector, "DASDV": .dasdv, "MFL": .maximumFractalLength,
            "MNF": .meanFrequency, "MDF": .medianFrequency, "MNP": .meanPower,
            "SKEW": .skewness, "KURT": .kurtosis, "ACT": .activity, "MOB": .mobility,
            "COMP": .complexity, "SAMPEN": .sampleEntropy(),
        ]
        if let kind = plain[name] {
            guard number == nil else { return nil }
            self = kind
            return
        }
        switch name {
        case "ZC": self = .zeroCrossings(threshold: number ?? 0)
        case "SSC": self = .slopeSignChanges(threshold: number ?? 0)
        case "WAMP":
            guard let number else { return nil }
            self = .wilson(threshold: number)
        case "AR":
            guard let order = number == nil ? 4 : order else { return nil }
            self = .autoregressive(order: order)
        case "CC":
            guard let order = number == nil ? 4 : order else { return nil }
            self = .cepstrum(order: order)
        default: return nil
        }
    }

    /// A name for each number it gives: `MAV`, or `AR1`, `AR2`, ….
    var columnNames: [String] { count == 1 ? [name] : (1...count).map { "\(name)\($0)" } }
}
