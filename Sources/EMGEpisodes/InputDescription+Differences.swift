package import EMGArchive
private import EMGSignal
import PrintableText

extension InputDescription {
    /// What a collection gives otherwise than this, which a model was made for.
    ///
    /// Where nothing is different a model's windows mean the same: the same electrodes in the same
    /// order, as long a segment of time, conditioned and scaled alike. How windows overlap does not
    /// matter.
    ///
    /// - Parameter other: The input of the collection.
    /// - Returns: The differences, those that cannot be right first.
    package func differences(from other: InputDescription) -> [InputDifference] {
        let found = [
            outputs(other), channels(other), units(other), rate(other), window(other),
            conditioning(other), normalization(other), grid(other), labelRule(other),
            quality(other), badChannels(other),
        ].compactMap(\.self)
        return found.filter(\.isFatal) + found.filter { !$0.isFatal }
    }

    // MARK: What comes out

    private func outputs(_ other: InputDescription) -> InputDifference? {
        guard targets?.columns == other.targets?.columns else {
            return InputDifference(
                .outputs, model: Self.text(of: targets), collection: Self.text(of: other.targets),
                hint: "build the collection with the same targets: {columns: […]}")
        }
        guard targets == nil, classes != other.classes else { return nil }
        let isReordered = Set(classes) == Set(other.classes) && classes.count == other.classes.count
        return InputDifference(
            .outputs, model: "classes \(NameList(classes))",
            collection: (isReordered ? "them in another order: " : "classes ")
                + NameList(other.classes).description,
            hint: isReordered
                ? "build the collection with classes: {order: [\(classes.joined(separator: ", "))]}"
                : "build the collection with these classes: classes has rename, merge, drop and "
                    + "order")
    }

    private func labelRule(_ other: InputDescription) -> InputDifference? {
        if let own = targets?.rule, let rule = other.targets?.rule {
            guard own != rule else { return nil }
            return InputDifference(
                .labelRule, model: "targets by the rule \(own.rawValue)",
                collection: "targets by the rule \(rule.rawValue)", isFatal: false,
                hint:
                    "build with targets: {rule: \(own.rawValue)} to evaluate the model on what it "
                    + "learned")
        }
        guard window.labelRule != other.window.labelRule else { return nil }
        return InputDifference(
            .labelRule, model: "labels by the rule \(window.labelRule.name)",
            collection: "labels by the rule \(other.window.labelRule.name)", isFatal: false,
            hint: "build with window: {label_rule: \(window.labelRule.name)} to evaluate the"
                + "model by what it learned")
    }

    // MARK: Electrodes

    private func channels(_ other: InputDescription) -> InputDifference? {
        let (own, found) = (channels.map(\.name), other.channels.map(\.name))
        guard own != found else { return nil }
        let select =
            "build the collection with channels: {select: "
            + "[\(own.joined(separator: ", "))]}"
        if own.count == found.count, Set(own) == Set(found) {
            let place = zip(own, found).enumerated().first { $0.element.0 != $0.element.1 }
            let first =
                own.count <= NameList.usualLimit
                ? "" : place.map { ", from place \($0.offset + 1) on, \($0.element.1)" } ?? ""
            return InputDifference(
                .channels, model: "channels \(NameList(own))",
                collection: "them in another order\(first): \(NameList(found))", hint: select)
        }
        let isWider = Set(found).isSuperset(of: own)
        return InputDifference(
            .channels, model: "\(own.count, of: "channel"), \(NameList(own))",
            collection: "\(found.count), \(NameList(found))",
            hint: isWider
                ? select
                : "use a collection of the same channels; their names are given when recordings "
                    + "are converted, see docs/formats/templates.md")
    }

    private func units(_ other: InputDescription) -> InputDifference? {
        guard channels.map(\.name) == other.channels.map(\.name) else { return nil }
        let differing = zip(channels, other.channels).filter { $0.unit != $1.unit }
        guard let (own, found) = differing.first else { return nil }
        // Each task's scaling takes a factor out of its channels.
        let isScaled = normalization.method != "none" && other.normalization.method != "none"
        let more = differing.count > 1 ? " and \(differing.count - 1) more" : ""
        return InputDifference(
            .units, model: "\(own.name)\(more) in \(Self.unit(own))",
            collection: "\(found.name)\(more) in \(Self.unit(found))", isFatal: !isScaled,
            hint: isScaled
                ? "normalization \(normalization.method.name) takes a factor out; make sure "
                    + "that both are the same quantity"
                : "without normalization the numbers must be in one unit: convert the recordings "
                    + "with it, or train with a normalization")
    }

    private func grid(_ other: InputDescription) -> InputDifference? {
        guard grid != other.grid else { return nil }
        func text(_ grid: CollectionManifest.Grid?) -> String {
            grid.map { "electrodes on a grid of \($0.rows) × \($0.columns)" }
                ?? "electrodes on no grid"
        }
        return InputDifference(
            .grid, model: text(grid), collection: text(other.grid),
            isFatal: grid != nil && other.grid != nil,
            hint: grid.map {
                "build the collection with channels: {grid: [\($0.rows), \($0.columns)]}"
            } ?? "build the collection without channels.grid")
    }

    private func quality(_ other: InputDescription) -> InputDifference? {
        // A collection of an older version does not say it.
        guard let own = quality, let found = other.quality else { return nil }
        func text(_ policy: QualityPolicy) -> String {
            let names = QualityPolicy.Finding.allCases.filter(policy.exclude.contains)
            return "windows without \(NameList(names.map(\.rawValue)))"
                + " and bad channels by \(policy.badChannels.rawValue)"
                + (policy.humLevel.map { " and hum above \(Self.number($0)) dB" } ?? "")
        }
        // What is only reported in warnings is no part of it.
        guard text(own) != text(found) else { return nil }
        return InputDifference(
            .quality, model: text(own), collection: text(found), isFatal: false,
            hint:
                "build with the same quality: {exclude: […]} to evaluate the model on such windows "
                + "as it was trained on")
    }

