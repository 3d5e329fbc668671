private import Autodiff
package import Documents
package import MetaLearning

/// A linear discriminant on the logarithm of each channel's mean amplitude; weights and offsets are
/// tensors.
package struct DiscriminantKind: DecoderModelKind, Hashable {
    /// What amplitudes are divided by, in the channels' unit.
    package var scale = 1.0
    /// What is added before the logarithm.
    package var floor = LogAmplitude.standardFloor

    /// On amplitudes as they are.
    package init() {}

    /// On amplitudes of a scale.
    init(_ amplitude: LogAmplitude) { (scale, floor) = (amplitude.scale, amplitude.floor) }

    /// The name in bundles.
    package static let key = "discriminant"
    /// What it is, in a sentence.
    package static let documentation =
        "A linear discriminant on the logarithm of each channel's mean amplitude."
    /// The members of bundles.
    package static let fields: Fields<Self> = [
        Field(
            "scale", \.scale, .positive("an amplitude above 0"),
            "What mean amplitudes are divided by, in the channels' unit."),
        Field(
            "floor", \.floor, .positive("a number above 0"),
            "What is added before the logarithm, so that silence has one."),
    ]

    static let weightsName = "weights"
    static let offsetsName = "offsets"

    /// The discriminant with its numbers.
    package func model(
        _ file: Safetensors, for form: WindowForm, at name: String
    ) throws(MetaLearningError) -> any DecoderModel {
        let known = [Self.weightsName, Self.offsetsName]
        if let stranger = file.entries.first(where: { !known.contains($0.name) }) {
            throw MetaLearningError(
                .incompatible(expected: "model \(Self.key)", found: "a tensor \(stranger.name)"),
                at: name)
        }
        return DiscriminantModel(
            amplitude: LogAmplitude(scale: scale, floor: floor),
            weights: try file.numbers(
                Self.weightsName, shape: [form.classCount, form.channelCount], in: name),
            offsets: try file.numbers(Self.offsetsName, shape: [form.classCount], in: name),
            form: form)
    }
}
