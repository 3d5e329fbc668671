private import Autodiff
package import MetaLearning

/// A discriminant with its numbers: what clinics use today, fitted to windows in closed form.
package struct DiscriminantModel: DecoderModel {
    /// How it is fitted and what it sees.
    let discriminant: DiscriminantKind
    /// `[classes × features]`.
    let weights: [Double]
    /// One a class.
    let offsets: [Double]
    /// The scale of training people; 1 where it is not needed.
    private let scale: FeatureScale
    /// The windows.
    let form: WindowForm

    init(
        _ discriminant: DiscriminantKind, map: (weights: [Double], offsets: [Double]),
        scale: FeatureScale, form: WindowForm
    ) {
        self.discriminant = discriminant
        (weights, offsets) = map
        self.scale = scale
        self.form = form
    }

    /// Fits a discriminant to training people.
    ///
    /// - Parameters:
    ///   - discriminant: How, and what it sees.
    ///   - people: The features of each person's windows, `[windows × features]`, with their classes;
    ///     at least one window each.
    ///   - form: The windows.
    package init(
        _ discriminant: DiscriminantKind,
        fitting people: [(rows: [Double], labels: [UInt8])], form: WindowForm
    ) {
        let scale =
            discriminant.rule.needsScale
            ? FeatureScale(
                of: people.map { ($0.rows, $0.labels.map(Int.init)) },
                classCount: form.classCount)
            : FeatureScale(
                deviations: Array(
                    repeating: 1, count: form.channelCount * discriminant.features.perChannel))
        self.init(
            discriminant,
            map: discriminant.rule.map(
                people.flatMap(\.rows), labels: people.flatMap(\.labels), scale: scale,
                classCount: form.classCount), scale: scale, form: form)
    }

    /// Its kind: how it is fitted and what it sees.
    package var kind: any DecoderModelKind { discriminant }
    /// Classes that it distinguishes.
    package var classCount: Int { form.classCount }
    /// Features are those of the signal itself.
    package var sight: WindowSight { .conditioned }
    /// Features of a window.
    var width: Int { scale.deviations.count }

    /// The discriminant for one window after the other.
    package func makeScorer() -> any WindowScorer { DiscriminantScorer(self) }

    /// Stores weights and offsets, and the scale that they are fitted anew on.
    package func store(in file: inout Safetensors) {
        file.set(
            DiscriminantKind.weightsName,
            to: Tensor(shape: [form.classCount, width], elements: weights))
        file.set(
            DiscriminantKind.offsetsName, to: Tensor(shape: [form.classCount], elements: offsets))
        guard discriminant.keepsScale else { return }
        file.set(
            DiscriminantKind.deviationsName, to: Tensor(shape: [width], elements: scale.deviations))
    }

    /// The score of each class for a window's features.
    ///
    /// - Parameters:
    ///   - features: `[channels × numbers]`.
    ///   - scores: Receives a number for each class.
    func score(_ features: Span<Double>, into scores: inout MutableSpan<Double>) {
        for label in scores.indices {
            var score = offsets[label]
            for column in features.indices {
                score += weights[label * features.count + column] * features[column]
            }
            scores[label] = score
        }
    }
}

extension DiscriminantModel: AdaptableModel {
    /// Those of the ring, when it is turned.
    package var turns: FeatureTurns {
        discriminant.turns == .ring ? .ring(channels: form.channelCount) : .none
    }

    /// The discriminant of the support alone, or the same one turned.
    package func adapted(
        to support: WindowSet, by adaptation: SupportAdaptation?, id: String
    ) throws(DecodingError) -> any DecoderModel {
        try checkHasWindows(support, id: id)
        let rows = discriminant.windowFeatures.rows(of: support)
        let map =
            discriminant.turns == .ring
            ? turned(to: rows, labels: support.labels.map(Int.init))
            : discriminant.rule.map(
                rows, labels: support.labels, scale: scale, classCount: form.classCount)
        return DiscriminantModel(discriminant, map: map, scale: scale, form: form)
    }

    /// The map of features that lie turned as decides labels best.
    private func turned(
        to rows: [Double], labels: [Int]
    ) -> (weights: [Double], offsets: [Double]) {
        let turns = FeatureTurns.ring(
            channels: form.channelCount, perChannel: discriminant.features.perChannel)
        let turn = FeatureTurns.likeliest(among: 0..<turns.count, of: labels) { turn in
            let turned = turns.turned(rows, by: turn)
            return stride(from: 0, to: turned.count, by: width).map { first in
                var scores = [Double](repeating: 0, count: form.classCount)
                var span = scores.mutableSpan
                score(turned.span.extracting(first..<first + width), into: &span)
                return scores.softmax
            }
        }
        let rowsOfWeights = stride(from: 0, to: weights.count, by: width).flatMap { first in
            turns.turnedBack(Array(weights[first..<first + width]), by: turn)
        }
        return (rowsOfWeights, offsets)
    }
}

extension DiscriminantModel {
    /// Offsets for programs that have logits in single precision, in which the lowest number of double
    /// precision is none: the probability of a class that was not shown is 0 all the same.
    var exportedOffsets: [Double] { offsets.map { max($0, -3e38) } }
}
