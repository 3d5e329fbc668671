internal import Documents
internal import EMGArchive
internal import EMGSignal
internal import TaskDraws

extension CollectionConfiguration {
    /// The configuration that a manifest was built with, as far as it concerns how recordings
    /// become tasks; which task is for what stands in the manifest itself.
    ///
    /// - Parameter manifest: A collection's manifest.
    /// - Throws: `DocumentError` for a rule that this software does not know.
    init(_ manifest: CollectionManifest) throws(DocumentError) {
        var parameters = manifest.split.parameters
        let fraction = parameters.removeValue(forKey: "support_fraction")
        let trim: SampleDuration =
            switch (
                parameters.removeValue(forKey: "transition_trim"),
                parameters.removeValue(forKey: "transition_trim_ms")
            ) {
            case (.integer(let count)?, _): .samples(count)
            case (_, .number(let time)?): .milliseconds(time)
            case (_, .integer(let time)?): .milliseconds(Double(time))
            default: .samples(0)
            }
        // The rule's members and those that say which recordings make a task are read together.
        parameters["rule"] = .text(manifest.split.rule)
        let split = DocumentCursor(
            value: parameters.document, document: "manifest of \(manifest.name)",
            path: "$.split.parameters", kinds: manifest.kinds)
        let build = manifest.history.last { $0.operation == "build" }?.parameters ?? [:]
        var channels = ChannelMap(build)
        channels.grid = manifest.grid
        var classes = ClassMap(build)
        // Collections of older versions have a class of what nobody labeled.
        let unlabeled = LabelTrack.unlabeledName
        if manifest.classes.contains(unlabeled), !classes.learns(unlabeled) {
            classes.merges.append(ClassMap.Merge(name: unlabeled, sources: [unlabeled]))
        }
        self.init(
            window: WindowSettings(
                length: .samples(manifest.window.length),
                stride: .samples(manifest.window.stride),
                labelRule: try manifest.labelRule(), transitionTrim: trim),
            split: try SplitSettings(split), seed: manifest.seed)
        self.split.guardDuration = .samples(max(1, manifest.split.guardSamples))
        self.split.supportFraction = fraction.flatMap(\.number) ?? 1
        variation = try TaskVariationStep.all(of: manifest)
        normalization = try manifest.normalizationRule()
        quality = manifest.quality ?? .gapsOnly
        kinds = manifest.kinds
        self.classes = classes
        self.channels = channels
        targets = manifest.targets.map { TargetSelection(build, rule: $0.rule) }
    }
}

extension ProcessingStep.Value {
    fileprivate var number: Double? {
        switch self {
        case .number(let value): value
        case .integer(let value): Double(value)
        default: nil
        }
    }
}
