package import Documents
package import MetaLearning

/// A Gaussian prior over people's class means with what is known of the person; its numbers are
/// tensors.
package struct PriorKind: DecoderModelKind, Hashable {
    /// How windows become features.
    package var features = BandFeatures.Settings()
    /// How the prior was learned and is used.
    package var prior = HierarchicalPrior.Settings()
    /// What logarithms of probabilities are divided by.
    package var temperature = 1.0
    /// How the decoder goes on learning without labels; `nil` for not at all.
    package var updates: SoftUpdates?

    /// Of nobody's scale.
    package init() {}

    /// The name in bundles.
    package static let key = "prior"
    /// What it is, in a sentence.
    package static let documentation =
        "A Gaussian prior over people's class means, their sessions, repetitions and windows, with what "
        + "is known of the person."
    /// The members of bundles.
    package static let fields: Fields<Self> = [
        Field(
            "scale", \.features.scale, .positive("an amplitude above 0"),
            "What amplitudes are divided by, in the channels' unit.", isRequired: true),
        Field(
            "turns", \.features.isRing, .choice(["none": false, "ring": true]),
            "`ring`: channels are a ring of electrodes, which may be put on turned by any of them, and "
                + "mirrored; `none`: they are at the same places on everybody.", isRequired: true),
        Field(
            "floor", \.features.floor, .positive("a number above 0"),
            "What is added to amplitudes on that scale, so that silence has a logarithm."),
        Field(
            "root_weight", \.features.rootWeight, .positive("a number above 0"),
            "What square roots of amplitudes are multiplied by."),
        Field(
            "largest_correlation", \.features.largestCorrelation, .number(in: 0...0.999999),
            "Correlations of neighboring channels beyond are taken for this one."),
        Field(
            "temperature", \.temperature, .number(in: 0.001...1_000),
            "What logarithms of probabilities are divided by: above 1 for a decoder that is less "
                + "sure."),
        Field(
            optional: "updates", \.updates, .object(),
            "How the decoder goes on learning while it decides, without labels; left out when it does "
                + "not.", absence: .leftOut),
        Field(
            "spread_ridge", \.prior.spreadRidge, .number(in: 0...1_000),
            "What was added to the variance of each class mean."),
        Field(
            "noise_ridge", \.prior.noiseRidge, .number(in: 0.000001...1_000),
            "What is added to the variance of each feature of a window."),
        Field(
            "own_noise", \.prior.ownNoise, .number(in: 0...1),
            "How much a class's own noise counts beside that of all classes."),
        Field(
            "person_windows", \.prior.personWindows, .number(in: 0.001...1_000_000_000),
            "So many windows of a support make a person's own scatter of windows weigh as much as "
                + "that of training people."),
        Field(
            "kept_noise", \.prior.keptNoise, .number(in: 0...1),
            "The part of windows' noise that the mean over the windows of a repetition keeps."),
        Field(
            "freedom", \.prior.freedom, .number(in: 0.001...1_000_000),
            "The degrees of freedom of Student's distribution by which windows are decided about."),
    ]

    /// The prior with its numbers.
    package func model(
        _ file: Safetensors, for form: WindowForm, at name: String
    ) throws(MetaLearningError) -> any DecoderModel {
        let features = BandFeatures(features, channels: form.channelCount)
        let tensors = PriorTensors(file, width: features.width, form: form, name: name)
        try PriorModel.check(form, features, at: name)
        try tensors.checkNames()
        let prior = try tensors.prior(turns: features, settings: prior)
        return PriorModel(
            features: features, prior: prior, person: try tensors.person(of: prior),
            temperature: temperature, updates: updates)
    }
}
