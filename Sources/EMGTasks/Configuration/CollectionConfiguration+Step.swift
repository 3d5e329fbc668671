import EMGSignal

extension CollectionConfiguration {
    /// The configuration as a step of a manifest's history; what the manifest says elsewhere is
    /// not repeated.
    ///
    /// - Parameters:
    ///   - fold: The name of the collection within the design, if there is one.
    ///   - edits: The decisions of people that were applied.
    /// - Returns: The step.
    func step(fold: String?, edits: AppliedEdits? = nil) -> ProcessingStep {
        var parameters: [String: ProcessingStep.Value] = ["seed": .text(String(seed))]
        if let design {
            parameters["design.rule"] = .text(design.rule.name)
            parameters["design.collection"] = fold.map { .text($0) }
        } else {
            parameters["splits.train"] = patients.train.value
            parameters["splits.validation"] = patients.validation.value
            parameters["splits.test"] = patients.test.value
        }
        classes.tell(&parameters)
        channels.tell(&parameters)
        if let targets {
            parameters["targets.columns"] = .list(targets.columns.map { .text($0) })
        }
        if let include {
            let lists = [
                ("patients", include.patients), ("sessions", include.sessions),
                ("conditions", include.conditions),
            ]
            for (name, patterns) in lists where !patterns.isEmpty {
                parameters["include.\(name)"] = .list(patterns.map { .text($0) })
            }
            if let rate = include.samplingRate {
                parameters["include.sampling_rate_hz"] = .number(rate)
            }
        }
        parameters.merge(edits?.parameters ?? [:]) { _, new in new }
        return ProcessingStep(
            operation: "build", parameters: parameters, software: SoftwareVersion.text)
    }
}

extension CollectionConfiguration {
    /// The parameters of the split as a manifest tells them.
    var splitParameters: [String: ProcessingStep.Value] {
        var parameters = split.rule.following(classes).parameters
        parameters.merge(split.recordingParameters) { rule, _ in rule }
        if split.supportFraction < 1 {
            parameters["support_fraction"] = .number(split.supportFraction)
        }
        switch window.transitionTrim {
        case .samples(let count) where count > 0: parameters["transition_trim"] = .integer(count)
        case .milliseconds(let time): parameters["transition_trim_ms"] = .number(time)
        case .samples: break
        }
        return parameters
    }
}

extension ClassMap {
    fileprivate func tell(_ parameters: inout [String: ProcessingStep.Value]) {
        let lists = [
            ("drop", drop.map { ProcessingStep.Value.text($0) }),
            ("order", order.map { .text($0) }),
            ("merge", merges.map { .list(([$0.name] + $0.sources).map { .text($0) }) }),
        ]
        for (name, list) in lists where !list.isEmpty {
            parameters["classes.\(name)"] = .list(list)
        }
    }

    /// Reads back what a step tells.
    init(_ parameters: [String: ProcessingStep.Value]) {
        let merges = parameters["classes.merge"]?.elements.map { $0.elements.compactMap(\.name) }
        self.init(
            merges: (merges ?? []).compactMap { names in
                names.first.map { Merge(name: $0, sources: Array(names.dropFirst())) }
            },
            drop: parameters["classes.drop"]?.elements.compactMap(\.name) ?? [],
            order: parameters["classes.order"]?.elements.compactMap(\.name) ?? [])
    }
}

extension ChannelMap {
    fileprivate func tell(_ parameters: inout [String: ProcessingStep.Value]) {
        if !select.isEmpty { parameters["channels.select"] = .list(select.map { .text($0) }) }
        guard !rotations.isEmpty else { return }
        parameters["channels.rotate"] = .list(
            rotations.map { .list([.text($0.tasks.text), .integer($0.places)]) })
    }

    /// Reads back what a step tells.
    init(_ parameters: [String: ProcessingStep.Value]) {
        let rotations = parameters["channels.rotate"]?.elements.map(\.elements) ?? []
        self.init(
            select: parameters["channels.select"]?.elements.compactMap(\.name) ?? [],
            rotations: rotations.compactMap { pair in
                guard pair.count == 2, let tasks = pair[0].name.flatMap({ TaskPattern($0) }),
                    case .integer(let places) = pair[1]
                else { return nil }
                return Rotation(tasks: tasks, places: places)
            })
    }
}

extension ProcessingStep.Value {
    fileprivate var elements: [Self] { if case .list(let values) = self { values } else { [] } }
    fileprivate var name: String? { if case .text(let text) = self { text } else { nil } }
}

extension TargetSelection {
    /// Reads back what a step tells.
    init(_ parameters: [String: ProcessingStep.Value], rule: TargetRule) {
        self.init(
            columns: parameters["targets.columns"]?.elements.compactMap(\.name) ?? [], rule: rule)
    }
}

extension PatientSplit.Choice {
    fileprivate var value: ProcessingStep.Value {
        switch self {
        case .patients(let names): .list(names.map { .text($0) })
        case .count(let count): .integer(count)
        case .remaining: .text("remaining")
        }
    }
}
