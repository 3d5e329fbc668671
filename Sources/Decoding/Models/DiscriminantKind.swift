private import Autodiff
package import Documents
package import MetaLearning

/// A discriminant: the score of each class is an affine map of a window's features; weights and
/// offsets are tensors.
package struct DiscriminantKind: DecoderModelKind, Hashable {
    /// How it is fitted.
    package var rule = DiscriminantRule.lda
    /// What it sees of a window.
    package var features = WindowFeatures.Kind.logAmplitude
    /// How it is adapted: by fitting it anew, or on a ring of channels by the turn in which it decides
    /// labels best.
    package var turns = Turns.none
    /// What amplitudes are divided by, in the channels' unit.
    package var scale = 1.0
    /// What is added before the logarithm.
    package var floor = LogAmplitude.standardFloor

    /// How channels may lie turned from person to person.
    package typealias Turns = TrainingConfiguration.Baselines.Prior.Turns

    /// Fisher's discriminant on log amplitudes as they are.
    package init() {}

    /// The name in bundles.
    package static let key = "discriminant"
    /// What it is, in a sentence.
    package static let documentation =
        "A discriminant: the score of each class is an affine map of a window's features."
    /// The members of bundles.
    package static let fields: Fields<Self> = [
        Field(
            "rule", \.rule, .choice,
            "How it is fitted. lda: Fisher's discriminant, the covariance shrunk as Ledoit and Wolf "
                + "say. nearest_mean: the nearest class mean, features on the scale of training "
                + "people. ridge: a ridge regression from those features to the classes. lda when "
                + "left out."
        ).written { $0.rule != .lda },
        Field(
            "features", \.features, .choice,
            "What it sees of each channel of a window. log_amplitude: the logarithm of the mean "
                + "absolute value. time_domain: mean absolute value, waveform length, zero crossings "
                + "and changes of slope. log_amplitude when left out."
        ).written { $0.features != .logAmplitude },
        Field(
            "turns", \.turns, .choice(among: Turns.allCases),
            "How it is adapted. none: fitted anew to the support. ring: as training people's decoder, "
                + "turned round the ring of channels so that it decides the support's labels best. "
                + "none when left out."
        ).written { $0.turns != .none },
        Field(
            "scale", \.scale, .positive("an amplitude above 0"),
            "What mean amplitudes are divided by, in the channels' unit."
        ).written { $0.features == .logAmplitude },
        Field(
            "floor", \.floor, .positive("a number above 0"),
            "What is added before the logarithm, so that silence has one."
        ).written { $0.features == .logAmplitude },
    ]

    static let weightsName = "weights"
    static let offsetsName = "offsets"
    static let deviationsName = "deviations"

    /// What it sees of a window.
    package var windowFeatures: WindowFeatures {
        WindowFeatures(features, amplitude: LogAmplitude(scale: scale, floor: floor))
    }

    /// Whether the scale of training people is kept for fitting anew.
    var keepsScale: Bool { rule.needsScale && turns == .none }

    /// The discriminant with its numbers.
    package func model(
        _ file: Safetensors, for form: WindowForm, at name: String
    ) throws(MetaLearningError) -> any DecoderModel {
        let known =
            [Self.weightsName, Self.offsetsName] + (keepsScale ? [Self.deviationsName] : [])
        if let stranger = file.entries.first(where: { !known.contains($0.name) }) {
            throw MetaLearningError(
                .incompatible(expected: "model \(Self.key)", found: "a tensor \(stranger.name)"),
                at: name)
        }
        try check(form, at: name)
        let width = form.channelCount * features.perChannel
        var deviations = [Double](repeating: 1, count: width)
        if keepsScale {
            deviations = try file.numbers(Self.deviationsName, shape: [width], in: name)
            guard deviations.allSatisfy({ $0 > 0 }) else {
                throw MetaLearningError(
                    .outOfRange(expected: "numbers above 0", found: "others"),
                    at: "\(name): tensor \(Self.deviationsName)")
            }
        }
        return DiscriminantModel(
            self,
            map: (
                try file.numbers(
                    Self.weightsName, shape: [form.classCount, width], in: name),
                try file.numbers(Self.offsetsName, shape: [form.classCount], in: name)
            ), scale: FeatureScale(deviations: deviations), form: form)
    }

    /// Refuses windows that it cannot see.
    ///
    /// - Parameters:
    ///   - form: The windows.
    ///   - name: What they are of, for messages.
    /// - Throws: `MetaLearningError` for one channel, of which there is no ring.
    package func check(_ form: WindowForm, at name: String) throws(MetaLearningError) {
        guard turns == .none || form.channelCount >= 2 else {
            throw MetaLearningError(
                .outOfRange(expected: "at least two channels on a ring", found: "one channel"),
                at: name, hint: "take a decoder without turns")
        }
    }
}
