package import Documents
private import EMGArchive
package import EMGTasks
package import Foundation
private import MetaLearning
private import Statistics

/// Adapts a decoder to a new person or day: the normalization first, without labels, then the model's
/// parameters, which are taken only if they are better on a part of the calibration that was held
/// out.
package struct BundleAdaptation: Sendable {
    private let bundle: DecoderBundle
    private let signal: CalibrationSignal
    private let rule: any NormalizationRule
    private let model: any AdaptableModel

    /// Reads a calibration.
    ///
    /// - Parameters:
    ///   - bundle: The decoder.
    ///   - recordings: At least one, all of one person.
    ///   - split: Which part of each recording is adapted to.
    ///   - transitionTrim: What is left out on both sides of each label change.
    ///   - kinds: The rules that packages outside have added.
    /// - Throws: ``DecodingError`` for a bundle that cannot be adapted or a recording that it was not
    ///   made for, `ArchiveError` for one that is damaged, `TaskError` when the split does not fit.
    package init(
        of bundle: DecoderBundle, to recordings: [CalibrationRecording], split: SplitSettings,
        transitionTrim: SampleDuration = .samples(0), kinds: Kinds = Kinds()
    ) throws {
        guard let model = bundle.model as? any AdaptableModel else {
            throw DecodingError(
                .unsupported("a decoder of this kind cannot be adapted"),
                at: type(of: bundle.model.kind).key)
        }
        self.bundle = bundle
        self.model = model
        rule = try bundle.input.normalizationRule(kinds: kinds)
        let window = WindowSettings(
            length: .samples(bundle.input.window.length),
            stride: .samples(bundle.input.window.stride),
            labelRule: try bundle.input.labelRule(kinds: kinds), transitionTrim: transitionTrim)
        signal = try CalibrationSignal(recordings, for: bundle, window: window, split: split)
    }

    /// Reads a calibration from files of an archive.
    ///
    /// - Parameters:
    ///   - bundle: The decoder.
    ///   - files: At least one, all of one person.
    ///   - split: As above.
    ///   - transitionTrim: As above.
    ///   - kinds: As above.
    /// - Throws: As above.
    package init(
        of bundle: DecoderBundle, to files: [URL], split: SplitSettings,
        transitionTrim: SampleDuration = .samples(0), kinds: Kinds = Kinds()
    ) throws {
        try self.init(
            of: bundle, to: files.map(CalibrationRecording.file), split: split,
            transitionTrim: transitionTrim, kinds: kinds)
    }

    // MARK: Evaluating

    /// Finds out whether the adapted parameters are better than the old ones.
    ///
    /// - Parameter known: How many samples of the calibration a decoder that runs already was adapted
    ///   to: it takes the place of the bundle as it was, and of each fold it is fitted to what it knows;
    ///   `nil` when the bundle itself runs.
    /// - Returns: What was found.
    package func evaluate(beside known: Int? = nil) -> AdaptationReport {
        let input = bundle.input
        let folds = CalibrationFolds(
            signal.windows, length: signal.windowLength,
            leastClasses: model.adaptsToSomeClasses ? 1 : 2)
        let none = HeldOutScore(
            classCount: input.classes.count, windowLength: input.window.length,
            stride: input.window.stride)
        let counts = signal.windows.counts(classes: input.classes.count)
        var report = AdaptationReport(
            verdict: .tooShort, id: signal.id, recordingCount: signal.recordingCount,
            windowsOfClass: zip(input.classes, counts).map { ($0, $1) },
            heldOut: folds.part == .repetition
                ? "each of \(folds.folds.count) repetitions of every class in turn"
                : "each half of every repetition in turn")
        guard !folds.folds.isEmpty else { return report }
        var (before, normalized, adapted) = (none, none, none)
        var seen: [ExchangedLabels.Window] = []
        do throws(DecodingError) {
            for fold in folds.folds {
                let own = scaling(of: fold.fit)
                let running = try running(on: fold.fit, of: known)
                try decide(running.model, running.scaling, fold.heldOut) {
                    before.add($0, label: $1)
                }
                try decide(bundle.model, own, fold.heldOut) {
                    normalized.add($0, label: $1)
                    seen.append(ExchangedLabels.Window(label: $1, probabilities: $0))
                }
                try decide(self.adapted(to: fold.fit, own), own, fold.heldOut) {
                    adapted.add($0, label: $1)
                }
            }
            if let reference = bundle.reference { seen = try windows(by: reference) }
        } catch {
            report.verdict = .failed(error.description)
            return report
        }
        (report.before, report.normalized, report.adapted) = (before, normalized, adapted)
        let exchanged = exchangedLabels(seen)
        if !exchanged.isEmpty {
            report.verdict = .exchangedLabels(
                exchanged.map { [input.classes[$0.label], input.classes[$0.decided]] })
        } else if normalized.balancedAccuracy > before.balancedAccuracy,
            normalized.balancedAccuracy >= adapted.balancedAccuracy
        {
            report.verdict = normalized.isAboveChance ? .normalization : .chance
        } else if isBetter(
            adapted, than: before, breaksTies: known != nil || isPartial(counts))
        {
            report.verdict = adapted.isAboveChance ? .better : .chance
        } else {
            report.verdict = .notBetter
        }
        return report
    }

    /// The decoder that runs, as it would be without what is held out.
    private func running(
        on places: [Int], of known: Int?
    ) throws(DecodingError) -> (model: any DecoderModel, scaling: ChannelScaling) {
        let own = places.filter { place in
            known.map { signal.windows.starts[place] + signal.windowLength <= $0 } ?? false
        }
        guard !own.isEmpty else { return (bundle.model, bundle.normalization.scaling) }
        let scaling = scaling(of: own)
        return (try adapted(to: own, scaling), scaling)
    }

    /// Whether classes were not shown, to a model that infers them: what it learned of them cannot be
    /// evaluated.
    private func isPartial(_ counts: [Int]) -> Bool {
        counts.contains(0) && model.adaptsToSomeClasses
    }

    /// Whether an adapted model is better on what was held out; of two that are right as often the one
    /// that makes the true classes likelier, where that breaks ties.
    private func isBetter(
        _ adapted: HeldOutScore, than before: HeldOutScore, breaksTies: Bool
    ) -> Bool {
        let (new, old) = (adapted.balancedAccuracy, before.balancedAccuracy)
        return new == old && breaksTies ? adapted.loss < before.loss : new > old
    }

    /// How the band looks to be put on, beside training people's; `nil` when nobody can tell.
    package var bandPlacement: BandPlacement? {
        guard let reference = bundle.reference, bundle.channelCount >= 2,
            Set(signal.windows.labels).count >= 2
        else { return nil }
        do throws(MetaLearningError) {
            let windows = try signal.windowSet(nil, nil)
            return BandPlacement(
                windows.meanAmplitudes(), labels: windows.labels.map(Int.init),
                channelCount: bundle.channelCount, by: reference)
        } catch {
            return nil
        }
    }

    /// What the model's windows are normalized with, fitted to some of the support.
    private func scaling(of places: [Int]?) -> ChannelScaling {
        signal.scaling(rule, of: places)
    }

    private func windows(
        _ places: [Int]?, _ scaling: ChannelScaling
    ) throws(DecodingError) -> WindowSet {
        do throws(MetaLearningError) {
            return try signal.windowSet(
                places, bundle.model.sight == .normalized ? scaling : nil)
        } catch {
            throw DecodingError(error, at: signal.id)
        }
    }

    private func adapted(
        to places: [Int]?, _ scaling: ChannelScaling
    ) throws(DecodingError) -> any DecoderModel {
        try model.adapted(
            to: windows(places, scaling), by: bundle.adaptation, id: signal.id)
    }

    /// What training people's classes say of the support. To a model that finds turns an exchange of
    /// labels may be a turn: what explains the labels better is believed.
    private func windows(
        by reference: ClassReference
    ) throws(DecodingError) -> [ExchangedLabels.Window] {
        do throws(MetaLearningError) {
            let straight = try signal.windows(by: reference, turns: .none)
            guard model.turns.count > 1 else { return straight }
            let turned = try signal.windows(by: reference, turns: model.turns)
            let exchange = ExchangedLabels.found(
                in: straight, classCount: bundle.input.classes.count)
            let meant = Dictionary(uniqueKeysWithValues: exchange.map { ($0.label, $0.decided) })
            return agreement(of: turned, meaning: [:]) >= agreement(of: straight, meaning: meant)
                ? turned : straight
        } catch {
            throw DecodingError(error, at: signal.id)
        }
    }

    /// How well windows are decided about, balanced over classes, when some labels mean other classes.
    private func agreement(
        of windows: [ExchangedLabels.Window], meaning meant: [Int: Int]
    ) -> Double {
        ConfusionMatrix(
            labels: windows.map { UInt8(meant[$0.label] ?? $0.label) },
            predictions: windows.map { UInt8($0.probabilities.span.likeliest ?? 0) },
            classCount: bundle.input.classes.count
        ).balancedAccuracy
    }

    /// Classes whose labels look exchanged to what was learned from training people. An untrained
    /// network alone knows nothing that labels could contradict.
    private func exchangedLabels(
        _ windows: [ExchangedLabels.Window]
    ) -> [(label: Int, decided: Int)] {
        guard bundle.reference != nil || bundle.origin.method != Method.random.rawValue else {
            return []
        }
        return ExchangedLabels.found(in: windows, classCount: bundle.input.classes.count)
    }

    /// Gives what a model decides about some windows.
    private func decide(
        _ model: any DecoderModel, _ scaling: ChannelScaling, _ places: [Int],
        _ body: (_ probabilities: [Double], _ label: Int) -> Void
    ) throws(DecodingError) {
        let windows = try windows(places, scaling)
        var scorer = model.makeScorer()
        var probabilities = [Double](repeating: 0, count: model.classCount)
        for (start, label) in zip(windows.starts, windows.labels) {
            let first = start * windows.channelCount
            var span = probabilities.mutableSpan
            scorer.score(
                windows.signal.span.extracting(first..<first + windows.windowWidth), into: &span)
            body(probabilities, Int(label))
        }
    }

    // MARK: Adapting

    /// The decoder with parameters and normalization fitted to all of the support.
    ///
    /// - Parameter report: What was found: whether the normalization alone is taken.
    /// - Returns: The decoder.
    /// - Throws: ``DecodingError`` when the adaptation fails.
    package func adapted(_ report: AdaptationReport) throws(DecodingError) -> DecoderBundle {
        let scaling = scaling(of: nil)
        var result = bundle
        if report.verdict != .normalization { result.model = try adapted(to: nil, scaling) }
        if rule.isFitted { result.normalization = BundleScaling(scaling, fit: .support) }
        if let proportional = bundle.control.proportional {
            result.control.proportional = proportional.calibrated(
                amplitudes: signal.amplitudes, labels: signal.windows.labels.map(Int.init),
                classes: bundle.input.classes)
        }
        result.origin = BundleOrigin()
        result.origin.method = bundle.origin.method
        result.origin.checkpointSHA256 = bundle.origin.checkpointSHA256
        result.origin.parentSHA256 = bundle.sha256
        result.origin.adaptedTo = signal.sources
        result.card = bundle.card + Self.card(report)
        return result
    }

    private static func card(_ report: AdaptationReport) -> String {
        var lines = [
            "", "## Adapted to a person", "",
            "- support: \(report.windowsOfClass.map { "\($0.name) \($0.count)" }.joined(separator: ", ")) "
                + "windows of \(report.recordingCount) "
                + (report.recordingCount == 1 ? "recording" : "recordings"),
            "- held out: \(report.heldOut)", "- \(report.sentence)",
        ]
        if let sentence = report.sentenceAboutClassesNotShown { lines.append("- \(sentence)") }
        for (name, score) in [
            ("as it was", report.before), ("with the person's normalization", report.normalized),
            ("adapted", report.adapted),
        ] {
            guard let score else { continue }
            lines.append(
                "- balanced accuracy \(name): \(CompactNumber.share(score.balancedAccuracy)) "
                    + "(\(score.right) of \(score.count) windows right)")
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
