internal import EMGSignal

/// What was asked of a step of conditioning, without what the step found in its recording.
struct ConditioningSetting: Hashable {
    /// What was done.
    let operation: String
    private let parameters: [String: ProcessingStep.Value]

    /// What follows from the recording or from other parameters and its rate, and is no setting.
    private static let findings: Set = [
        "untrusted_edge_samples", "half_power_hz", "half_amplitude_hz", "fitted_divisor",
        "fitted_offset", "reference_recording", "reference_source_sha256",
    ]

    private init(_ step: ProcessingStep) {
        operation = step.operation
        var parameters = step.parameters.filter { !Self.findings.contains($0.key) }
        if step.parameters["reference_recording"] != nil {
            parameters["values"] = nil
            parameters["source"] = nil
        }
        self.parameters = parameters
    }

    /// The steps that make a signal what it is.
    ///
    /// A change of rate is none of them: devices of unlike rates are brought to one by it, and the
    /// rate that it leads to is compared by itself.
    static func all(_ steps: [ProcessingStep]) -> [ConditioningSetting] {
        steps.filter { $0.operation != "filter.resample" }.map(ConditioningSetting.init)
    }

    /// The step with what another one of the same operation has otherwise.
    func text(without other: ConditioningSetting) -> String {
        let differing = parameters.filter { other.parameters[$0.key] != $0.value }
        let missing = other.parameters.keys.filter { parameters[$0] == nil }.map { "no \($0)" }
        let parts = differing.map { "\($0.key) \(Self.text(of: $0.value))" } + missing
        return "\(operation) with \(parts.sorted().joined(separator: ", "))"
    }

    private static func text(of value: ProcessingStep.Value) -> String {
        switch value {
        case .number(let number):
            number == number.rounded() && abs(number) < 1e15 ? "\(Int(number))" : "\(number)"
        case .integer(let number): "\(number)"
        case .text(let text): text
        case .flag(let flag): "\(flag)"
        case .list(let values): "[\(values.map(text(of:)).joined(separator: ", "))]"
        }
    }
}
