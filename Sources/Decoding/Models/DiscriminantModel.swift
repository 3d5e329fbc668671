private import Autodiff
package import MetaLearning

/// A linear discriminant on the logarithm of each channel's mean amplitude: what clinics use today,
/// fitted to a support in closed form.
package struct DiscriminantModel: DecoderModel {
    let amplitude: LogAmplitude
    /// `[classes × channels]`.
    let weights: [Double]
    /// One a class.
    let offsets: [Double]
    private let form: WindowForm

    init(amplitude: LogAmplitude, weights: [Double], offsets: [Double], form: WindowForm) {
        self.amplitude = amplitude
        self.weights = weights
        self.offsets = offsets
        self.form = form
    }

    /// Fits a discriminant.
    ///
    /// - Parameters:
    ///   - amplitudes: The mean absolute value of each channel, `[windows × channels]`, in the
    ///     channels' units.
    ///   - labels: The class of each window, at least one.
    ///   - amplitude: How amplitudes become features.
    ///   - form: The windows.
    package init(
        fittingAmplitudes amplitudes: [Double], labels: [UInt8], amplitude: LogAmplitude,
        form: WindowForm
    ) {
        let map = LinearDiscriminant(rows: amplitude(amplitudes), labels: labels)
            .affineMap(classCount: form.classCount)
        self.init(amplitude: amplitude, weights: map.weights, offsets: map.offsets, form: form)
    }

    /// Its kind: the scale of amplitudes.
    package var kind: any DecoderModelKind { DiscriminantKind(amplitude) }
    /// Classes that it distinguishes.
    package var classCount: Int { form.classCount }
    /// Amplitudes are those of the signal itself.
    package var sight: WindowSight { .conditioned }

    /// The discriminant for one window after the other.
    package func makeScorer() -> any WindowScorer {
        DiscriminantScorer(self, channelCount: form.channelCount)
    }

    /// Stores weights and offsets.
    package func store(in file: inout Safetensors) {
        file.set(
            DiscriminantKind.weightsName,
            to: Tensor(shape: [form.classCount, form.channelCount], elements: weights))
        file.set(
            DiscriminantKind.offsetsName, to: Tensor(shape: [form.classCount], elements: offsets))
    }
}

extension DiscriminantModel: AdaptableModel {
    /// The discriminant of the support alone.
    package func adapted(
        to support: WindowSet, by adaptation: SupportAdaptation?, id: String
    ) -> any DecoderModel {
        DiscriminantModel(
            fittingAmplitudes: support.meanAmplitudes(), labels: support.labels,
            amplitude: amplitude, form: form)
    }
}