    private func badChannels(_ other: InputDescription) -> InputDifference? {
        guard badChannels != other.badChannels else { return nil }
        func text(_ names: [String]) -> String {
            names.isEmpty
                ? "no channel that is marked bad throughout a recording"
                : "\(NameList(names)) marked bad throughout a recording"
        }
        return InputDifference(
            .badChannels, model: text(badChannels), collection: text(other.badChannels),
            isFatal: false,
            hint: "a model that never had this channel at 0 may rely on it; look at the scores of "
                + "these recordings")
    }

    // MARK: Time and amplitude

    private func rate(_ other: InputDescription) -> InputDifference? {
        guard !samplingRate.agrees(with: other.samplingRate) else { return nil }
        func text(_ input: InputDescription) -> String {
            "\(Self.number(input.samplingRate.hertz)) Hz "
                + "(windows of \(Self.number(1_000 * input.windowSeconds)) ms)"
        }
        return InputDifference(
            .rate, model: text(self), collection: text(other),
            hint: "bring the recordings to the model's rate with a stage resample: "
                + "{rate_hz: \(Self.number(samplingRate.hertz))} of myotask filter, and build from "
                + "those")
    }

    private func window(_ other: InputDescription) -> InputDifference? {
        guard window.length != other.window.length else { return nil }
        func text(_ input: InputDescription) -> String {
            "windows of \(input.window.length, of: "sample") "
                + "(\(Self.number(1_000 * input.windowSeconds)) ms)"
        }
        return InputDifference(
            .window, model: text(self), collection: text(other),
            hint: "build the collection with window: {length: \(window.length)}")
    }

    private func normalization(_ other: InputDescription) -> InputDifference? {
        let (own, found) = (normalization.method.name, other.normalization.method.name)
        guard normalization.method != other.normalization.method else { return nil }
        return InputDifference(
            .normalization, model: "normalization \(own)", collection: "normalization \(found)",
            hint: "build the collection with normalization: \(own)")
    }

    private func conditioning(_ other: InputDescription) -> InputDifference? {
        let (own, found) = (filters, other.filters)
        let differing = zip(own, found).first { one, two in
            one.operation != two.operation || one.differs(from: two)
        }
        guard own.count != found.count || differing != nil else { return nil }
        let hint =
            own.isEmpty
            ? "build the collection from the recordings as they were converted"
            : "run the pipeline of the model's recordings over these, and build from those"
        func text(_ steps: [ProcessingStep]) -> String {
            steps.isEmpty
                ? "signals without conditioning"
                : "signals after \(NameList(steps.map(\.operation)))"
        }
        guard own.map(\.operation) == found.map(\.operation), let (one, two) = differing else {
            return InputDifference(
                .conditioning, model: text(own), collection: text(found), hint: hint)
        }
        return InputDifference(
            .conditioning, model: one.text(without: two), collection: two.text(without: one),
            hint: hint)
    }

    /// The steps that make a signal what it is.
    ///
    /// A change of rate is none of them: devices of unlike rates are brought to one by it, and the
    /// rate that it leads to is compared by itself.
    private var filters: [ProcessingStep] {
        conditioning.filter { $0.operation != "filter.resample" }
    }

    // MARK: Texts

    private static func unit(_ channel: Channel) -> String {
        channel.unit.isEmpty ? "no known unit" : channel.unit
    }

    private static func text(of targets: CollectionManifest.Targets?) -> String {
        guard let targets else { return "classes" }
        return "targets "
            + NameList(
                targets.columns.map { $0.unit.isEmpty ? $0.name : "\($0.name) in \($0.unit)" }
            ).description
    }

    private static func number(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e15
            ? "\(Int(value))" : "\((value * 1_000).rounded() / 1_000)"
    }
}

extension ProcessingStep {
    /// What earlier versions did not write of every step.
    private static let addedParameters: Set = ["phase", "stage"]

    /// Whether another step of the same operation does something else, as far as both say it.
    fileprivate func differs(from other: ProcessingStep) -> Bool {
        !unequal(to: other).isEmpty || !other.unequal(to: self).isEmpty
    }

    /// The parameters that another step has otherwise, or does not have.
    private func unequal(to other: ProcessingStep) -> [String: Value] {
        parameters.filter { key, value in
            let found = other.parameters[key]
            return found != value && !(found == nil && Self.addedParameters.contains(key))
        }
    }

    /// The step with what another one of the same operation has otherwise.
    fileprivate func text(without other: ProcessingStep) -> String {
        var differing = unequal(to: other)
        let missing = other.unequal(to: self).keys.filter { parameters[$0] == nil }
            .map { "no \($0)" }
        // The statement repeats what single parameters say.
        if differing.count + missing.count > 1 { differing["stage"] = nil }
        let parts = differing.map { "\($0.key) \($0.value.text)" } + missing
        return "\(operation) with \(parts.sorted().joined(separator: ", "))"
    }
}

extension ProcessingStep.Value {
    fileprivate var text: String {
        switch self {
        case .number(let number):
            number == number.rounded() && abs(number) < 1e15 ? "\(Int(number))" : "\(number)"
        case .integer(let number): "\(number)"
        case .text(let text): text
        case .flag(let flag): "\(flag)"
        case .list(let values): "[\(values.map(\.text).joined(separator: ", "))]"
        }
    }
}
