package import EMGArchive
package import EMGFilters
public import EMGSignal
package import MetaLearning

/// A decoder from samples to decisions, with all that it needs and all that it was made from: the
/// contents of a file `NAME.myodec`.
public struct DecoderBundle: Sendable {
    /// What it was made for: channels, rate, windows, classes, and whom it was trained on.
    package var input: InputDescription
    /// The rate at which samples really change, which cut-offs respect.
    package var effectiveRate: SamplingRate
    /// How samples are conditioned as they come: causal; without stages when recordings are decoded
    /// as they are.
    package var pipeline: ConditioningPipeline
    /// What conditioned samples are normalized with for a model that sees them normalized.
    package var normalization: BundleScaling
    /// What decides about windows.
    package var model: any DecoderModel
    /// What is made of its probabilities.
    public var control: ControlSettings
    /// How a network is adapted to a person; `nil` for one that is not, and for models that are
    /// fitted in closed form, which say it themselves.
    package var adaptation: SupportAdaptation?
    /// What training people's classes look like; `nil` when that is not known.
    package var reference: ClassReference?
    /// What it was made from.
    package var origin: BundleOrigin
    /// What it is, for people, in Markdown.
    package var card: String

    /// Creates a bundle.
    ///
    /// - Parameters:
    ///   - input: What it was made for.
    ///   - effectiveRate: The rate at which samples really change; `nil` for the declared one.
    ///   - pipeline: How samples are conditioned as they come.
    ///   - normalization: What conditioned samples are normalized with.
    ///   - model: What decides about windows.
    ///   - control: What is made of its probabilities.
    ///   - adaptation: How a network is adapted to a person.
    ///   - origin: What it was made from.
    ///   - card: What it is, for people, in Markdown.
    package init(
        input: InputDescription, effectiveRate: SamplingRate? = nil,
        pipeline: ConditioningPipeline, normalization: BundleScaling, model: any DecoderModel,
        control: ControlSettings = ControlSettings(), adaptation: SupportAdaptation? = nil,
        origin: BundleOrigin = BundleOrigin(), card: String = ""
    ) {
        precondition(
            normalization.offset.count == input.channels.count
                && model.classCount == input.classes.count,
            "the parts of a bundle do not fit each other")
        self.input = input
        self.effectiveRate = effectiveRate ?? input.samplingRate
        self.pipeline = pipeline
        self.normalization = normalization
        self.model = model
        self.control = control
        self.adaptation = adaptation
        self.origin = origin
        self.card = card
    }

    /// Channels of the samples.
    package var channelCount: Int { input.channels.count }

    /// The balanced accuracy to be expected of a person; `nil` for a model that cannot tell.
    package var expectedAccuracy: Double? { (model as? any AdaptableModel)?.expectedAccuracy }

    /// The time from one decision to the next, in seconds.
    package var decisionSeconds: Double {
        input.samplingRate.seconds(ofSamples: input.window.stride)
    }

    /// The windows that are decided about.
    package var form: WindowForm {
        WindowForm(input)
    }
}

// MARK: For programs outside

extension DecoderBundle {
    /// The classes in the order of probabilities.
    public var classNames: [String] { input.classes }
    /// The channels, in the order of the samples' columns.
    public var channels: [Channel] { input.channels }
    /// The rate of the samples.
    public var samplingRate: SamplingRate { input.samplingRate }
}
