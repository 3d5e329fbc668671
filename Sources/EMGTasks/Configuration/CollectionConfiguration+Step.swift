import EMGSignal

extension CollectionConfiguration {
    /// The configuration as a step of a manifest's history; what the manifest says elsewhere is
    /// not repeated.
    var step: ProcessingStep {
        var parameters: [String: ProcessingStep.Value] = [
            "seed": .text(String(seed)),
            "splits.train": patients.train.value,
            "splits.validation": patients.validation.value,
            "splits.test": patients.test.value,
        ]
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
        return ProcessingStep(
            operation: "build", parameters: parameters, software: SoftwareVersion.text)
    }
}

extension CollectionConfiguration {
    /// The parameters of the split as a manifest tells them.
    var splitParameters: [String: ProcessingStep.Value] {
        var parameters = split.parameters
        if supportFraction < 1 { parameters["support_fraction"] = .number(supportFraction) }
        switch transitionTrim {
        case .samples(let count): parameters["transition_trim"] = .integer(count)
        case .milliseconds(let time): parameters["transition_trim_ms"] = .number(time)
        case nil: break
        }
        return parameters
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
