package import EMGArchive
package import EMGFilters
package import MetaLearning

/// A decoder from samples to decisions, with all that it needs and all that it was made from.
public struct DecoderBundle: Sendable {
    /// What it was made for: channels, rate, windows, classes, and whom it was trained on.
    package var input: InputDescription
    /// How samples are conditioned as they come: causal; without stages when recordings are decoded
    /// as they are.
    package var pipeline: ConditioningPipeline
    /// What conditioned samples are normalized with for a model that sees them normalized.
    package var scaling: ChannelScaling
    /// What decides about windows.
    package var model: any DecoderModel
    /// What is made of its probabilities.
    public var control: ControlSettings
    /// How a network is adapted to a person; `nil` for one that is not, and for models that are
    /// fitted in closed form, which say it themselves.
    package var adaptation: SupportAdaptation?

    /// Creates a bundle.
    ///
    /// - Parameters:
    ///   - input: What it was made for.
    ///   - pipeline: How samples are conditioned as they come.
    ///   - scaling: What conditioned samples are normalized with.
    ///   - model: What decides about windows.
    ///   - control: What is made of its probabilities.
    ///   - adaptation: How a network is adapted to a person.
    package init(
        input: InputDescription, pipeline: ConditioningPipeline, scaling: ChannelScaling,
        model: any DecoderModel, control: ControlSettings = ControlSettings(),
        adaptation: SupportAdaptation? = nil
    ) {
        self.input = input
        self.pipeline = pipeline
        self.scaling = scaling
        self.model = model
        self.control = control
        self.adaptation = adaptation
    }

    /// Channels of the samples.
    package var channelCount: Int { input.channels.count }
}
